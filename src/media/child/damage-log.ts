const maxLines = 20;
const maxLineLength = 300;

/** FFmpeg's messages about a file that ends too early. */
const cutOffWords = /prematurely|partial file|truncat/i;
/** FFmpeg's messages about dropped data; its other errors, such as a broken cover picture, cost no audio. */
const corruptWords =
  /crc mismatch|corrupt|out of range|invalid as first byte|packet mismatch|ff asf skip|invalid residual/i;

/** Collects FFmpeg's error messages about one file. */
export class DamageLog {
  readonly #lines: string[] = [];
  #cutOff = false;
  #corrupt = false;

  /** Adds one message of level "error" or worse. */
  add(line: string): void {
    if (cutOffWords.test(line)) this.#cutOff = true;
    if (corruptWords.test(line)) this.#corrupt = true;
    if (this.#lines.length < maxLines) this.#lines.push(line.trim().slice(0, maxLineLength));
  }

  /** The first messages, for the log. */
  get text(): string {
    return this.#lines.join('; ');
  }

  /** True if FFmpeg reported that the file ends too early. */
  get cutOff(): boolean {
    return this.#cutOff;
  }

  /** True if FFmpeg reported that it dropped data. */
  get corrupt(): boolean {
    return this.#corrupt;
  }
}
