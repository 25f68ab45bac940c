import type { TranscriptionId } from '../../domain/ids.ts';
import type { Database } from '../../store/client.ts';

/** Names of uploads that become known with the download. */
export type FileNames = ReturnType<typeof createFileNames>;

/** Stores the names of linked files in PostgreSQL. */
export function createFileNames(database: Database) {
  return {
    async save(id: TranscriptionId, fileName: string): Promise<void> {
      // A transcription that was deleted in between matches no row.
      await database.execute`UPDATE transcription SET "fileName" = ${fileName} WHERE id = ${id}::bigint`;
    },
  };
}
