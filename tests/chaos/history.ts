import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import type pg from 'pg';
import type { TranscriptionState } from '../../src/domain/transcription.ts';

/** An event of a file: a change of state, a claim, or its deletion. */
export type Event = {
  readonly id: number;
  readonly file: number;
  readonly user: number;
  readonly uploadKey: string;
  readonly from: TranscriptionState | null;
  readonly to: TranscriptionState | 'CLAIMED' | 'DELETED';
  readonly fence: number | null;
};

/** What workers logged about their commits. */
export type Commits = {
  /** The fences with which the database accepted the end of a file. */
  readonly accepted: readonly { readonly file: number; readonly fence: number }[];
  /** Commits that were refused because their worker had lost the file. */
  readonly refused: number;
};

/**
 * Makes the database record all events of files in a table of the run's own: rows of state_change are deleted
 * with their file, and cover only claims that change a state.
 */
export async function keepHistory(database: pg.Pool): Promise<void> {
  await database.query(`
    CREATE SCHEMA chaos;
    CREATE TABLE chaos.event (id bigserial PRIMARY KEY, file bigint, "user" bigint, "uploadKey" text, "from" text, "to" text, fence int, holder text);
    CREATE FUNCTION chaos.record_state() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
      INSERT INTO chaos.event (file, "user", "uploadKey", "from", "to")
      VALUES (NEW.id, NEW."userId", NEW."uploadKey", CASE WHEN TG_OP = 'UPDATE' THEN OLD.state END, NEW.state);
      RETURN NULL; END $$;
    CREATE TRIGGER chaos_arrival AFTER INSERT ON transcription FOR EACH ROW EXECUTE FUNCTION chaos.record_state();
    CREATE TRIGGER chaos_state AFTER UPDATE ON transcription FOR EACH ROW WHEN (OLD.state <> NEW.state)
      EXECUTE FUNCTION chaos.record_state();
    CREATE FUNCTION chaos.record_deletion() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
      INSERT INTO chaos.event (file, "user", "uploadKey", "from", "to")
      VALUES (OLD.id, OLD."userId", OLD."uploadKey", OLD.state, 'DELETED');
      RETURN NULL; END $$;
    CREATE TRIGGER chaos_deletion AFTER DELETE ON transcription FOR EACH ROW EXECUTE FUNCTION chaos.record_deletion();
    CREATE FUNCTION chaos.record_claim() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
      INSERT INTO chaos.event (file, "user", "uploadKey", "from", "to", fence, holder)
      SELECT t.id, t."userId", t."uploadKey", t.state, 'CLAIMED', NEW.fence, NEW.holder FROM transcription t WHERE t.id = NEW."activeId";
      RETURN NULL; END $$;
    CREATE TRIGGER chaos_claim AFTER UPDATE ON lane FOR EACH ROW WHEN (NEW.holder IS NOT NULL AND NEW.fence <> OLD.fence)
      EXECUTE FUNCTION chaos.record_claim();`);
}

/**
 * Returns all events, oldest first. Those of one user are in their true order, since each event holds the
 * lock of the user's lane.
 */
export async function readHistory(database: pg.Pool): Promise<Event[]> {
  const { rows } = await database.query<Event>(
    `SELECT id::int, file::int, "user"::float8, "uploadKey", "from", "to", fence FROM chaos.event ORDER BY id`,
  );
  return rows;
}

/** @param logFile the log of the processes, a JSON object per line */
export async function readCommits(logFile: string): Promise<Commits> {
  const accepted: { file: number; fence: number }[] = [];
  let refused = 0;
  for await (const line of createInterface({ input: createReadStream(logFile) })) {
    if (line.includes('"msg":"commit refused')) refused += 1;
    if (!line.includes('"msg":"ended"')) continue;
    const { transcription, fence } = JSON.parse(line) as { transcription: number; fence: number };
    accepted.push({ file: transcription, fence });
  }
  return { accepted, refused };
}
