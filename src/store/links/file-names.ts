import type { FileNames } from '../../app/links/ports.ts';
import type { Database } from '../client.ts';

/** Names of files on PostgreSQL. */
export function createFileNames(database: Database): FileNames {
  return {
    async keep(id, fileName) {
      // Deleted meanwhile: nothing to name.
      await database.transcription.updateMany({ where: { id }, data: { fileName } });
    },
  };
}
