import type { StoredTranscript, Transcripts } from '../app/ports/answers.ts';
import { isEngineId } from '../domain/engine-names.ts';
import type { Database } from './client.ts';
import { prepared } from './statement.ts';
import { segmentsSchema } from './stored-json.ts';

/** Reads transcripts from PostgreSQL. */
export function createTranscripts(database: Database): Transcripts {
  return {
    async find(id) {
      const [row] = await database.query<Row[]>(prepared`
        SELECT engine, "durationSeconds", language, "languageProbability", segments
          FROM transcript WHERE "transcriptionId" = ${id}::bigint`);
      return row === undefined ? null : parseStoredTranscript(row);
    },
  };
}

type Row = {
  readonly engine: string;
  readonly durationSeconds: number;
  readonly language: string | null;
  readonly languageProbability: number | null;
  readonly segments: unknown;
};

/** Returns a row as a transcript; null when it is of an engine that this version does not know. */
export function parseStoredTranscript({
  engine,
  durationSeconds,
  segments,
  ...told
}: Row): StoredTranscript | null {
  if (!isEngineId(engine)) return null;
  const { language, languageProbability } = told;
  const transcript = { language, languageProbability, segments: segmentsSchema.parse(segments) };
  return { engine, durationSeconds, transcript };
}
