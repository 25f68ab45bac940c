import type pg from 'pg';
import type { ChatMessage, Chats } from './crowd.ts';
import type { Violation } from './invariants.ts';

/** The bursts of a run, by what became of them. */
export type BurstFigures = {
  /** Bursts whose message spoke for their files to the end. */
  readonly together: number;
  /** Bursts whose files were asked about each by itself. */
  readonly separate: number;
  /** Bursts that became one document. */
  readonly bundled: number;
};

type Row = {
  readonly id: number;
  readonly state: string;
  readonly message: ChatMessage | null;
  readonly files: number;
  readonly isDue: boolean;
};

/**
 * Checks, after all files have ended, that the message of each burst is there and offers nothing that is over, and that no
 * burst is left without files.
 */
export async function burstsAreOver(
  database: pg.Pool,
  { buttons }: Chats,
): Promise<{ readonly figures: BurstFigures; readonly violations: readonly Violation[] }> {
  const { rows } = await database.query<Row>(
    `SELECT b.id::int, b.state, b."userId" || ':' || b."messageId" AS message, b."updateAfter" IS NOT NULL AS "isDue",
            (SELECT count(*)::int FROM transcription t WHERE t."burstId" = b.id) AS files
       FROM burst b`,
  );
  const count = (...states: string[]) => rows.filter(({ state }) => states.includes(state)).length;
  return {
    figures: {
      together: count('TOGETHER'),
      separate: count('SEPARATE'),
      bundled: count('BUNDLING', 'BUNDLED'),
    },
    violations: rows.flatMap((row) =>
      faultsOf(row, buttons).map((fault) => ({
        promise: 'the message of a burst shows its end',
        what: `burst ${row.id} ${fault}`,
      })),
    ),
  };
}

function faultsOf({ id, state, message, files, isDue }: Row, buttons: Chats['buttons']): string[] {
  // Each of its files has a message of its own.
  if (state === 'SEPARATE') return [];
  if (files === 0) return ['has no files'];
  const offered = message === null ? undefined : buttons.get(message);
  const isOver = (data: string) => data === `burst:${id}:cancel` || data.startsWith(`burst:${id}:on:`);
  return [
    ...(isDue ? ['is out of date'] : []),
    ...(state === 'BUNDLING' ? ['has no document'] : []),
    ...(offered === undefined ? ['has no message'] : []),
    ...(offered?.some(isOver) ? ['offers what is over'] : []),
  ];
}
