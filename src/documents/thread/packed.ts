import { setImmediate } from 'node:timers/promises';
import type { DocumentParagraph } from '../../domain/document.ts';

/** Paragraphs in a lot: some milliseconds of packing, and little enough to have unpacked at once. */
const perLot = 64;

/**
 * Paragraphs as bytes, lot by lot, for another thread: bytes can be handed over, objects would be copied at one go, and
 * hours of speech with the times of every word are hundreds of megabytes of them. The event loop turns in between.
 */
export async function pack(paragraphs: Iterable<DocumentParagraph>): Promise<Uint8Array<ArrayBuffer>[]> {
  const packed: Uint8Array<ArrayBuffer>[] = [];
  let lot: DocumentParagraph[] = [];
  for (const paragraph of paragraphs) {
    if (lot.push(paragraph) < perLot) continue;
    packed.push(packLot(lot));
    lot = [];
    await setImmediate();
  }
  if (lot.length > 0) packed.push(packLot(lot));
  return packed;
}

/** The paragraphs again, each lot unpacked when its turn comes, as often as they are gone through. */
export function unpack(packed: readonly Uint8Array[]): Iterable<DocumentParagraph> {
  return {
    *[Symbol.iterator]() {
      for (const lot of packed) yield* JSON.parse(decoder.decode(lot)) as DocumentParagraph[];
    },
  };
}

/** JSON: half the time and the memory of the structured clone's own format. */
function packLot(lot: readonly DocumentParagraph[]): Uint8Array<ArrayBuffer> {
  return encoder.encode(JSON.stringify(lot));
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();
