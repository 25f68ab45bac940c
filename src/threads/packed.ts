import { setImmediate } from 'node:timers/promises';

/** Values in a lot: some milliseconds of packing, and little enough to have unpacked at once. */
const perLot = 64;

/**
 * Returns values as bytes, lot by lot, for another thread: bytes can be handed over, objects would be copied at one go,
 * and hours of speech with the times of every word are hundreds of megabytes of them. The event loop turns in between.
 */
export async function pack(values: Iterable<unknown>): Promise<Uint8Array<ArrayBuffer>[]> {
  const packed: Uint8Array<ArrayBuffer>[] = [];
  let lot: unknown[] = [];
  for (const value of values) {
    if (lot.push(value) < perLot) continue;
    packed.push(packLot(lot));
    lot = [];
    await setImmediate();
  }
  if (lot.length > 0) packed.push(packLot(lot));
  return packed;
}

/** Returns the values again, each lot unpacked when its turn comes, as often as they are gone through. */
export function unpack<Value>(packed: readonly Uint8Array[]): Iterable<Value> {
  return {
    *[Symbol.iterator]() {
      for (const lot of packed) yield* JSON.parse(decoder.decode(lot)) as Value[];
    },
  };
}

/** JSON: half the time and the memory of the structured clone's own format. */
function packLot(lot: readonly unknown[]): Uint8Array<ArrayBuffer> {
  return encoder.encode(JSON.stringify(lot));
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();
