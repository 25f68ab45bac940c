const maxLines = 20;
const maxLineLength = 300;

/** FFmpeg's words for a file that ends too early. */
const cutOffWords = /prematurely|partial file|truncat/i;
/** FFmpeg's words for data it had to leave out; its other errors (a bad cover picture, say) cost no audio. */
const corruptWords =
  /crc mismatch|corrupt|out of range|invalid as first byte|packet mismatch|ff asf skip|invalid residual/i;

/** What FFmpeg's error messages say about one file. */
export class DamageLog {
  readonly #lines: string[] = [];
  #cutOff = false;
  #corrupt = false;

  /** Takes one message of level "error" or worse. */
  add(line: string): void {
    if (cutOffWords.test(line)) this.#cutOff = true;
    if (corruptWords.test(line)) this.#corrupt = true;
    if (this.#lines.length < maxLines) this.#lines.push(line.trim().slice(0, maxLineLength));
  }

  /** The first messages, for the log. */
  get text(): string {
    return this.#lines.join('; ');
  }

  /** True when FFmpeg says that the file ends too early. */
  get cutOff(): boolean {
    return this.#cutOff;
  }

  /** True when FFmpeg says that it had to leave data out. */
  get corrupt(): boolean {
    return this.#corrupt;
  }
}
