import sql from 'sql-template-tag';
import { z } from 'zod';
import type { LogLine, LogLines } from '../../app/admin/log-lines.ts';
import type { Database } from '../client.ts';

/** Stores the latest log lines of all processes in PostgreSQL. */
export function createLogLines(database: Database): LogLines {
  return {
    async add(lines) {
      await database.execute`
        INSERT INTO log_line (at, process, level, "transcriptionId", message, details)
        SELECT at, process, level, transcription, message, details
          FROM jsonb_to_recordset(${JSON.stringify(lines)}::jsonb)
               AS line (at timestamptz, process text, level smallint, transcription bigint, message text, details text)
         WHERE transcription IS NULL OR EXISTS (SELECT FROM transcription t WHERE t.id = line.transcription)`;
    },
    async tail(limit, warningsOnly) {
      const which = warningsOnly ? sql`level >= 40` : sql`TRUE`;
      const rows = await database.query<unknown[]>`
        SELECT ${columns} FROM log_line WHERE ${which} ORDER BY id DESC LIMIT ${limit}::int`;
      return z.array(lineSchema).parse(rows);
    },
    async ofFile(id, limit) {
      const rows = await database.query<unknown[]>`
        SELECT ${columns} FROM log_line WHERE "transcriptionId" = ${id}::bigint ORDER BY id DESC LIMIT ${limit}::int`;
      return z.array(lineSchema).parse(rows).toReversed();
    },
    async prune(kept) {
      await database.execute`
        DELETE FROM log_line WHERE id <= (SELECT id FROM log_line ORDER BY id DESC OFFSET ${kept}::int LIMIT 1)`;
    },
  };
}

const columns = sql`at, process, level::int, "transcriptionId"::float8 AS transcription, message, details`;

const lineSchema: z.ZodType<LogLine> = z.object({
  at: z.date(),
  process: z.string(),
  level: z.number(),
  transcription: z.number().nullable(),
  message: z.string(),
  details: z.string(),
});
