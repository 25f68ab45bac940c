import type { FileFilter } from '../../app/admin/file-ports.ts';
import { engineIds } from '../../domain/engine-names.ts';
import { mediaKinds, transcriptionStates } from '../../domain/transcription.ts';

/** Values of the state filter: all transcriptions that have not ended, or one state. */
export const filterStates = ['OPEN', ...transcriptionStates] as const;

/** Maximum length of a search in UTF-16 units; no name is longer. */
const maxSearchLength = 100;

/** Parses the filter of a query string; invalid values are ignored. */
export function filterOf(query: Readonly<Record<string, string>>): FileFilter {
  return {
    state: filterStates.find((state) => state === query['state']) ?? null,
    engine: engineIds.find((engine) => engine === query['engine']) ?? null,
    kind: mediaKinds.find((kind) => kind === query['kind']) ?? null,
    search: (query['search'] ?? '').replaceAll('\0', '').trim().slice(0, maxSearchLength),
  };
}

/** Returns the query string of a filter; the inverse of `filterOf`. */
export function queryOf({ state, engine, kind, search }: FileFilter, before: number | null = null): string {
  const query = new URLSearchParams();
  if (state !== null) query.set('state', state);
  if (engine !== null) query.set('engine', engine);
  if (kind !== null) query.set('kind', kind);
  if (search !== '') query.set('search', search);
  if (before !== null) query.set('before', String(before));
  const text = query.toString();
  return text === '' ? '' : `?${text}`;
}
