import type { StoredTranscript, TitleSource, Transcripts } from '../app/ports/transcripts.ts';
import { isEngineId } from '../domain/engine-names.ts';
import { beginningLength } from '../domain/file-title.ts';
import type { Database } from './client.ts';
import { prepared } from './statement.ts';
import { segmentsSchema } from './stored-json.ts';

/** Maximum number of earlier uploads of a user whose names are compared. */
const maxEarlier = 100;

/** Reads transcripts from PostgreSQL. */
export function createTranscripts(database: Database): Transcripts {
  return {
    async find(id) {
      const [row] = await database.query<Row[]>(prepared`
        SELECT engine, "durationSeconds", language, "languageProbability", segments
          FROM transcript WHERE "transcriptionId" = ${id}::bigint`);
      return row === undefined ? null : parseStoredTranscript(row);
    },

    listEarlier: (id) =>
      database.query<TitleSource[]>(prepared`
        SELECT t."fileName", tr.language, left(tr.text, ${beginningLength}::int) AS beginning
          FROM transcription this
          JOIN transcription t ON t."userId" = this."userId" AND t.seq BETWEEN this.seq - ${maxEarlier}::int AND this.seq - 1
          JOIN transcript tr ON tr."transcriptionId" = t.id
         WHERE this.id = ${id}::bigint`),
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
