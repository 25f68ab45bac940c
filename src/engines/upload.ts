import { openAsBlob } from 'node:fs';
import type { FormData } from 'undici';
import type { AudioChunk, AudioFormat } from '../domain/engine.ts';
import { loadUndici } from '../http/client.ts';

const mimeTypes: Readonly<Record<AudioFormat, string>> = {
  wav: 'audio/wav',
  flac: 'audio/flac',
  ogg: 'audio/ogg',
  mp3: 'audio/mpeg',
};

/** Creates a form without a file; names may occur more than once. */
export async function createFieldsForm(fields: readonly (readonly [string, string])[]): Promise<FormData> {
  const { FormData } = await loadUndici();
  const form = new FormData();
  for (const [name, value] of fields) form.append(name, value);
  return form;
}

/**
 * Creates a form with a file and other fields; the file is streamed while it is sent. Services detect the format
 * by the extension of its name.
 * @param field name of the file's field
 * @param fields name and value of the other fields
 */
export async function uploadForm(
  field: string,
  chunk: AudioChunk,
  fields: readonly (readonly [string, string])[],
): Promise<FormData> {
  const form = await createFieldsForm(fields);
  form.append(
    field,
    await openAsBlob(chunk.path, { type: mimeTypes[chunk.format] }),
    `audio.${chunk.format}`,
  );
  return form;
}
