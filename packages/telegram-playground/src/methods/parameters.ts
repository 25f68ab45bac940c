import type { Upload } from '../files/file-store.ts';
import { badRequest } from './bot-api-error.ts';

/**
 * The parameters of one call. As on Telegram's server every value is text first, from query, form or JSON
 * alike, and an empty one counts as missing.
 */
export class Parameters {
  readonly #values: ReadonlyMap<string, string>;
  readonly #uploads: ReadonlyMap<string, Upload>;

  constructor(values: ReadonlyMap<string, string>, uploads: ReadonlyMap<string, Upload> = new Map()) {
    this.#values = values;
    this.#uploads = uploads;
  }

  /** Returns the parameters of a JSON body: nested values become text again. */
  static fromJson(body: unknown): Parameters {
    const values = new Map<string, string>();
    if (typeof body === 'object' && body !== null && !Array.isArray(body)) {
      for (const [name, value] of Object.entries(body)) {
        if (value !== null && value !== undefined) values.set(name, asText(value));
      }
    }
    return new Parameters(values);
  }

  /** Returns the value unchanged; '' when it is missing. */
  text(name: string): string {
    return this.#values.get(name) ?? '';
  }

  /** Returns names and values unchanged. */
  entries(): Iterable<[string, string]> {
    return this.#values.entries();
  }

  /** Returns true for `true`, `yes` and `1`, as Telegram's server does. */
  flag(name: string): boolean {
    return /^\s*(?:true|yes|1)\s*$/i.test(this.text(name));
  }

  /**
   * Returns a whole number clamped to the range; `fallback` when the parameter is missing, 0 when it is no
   * number.
   */
  integer(name: string, fallback: number, min: number, max: number): number {
    const text = this.text(name).trim();
    if (text === '') return fallback;
    const value = /^[+-]?\d{1,18}/.exec(text)?.[0];
    return Math.min(Math.max(Number(value ?? 0), min), max);
  }

  /** Returns the JSON value of a parameter, or undefined when it is missing or invalid. */
  json(name: string): unknown {
    return parseJson(this.text(name));
  }

  /**
   * Returns a JSON value like `json`; undefined only when it is missing.
   * @throws BotApiError with `complaint` for invalid JSON, which Telegram refuses for some parameters
   */
  jsonOr(name: string, complaint: string): unknown {
    if (this.text(name) === '') return undefined;
    const value = this.json(name);
    if (value === undefined) throw badRequest(complaint);
    return value;
  }

  /** Returns a file of the multipart body by the name of its part. */
  upload(name: string): Upload | undefined {
    return this.#uploads.get(name);
  }

  /** Returns the files that came with the call. */
  uploads(): Iterable<Upload> {
    return this.#uploads.values();
  }

  /** Returns a copy for the record of calls; files as their names and sizes. */
  record(): Record<string, unknown> {
    const record: Record<string, unknown> = {};
    for (const [name, value] of this.#values) {
      // Only nested values were JSON: a text that is "12" stays text.
      record[name] = /^[[{]/.test(value) ? (parseJson(value) ?? value) : value;
    }
    for (const [name, upload] of this.#uploads)
      record[name] = { file_name: upload.filename, size: upload.size };
    return record;
  }
}

function asText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function parseJson(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
