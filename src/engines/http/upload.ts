import { openAsBlob } from 'node:fs';
import { FormData } from 'undici';
import type { AudioFormat, AudioPart } from '../../domain/engine.ts';

const mimeTypes: Readonly<Record<AudioFormat, string>> = {
  wav: 'audio/wav',
  flac: 'audio/flac',
  ogg: 'audio/ogg',
  mp3: 'audio/mpeg',
};

/** A form of fields alone; some names come more than once. */
export function fieldsForm(fields: readonly (readonly [string, string])[]): FormData {
  const form = new FormData();
  for (const [name, value] of fields) form.append(name, value);
  return form;
}

/**
 * A form with a file and other fields; the file is read as it is sent. Services go by the ending of its name.
 * @param field the file's field
 * @param fields name and value of the others
 */
export async function uploadForm(
  field: string,
  part: AudioPart,
  fields: readonly (readonly [string, string])[],
): Promise<FormData> {
  const form = fieldsForm(fields);
  form.append(field, await openAsBlob(part.path, { type: mimeTypes[part.format] }), `audio.${part.format}`);
  return form;
}
