import type { Readable } from 'node:stream';

/** A packet of samples from ffmpeg. */
export type SamplePacket = {
  /** Timestamp of its first sample, in seconds; null if the file has none. */
  readonly time: number | null;
  readonly seconds: number;
  readonly bytes: number;
};

/**
 * Parses FFmpeg's format `framecrc`: `#tb 0: 1/16000`, then for each packet `stream, dts, pts, duration, size,
 * checksum`. Yields all packets that arrived since the last step. Reads the stream even while the consumer is
 * busy, so that ffmpeg never blocks on it.
 */
export async function* readPackets(lines: Readable): AsyncGenerator<readonly SamplePacket[]> {
  let packets: SamplePacket[] = [];
  let unfinished = '';
  let timeBaseSeconds = 0;
  let ended = false;
  let wake = () => {};
  lines.setEncoding('latin1').on('data', (text: string) => {
    const complete = (unfinished + text).split('\n');
    unfinished = complete.pop() ?? '';
    for (const line of complete) {
      if (line.startsWith('#')) timeBaseSeconds = parseTimeBase(line) ?? timeBaseSeconds;
      else packets.push(parsePacket(line, timeBaseSeconds));
    }
    wake();
  });
  for (const end of ['end', 'close', 'error']) {
    lines.once(end, () => {
      ended = true;
      wake();
    });
  }
  for (;;) {
    if (packets.length > 0) {
      const batch = packets;
      packets = [];
      yield batch;
    } else if (ended) return;
    else {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  }
}

function parseTimeBase(line: string): number | undefined {
  const [, numerator, denominator] = /^#tb 0: (\d+)\/(\d+)$/.exec(line) ?? [];
  return denominator === undefined ? undefined : Number(numerator) / Number(denominator);
}

function parsePacket(line: string, timeBaseSeconds: number): SamplePacket {
  const [, , pts, duration, bytes] = line.split(',').map(Number);
  return {
    time: pts === undefined || Number.isNaN(pts) ? null : pts * timeBaseSeconds,
    seconds: (duration ?? 0) * timeBaseSeconds,
    bytes: bytes ?? 0,
  };
}
