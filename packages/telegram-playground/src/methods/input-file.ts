import type { Core } from '../core.ts';
import { mimeTypeFor } from '../files/media-types.ts';
import { maxUploadBytes } from '../limits.ts';
import type { FileKind, StoredFile } from '../state/state.ts';
import { badRequest, requestEntityTooLarge } from './bot-api-error.ts';
import type { Parameters } from './parameters.ts';

/** tdlib's names for the kinds of files in its refusals. */
const typeNames: Readonly<Record<FileKind, string>> = {
  voice: 'VoiceNote',
  audio: 'Audio',
  video: 'Video',
  video_note: 'VideoNote',
  document: 'Document',
  photo: 'Photo',
  sticker: 'Sticker',
};

/** A file that a call names, checked but not kept yet. */
export interface InputFile {
  /** Turns an upload into a file with ids; a file that Telegram has already is returned as it is. */
  take(): Promise<StoredFile>;
}

/**
 * Finds the file of a call: an upload in the part `name`, `attach://part`, or the file_id of an earlier one.
 * @param value the parameter's text
 * @returns undefined when the call has no such file
 */
export function findInputFile(
  core: Core,
  parameters: Parameters,
  kind: FileKind,
  value: string,
  name: string | undefined,
): InputFile | undefined {
  const fieldName = value.startsWith('attach://') ? value.slice('attach://'.length) : name;
  const upload = fieldName === undefined ? undefined : parameters.upload(fieldName);
  if (upload) {
    if (upload.size === 0) throw badRequest('file must be non-empty');
    if (upload.size > maxUploadBytes) throw requestEntityTooLarge();
    const file_name = cleanFileName(upload.filename ?? '');
    const mime_type = mimeTypeFor(kind, file_name, upload.contentType);
    return { take: () => core.files.keep(upload, { kind, file_name, mime_type }) };
  }
  if (value === '' || value.startsWith('attach://')) return undefined;
  const known = core.state.filesById.get(value);
  // The playground does not fetch files by URL.
  if (!known) throw badRequest('wrong file identifier/HTTP URL specified');
  if (known.kind !== kind)
    throw badRequest(`can't use file of type ${typeNames[known.kind]} as ${typeNames[kind]}`);
  return { take: async () => known };
}

/**
 * Cleans a bot's file name as Telegram's server does (tdlib, clean_filename): no folders, no characters that
 * file systems reject, 64 characters and an extension of 16.
 */
export function cleanFileName(name: string): string {
  const base = name.split(/[/\\]/).at(-1) ?? '';
  const dot = base.lastIndexOf('.');
  const stem = cleanName(dot > 0 ? base.slice(0, dot) : base, 64);
  const extension = cleanName(dot > 0 ? base.slice(dot + 1) : '', 16);
  const cleaned = extension === '' ? stem : `${stem}.${extension}`;
  return cleaned === '' ? 'file' : cleaned;
}

function cleanName(text: string, maxLength: number): string {
  const spaced = text.replaceAll(/[\p{Cc}\p{Cs}<>:"|?*&`']/gu, ' ').trim();
  return [...spaced].slice(0, maxLength).join('').trim();
}
