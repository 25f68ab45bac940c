import type { DeliverDocumentsDependencies } from '../../app/deliver/deliver-documents.ts';
import type { Lanes } from '../../app/ports/lanes.ts';
import type { Settings } from '../../app/ports/settings.ts';
import type { TranscriptionId } from '../../domain/ids.ts';
import type { ExportJob, Exports } from './store/exports.ts';

export type EntriesDependencies = Pick<
  DeliverDocumentsDependencies,
  'transcripts' | 'documents' | 'wording'
> & {
  exports: Exports;
  lanes: Lanes;
  settings: Pick<Settings, 'documents'>;
};

export type ArchiveEntry = {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** True for formats that are compressed, such as DOCX. */
  readonly isPacked: boolean;
};

/**
 * Returns the entries of a transcription: its rows in the tables, its text, and its documents if requested, in a folder
 * that sorts by time. Empty when it has just been deleted.
 * @param seq its place in the order of the user's uploads
 */
export async function entriesOf(
  dependencies: EntriesDependencies,
  { userId, documents: withDocuments }: ExportJob,
  id: TranscriptionId,
  seq: number,
): Promise<ArchiveEntry[]> {
  const { exports, lanes, transcripts, settings, wording, documents } = dependencies;
  const file = await lanes.find(id, userId);
  if (file === null) return [];
  const stored = await transcripts.find(id);
  const choice = await settings.documents(userId);
  const document = stored && wording.document(file, stored, choice);
  const folder = `${String(seq).padStart(5, '0')} ${pathName(document?.baseName ?? file.kind)}`;
  const data = { name: `${folder}/data.json`, bytes: asJson(await exports.ofFile(id)), isPacked: false };
  if (document === null) return [data];
  const formats = withDocuments ? (['txt', 'docx', 'pdf'] as const) : (['txt'] as const);
  const files = await documents.render(document.content, formats, document.baseName);
  const rendered = files.map(({ fileName, bytes }, index) => ({
    name: `${folder}/${pathName(fileName)}`,
    bytes,
    isPacked: formats[index] !== 'txt',
  }));
  return [data, ...rendered];
}

/** Serialises rows of tables as readable JSON. */
export function asJson(value: unknown): Uint8Array {
  return new TextEncoder().encode(`${JSON.stringify(value, null, 1)}\n`);
}

/** Returns a name that is valid for a single file on every system, without a path. */
function pathName(name: string): string {
  const safe = name.replace(/[\p{Cc}/\\:*?"<>|]/gu, '_').replace(/^\.+/, '_');
  return [...safe].slice(0, 80).join('').trim() || '_';
}
