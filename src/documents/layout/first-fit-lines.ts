import type { Chunk, Piece } from './chunks.ts';

/** Yields lines that are filled one after the other with as many chunks as fit. */
export function* firstFitLines<P extends Piece>(chunks: Iterable<Chunk<P>>, width: number): Generator<P[]> {
  let line: P[] = [];
  let filled = 0;
  for (const chunk of chunks) {
    if (line.length > 0 && (chunk.startsLine || filled + chunk.ink > width)) {
      yield line;
      line = [];
      filled = 0;
    }
    line.push(...chunk.pieces);
    filled += chunk.width;
  }
  if (line.length > 0) yield line;
}
