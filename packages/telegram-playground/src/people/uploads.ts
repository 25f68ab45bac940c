import type { IncomingMessage } from 'node:http';
import { z } from 'zod';
import type { FileStore, Upload } from '../files/file-store.ts';
import { TooLargeError } from '../files/file-store.ts';
import { MultipartError, multipartBoundary, readMultipart } from '../http/multipart.ts';
import { drain, limitedBody, textBody } from '../http/request-body.ts';
import { maxPersonFileBytes, maxUploadBytes, multipartOverheadBytes } from '../limits.ts';
import { PersonError } from './person-error.ts';
import type { FileOptions } from './send.ts';

const maxFieldBytes = 64 * 1024;

/** The fields beside a file in a form or URL: text, with '' for "not given". */
const fieldsSchema = z.object({
  kind: z
    .enum(['voice', 'audio', 'video', 'video_note', 'document', 'photo', 'sticker', 'auto'])
    .default('auto'),
  duration: z.coerce.number().min(0).max(1e6).transform(Math.round).optional(),
  caption: z.string().default(''),
  file_name: z.string().optional(),
  name: z.string().optional(),
  mime_type: z.string().optional(),
  reply_to_message_id: z.coerce.number().int().positive().optional(),
  forward: z.string().max(256).optional(),
  media_group_id: z.string().max(64).optional(),
  emoji: z.string().max(16).optional(),
  width: z.coerce.number().int().min(1).max(10_000).optional(),
  height: z.coerce.number().int().min(1).max(10_000).optional(),
});

/** A file that arrived, with its options. */
export interface PersonUpload {
  readonly upload: Upload;
  readonly options: FileOptions;
}

/**
 * Reads the form of a file upload, up to 50 MB.
 * @throws PersonError when it is malformed or too large
 */
export async function readUploadForm(incoming: IncomingMessage, files: FileStore): Promise<PersonUpload> {
  const boundary = multipartBoundary(incoming.headers['content-type'] ?? '');
  if (boundary === undefined)
    throw new PersonError(400, 'A multipart/form-data body with a file is expected.');
  const fields = new Map<string, string>();
  let upload: Upload | undefined;
  try {
    const body = limitedBody(incoming, maxUploadBytes + multipartOverheadBytes);
    for await (const part of readMultipart(body, boundary)) {
      if (part.name === 'file' && !upload) upload = await files.receive(part.content, maxUploadBytes, part);
      else if (part.filename === null) fields.set(part.name, await textBody(part.content, maxFieldBytes));
    }
    if (!upload) throw new PersonError(400, 'The form has no part "file".');
    return { upload, options: readOptions(fields, upload) };
  } catch (error) {
    if (upload) await files.discard(upload);
    throw await asPersonError(incoming, error);
  }
}

/** Reads a file whose bytes are the body and whose fields are in the URL, up to 2 GB. */
export async function readRawUpload(
  incoming: IncomingMessage,
  query: URLSearchParams,
  files: FileStore,
): Promise<PersonUpload> {
  let upload: Upload | undefined;
  try {
    const contentType = incoming.headers['content-type'] ?? null;
    upload = await files.receive(limitedBody(incoming, maxPersonFileBytes), maxPersonFileBytes, {
      filename: null,
      contentType,
    });
    return { upload, options: readOptions(new Map(query), upload) };
  } catch (error) {
    if (upload) await files.discard(upload);
    throw await asPersonError(incoming, error);
  }
}

function readOptions(fields: ReadonlyMap<string, string>, upload: Upload): FileOptions {
  const given = [...fields].filter(([, value]) => value !== '');
  const parsed = fieldsSchema.safeParse(Object.fromEntries(given));
  if (!parsed.success) throw new PersonError(400, z.prettifyError(parsed.error));
  const { data } = parsed;
  return {
    kind: data.kind,
    fileName: data.file_name ?? data.name ?? upload.filename,
    mimeType: data.mime_type ?? upload.contentType,
    duration: data.duration,
    caption: data.caption,
    replyToMessageId: data.reply_to_message_id,
    forward: data.forward,
    mediaGroupId: data.media_group_id,
    emoji: data.emoji,
    width: data.width,
    height: data.height,
  };
}

async function asPersonError(incoming: IncomingMessage, error: unknown): Promise<unknown> {
  await drain(incoming);
  if (error instanceof TooLargeError) return new PersonError(413, 'The file is too large.');
  if (error instanceof MultipartError)
    return new PersonError(400, `The form can't be read: ${error.message}.`);
  return error;
}
