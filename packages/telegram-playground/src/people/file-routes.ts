import type { Core } from '../core.ts';
import { contentDisposition, fileResponse } from '../http/file-response.ts';
import { PersonError } from './person-error.ts';
import { findPerson, type PeopleApp } from './route.ts';
import { type Place, privatePlace, sendFile } from './send.ts';
import { type PersonUpload, readRawUpload, readUploadForm } from './uploads.ts';

/** Adds the routes for people's uploads and the bytes of every file. */
export function addFileRoutes(app: PeopleApp, core: Core): void {
  app.post('/people/:id/files', async (c) => {
    const person = findPerson(core, c);
    const { upload, options } = await readUploadForm(c.env.incoming, core.files);
    return c.json(await sendOrDiscard(core, () => privatePlace(core, person), { upload, options }), 201);
  });
  app.put('/people/:id/files', async (c) => {
    const person = findPerson(core, c);
    const query = new URL(c.req.url).searchParams;
    return c.json(
      await sendOrDiscard(
        core,
        () => privatePlace(core, person),
        await readRawUpload(c.env.incoming, query, core.files),
      ),
      201,
    );
  });
  app.get('/files/:uniqueId', async (c) => {
    const file = core.state.filesByUniqueId.get(c.req.param('uniqueId'));
    const name = c.req.query('name') || file?.file_name || file?.file_path.split('/').at(-1) || 'file';
    const type = c.req.query('download') === '1' ? 'attachment' : 'inline';
    const request = { method: c.req.method, range: c.req.header('range') };
    const response =
      file &&
      (await fileResponse(core.files.pathOf(file), request, {
        'content-type': servedType(file.mime_type),
        'content-disposition': contentDisposition(type, name),
        // A file never changes under its id.
        'cache-control': 'private, max-age=31536000, immutable',
      }));
    if (!response) throw new PersonError(404, 'There is no such file.');
    return response;
  });
}

/** Sends a file that has arrived, and deletes it when it could not be sent. */
export async function sendOrDiscard(core: Core, place: () => Place, received: PersonUpload) {
  try {
    return await sendFile(core, place(), received.upload, received.options);
  } finally {
    // A sent upload belongs to its message, so this deletes nothing then.
    await core.files.discard(received.upload);
  }
}

/** Returns a content type under which a document cannot run as a page of this origin. */
function servedType(mimeType: string): string {
  if (
    /^(?:text\/(?:html|javascript|css|xml)|image\/svg\+xml|application\/(?:xhtml\+xml|xml|javascript))$/.test(
      mimeType,
    )
  ) {
    return 'text/plain; charset=utf-8';
  }
  return mimeType.startsWith('text/') ? `${mimeType}; charset=utf-8` : mimeType;
}
