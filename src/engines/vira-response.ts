/** A response of VIRA: the text, the id of work in progress, or that an id is unknown. */
export type ViraResponse =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'pending'; readonly id: string }
  | { readonly kind: 'expired' };

/** Names of fields with the text, with the id, and of fields that hold either further inside. */
const textNames = ['text', 'transcript', 'transcription', 'sentence'];
const idNames = ['id', 'request_id', 'requestId', 'tracking_id'];
const innerNames = ['data', 'aiResponse', 'result', 'response', 'segments'];
const pendingWords = /^(pending|processing|queued)$/i;
/** Depth at which the search ends; observed responses have five levels. */
const maxDepth = 8;

/** Reads a successful response, whose form differs between observed clients; null if it has neither text nor id. */
export function readViraResponse(json: unknown): ViraResponse | null {
  const text = findText(json, 0);
  if (text !== undefined && text !== '') return { kind: 'text', text };
  if (pendingWords.test(`${at(json, 'data', 'status')}`)) {
    const id = findId(at(json, 'data', 'data'), 0);
    return id === undefined ? null : { kind: 'pending', id };
  }
  return text === undefined ? null : { kind: 'text', text };
}

/** Returns the value at a path of nested objects; undefined if there is none. */
export function at(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>((inner, name) => recordOf(inner)?.[name], value);
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined;
}

/** Returns the text; empty for audio without speech, and undefined where no field has one. */
function findText(value: unknown, depth: number): string | undefined {
  if (depth > maxDepth) return undefined;
  if (Array.isArray(value)) {
    const texts = value.flatMap((item) =>
      typeof item === 'string' ? item : (findText(item, depth + 1) ?? []),
    );
    return texts.length === 0 ? undefined : texts.join(' ');
  }
  const record = recordOf(value);
  if (record === undefined) return undefined;
  let empty: string | undefined;
  for (const name of [...textNames, ...innerNames]) {
    const inner = record[name];
    const isText = typeof inner === 'string' && textNames.includes(name);
    const text = isText ? inner.trim() : findText(inner, depth + 1);
    if (text) return text;
    empty ??= text;
  }
  return empty;
}

/** Returns the id, which is the value itself, or a field of it at any depth. */
function findId(value: unknown, depth: number): string | undefined {
  if (isId(value)) return `${value}`;
  const record = recordOf(value);
  if (record === undefined || depth > maxDepth) return undefined;
  for (const name of idNames) if (isId(record[name])) return `${record[name]}`;
  for (const inner of Object.values(record)) {
    const id = recordOf(inner) === undefined ? undefined : findId(inner, depth + 1);
    if (id !== undefined) return id;
  }
  return undefined;
}

function isId(value: unknown): value is string | number {
  return (typeof value === 'string' && value !== '') || Number.isSafeInteger(value);
}
