import sql from 'sql-template-tag';
import { z } from 'zod';
import type { Chunks, StoredChunk } from '../app/ports/chunks.ts';
import { isEngineId } from '../domain/engine-names.ts';
import type { Database } from './client.ts';
import { prepared } from './statement.ts';
import { transcribedChunkSchema } from './stored-json.ts';

/** Stores chunks in PostgreSQL. */
export function createChunks(database: Database): Chunks {
  return {
    async list(id) {
      const rows = await database.query<Row[]>(prepared`
        SELECT "startMs", "endMs", engine, ticket, transcript FROM chunk
         WHERE "transcriptionId" = ${id}::bigint ORDER BY "startMs"`);
      return rows.flatMap(({ startMs, endMs, engine, ticket, transcript }): StoredChunk[] => {
        if (!isEngineId(engine)) return [];
        const place = { start: startMs / 1000, end: endMs / 1000, engine, ticket };
        return [{ ...place, transcript: transcribedChunkSchema.nullable().parse(transcript) }];
      });
    },

    async save(job, { start, end, engine, ticket, transcript }) {
      const rows = await database.query<unknown[]>`
        INSERT INTO chunk ("transcriptionId", "startMs", "endMs", engine, ticket, transcript)
        SELECT ${job.id}::bigint, ${milliseconds(start)}::int, ${milliseconds(end)}::int, ${engine}, ${ticket},
               ${transcript === null ? sql`NULL` : sql`${JSON.stringify(transcript)}::jsonb`}
          FROM lane WHERE "activeId" = ${job.id}::bigint AND fence = ${job.fence}::int
        ON CONFLICT ("transcriptionId", "startMs") DO UPDATE SET "endMs" = EXCLUDED."endMs",
          engine = EXCLUDED.engine, ticket = EXCLUDED.ticket, transcript = EXCLUDED.transcript
        RETURNING 1`;
      return z.array(z.unknown()).parse(rows).length > 0;
    },
  };
}

const milliseconds = (seconds: number) => Math.round(seconds * 1000);

type Row = {
  readonly startMs: number;
  readonly endMs: number;
  readonly engine: string;
  readonly ticket: string | null;
  readonly transcript: unknown;
};
