import { closeSync, openSync, writeSync } from 'node:fs';

/** Samples a second in every WAV file we write; what Whisper and most engines take. */
export const sampleRate = 16_000;
const bytesPerSample = 2;
const headerBytes = 44;
/** One write a second of audio. */
const bufferBytes = sampleRate * bytesPerSample;
/** A RIFF chunk counts its bytes with 32 bits; 37 hours. */
const largestData = 0xffff_ffff - headerBytes;

/** Writes 16 kHz mono 16-bit PCM as a WAV file without holding it in memory. */
export class WavWriter {
  readonly #file: number;
  readonly #buffer = Buffer.alloc(bufferBytes);
  #buffered = 0;
  #dataBytes = 0;

  /** Creates or overwrites the file. */
  constructor(path: string) {
    this.#file = openSync(path, 'w');
    writeFully(this.#file, wavHeader(0), null);
  }

  /** Samples given so far. */
  get samples(): number {
    return this.#dataBytes / bytesPerSample;
  }

  /** Takes `count` little-endian samples from the front of `data`; false when the format can hold no more. */
  write(data: Buffer, count: number): boolean {
    const end = count * bytesPerSample;
    if (this.#dataBytes + end > largestData) return false;
    for (let start = 0; start < end; ) {
      const taken = data.copy(this.#buffer, this.#buffered, start, end);
      start += taken;
      this.#buffered += taken;
      if (this.#buffered === bufferBytes) this.#flush();
    }
    this.#dataBytes += end;
    return true;
  }

  /** Writes the rest and the sizes in the header, and closes the file. */
  finish(): void {
    this.#flush();
    writeFully(this.#file, wavHeader(this.#dataBytes), 0);
    closeSync(this.#file);
  }

  /** Closes the file as it is. */
  abandon(): void {
    closeSync(this.#file);
  }

  #flush(): void {
    writeFully(this.#file, this.#buffer.subarray(0, this.#buffered), null);
    this.#buffered = 0;
  }
}

/** A write may take less than it was given (a full disk, a signal); the next one then says why. */
function writeFully(file: number, data: Buffer, position: number | null): void {
  for (let done = 0; done < data.length; ) {
    done += writeSync(file, data, done, data.length - done, position === null ? null : position + done);
  }
}

function wavHeader(dataBytes: number): Buffer {
  const header = Buffer.alloc(headerBytes);
  header.write('RIFF', 0, 'latin1');
  header.writeUInt32LE(headerBytes - 8 + dataBytes, 4);
  header.write('WAVEfmt ', 8, 'latin1');
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20); // PCM
  header.writeUInt16LE(1, 22); // one channel
  header.writeUInt32LE(sampleRate, 24);
  header.writeUInt32LE(sampleRate * bytesPerSample, 28);
  header.writeUInt16LE(bytesPerSample, 32);
  header.writeUInt16LE(8 * bytesPerSample, 34);
  header.write('data', 36, 'latin1');
  header.writeUInt32LE(dataBytes, 40);
  return header;
}
