import type { FileFilter } from '../../app/admin/ports.ts';
import { engineIds } from '../../domain/engine-names.ts';
import { mediaKinds, transcriptionStates } from '../../domain/transcription.ts';

/** What the state may be filtered by: all that has not ended, or one state. */
export const filterStates = ['OPEN', ...transcriptionStates] as const;

/** Longer names are nobody's. */
const longestSearch = 100;

/** What an address asks for; what it cannot ask for is left out. */
export function filterOf(query: Readonly<Record<string, string>>): FileFilter {
  return {
    state: filterStates.find((state) => state === query['state']) ?? null,
    engine: engineIds.find((engine) => engine === query['engine']) ?? null,
    kind: mediaKinds.find((kind) => kind === query['kind']) ?? null,
    search: (query['search'] ?? '').replaceAll('\0', '').trim().slice(0, longestSearch),
  };
}

/** The other way round: what an address has to say to ask for this. */
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
