import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

/** A page's header without its lacing values (RFC 3533, section 6). */
const headerBytes = 27;
const maxLacing = 255;
/** Bytes of a stream's first packet that are read: those with the codec and its rate. */
const packetBytes = 64;
const searchBytes = 1 << 16;
/** Flag of a page that begins a stream. */
const beginsStream = 0x02;
/** More links than this are read as one; a recording of a radio station for days has fewer. */
const maxLinks = 1_000;

/** One of the files of a chained Ogg file (RFC 3533, section 4), as a range of bytes; `end` is exclusive. */
export type OggLink = {
  readonly start: number;
  readonly end: number;
  /** Its duration by its last page, in seconds; null if its codec is unknown. */
  readonly seconds: number | null;
};

type Page = { start: number; end: number; flags: number; granule: number; sequence: number; packet: Buffer };

/**
 * Returns the links of an Ogg file: one for an ordinary file, none for any other format. FFmpeg up to version 7 drops
 * the links behind the first one when their codec differs.
 */
export function readOggLinks(path: string): OggLink[] {
  const file = openSync(path, 'r');
  try {
    const links: { start: number; clock: ((granule: number) => number) | null; seconds: number }[] = [];
    let wasBeginning = false;
    const { size } = fstatSync(file);
    for (let page = readPage(file, 0, size); page !== null; page = nextPage(file, page.end, size)) {
      if (links.length === 0 && page.start !== 0) return [];
      const isBeginning = (page.flags & beginsStream) !== 0 && page.sequence === 0;
      // Streams that belong together, such as a video's, begin on pages in a row.
      if (isBeginning && !wasBeginning && links.length < maxLinks) {
        links.push({ start: page.start, clock: null, seconds: 0 });
      }
      const link = links.at(-1);
      if (link === undefined) return [];
      if (isBeginning) link.clock ??= clockOf(page.packet);
      else if (page.granule > 0) link.seconds = Math.max(link.seconds, link.clock?.(page.granule) ?? 0);
      wasBeginning = isBeginning;
    }
    return links.map(({ start, clock, seconds }, index) => ({
      start,
      end: links[index + 1]?.start ?? size,
      seconds: clock === null ? null : seconds,
    }));
  } finally {
    closeSync(file);
  }
}

/** Returns the page at a position, or null if there is none. */
function readPage(file: number, start: number, size: number): Page | null {
  const bytes = Buffer.alloc(headerBytes + maxLacing + packetBytes);
  const length = readSync(file, bytes, 0, bytes.length, start);
  const segments = bytes[headerBytes - 1] ?? 0;
  const dataStart = headerBytes + segments;
  if (length < dataStart || bytes.toString('latin1', 0, 4) !== 'OggS' || bytes[4] !== 0) return null;
  let end = start + dataStart;
  for (let index = headerBytes; index < dataStart; index++) end += bytes[index] ?? 0;
  return {
    start,
    end: Math.min(end, size),
    flags: bytes[5] ?? 0,
    granule: Number(bytes.readBigInt64LE(6)),
    sequence: bytes.readUInt32LE(18),
    packet: bytes.subarray(dataStart, length),
  };
}

/** Returns the first page at or behind a position: damage may lie before it. */
function nextPage(file: number, from: number, size: number): Page | null {
  const bytes = Buffer.alloc(searchBytes);
  for (let at = from; at < size; ) {
    const page = readPage(file, at, size);
    if (page !== null) return page;
    const length = readSync(file, bytes, 0, bytes.length, at + 1);
    const found = bytes.subarray(0, length).indexOf('OggS', 0, 'latin1');
    // The mark may lie across the end of the block.
    at += found >= 0 ? found + 1 : Math.max(1, length - 3);
  }
  return null;
}

/** Returns how a codec counts time in its pages; null for an unknown one. */
function clockOf(packet: Buffer): ((granule: number) => number) | null {
  const startsWith = (mark: string) => packet.toString('latin1', 0, mark.length) === mark;
  if (startsWith('OpusHead')) {
    const preSkip = packet.readUInt16LE(10);
    return (granule) => Math.max(0, granule - preSkip) / 48_000;
  }
  const rateAt = startsWith('\x01vorbis') ? 12 : startsWith('Speex   ') ? 36 : null;
  const rate = rateAt === null || packet.length < rateAt + 4 ? 0 : packet.readUInt32LE(rateAt);
  return rate === 0 ? null : (granule) => granule / rate;
}
