import type { FileNames } from '../../app/links/ports.ts';
import type { Database } from '../client.ts';

/** Stores the names of linked files in PostgreSQL. */
export function createFileNames(database: Database): FileNames {
  return {
    async keep(id, fileName) {
      // A transcription that was deleted in between matches no row.
      await database.transcription.updateMany({ where: { id }, data: { fileName } });
    },
  };
}
