import type { FileFilter } from '../../app/admin/ports.ts';
import { typedNumber } from '../../domain/persian/digits.ts';
import type { TranscriptionState } from '../../domain/transcription.ts';
import { Prisma } from '../generated/client.ts';

/** States of files that have not ended, in the order in which they are cancelled: waiting ones first, so that none starts in between. */
export const openStates = ['PENDING', 'CHOOSING', 'QUEUED', 'PROCESSING'] as const;

/** What an index finds by itself (`transcription_state`): files of one of these states, and their numbers in order. */
const indexedStates = [...openStates, 'FAILED'] as const;

/** Returns the condition for files in a state, as the index has it; undefined when no index has that state. */
export function ofState(state: TranscriptionState): Prisma.Sql | undefined {
  const indexed = indexedStates.find((one) => one === state);
  // A constant and no parameter: only so does the database see that the index has all of them, in order.
  return indexed === undefined ? undefined : Prisma.raw(`t.state = '${indexed}'`);
}

/** Returns what an index finds of a search by itself: one file, or one person's. Null for a name, or no search at all. */
export function exactSearch({ search }: FileFilter): Prisma.Sql | null {
  const number = typedNumber(search);
  if (number !== null) {
    return Prisma.sql`(t.id = ${number}::bigint OR t."userId" = ${number}::bigint)`;
  }
  if (/^@\w+$/.test(search))
    // Names change hands; who had it last is who is meant.
    return Prisma.sql`t."userId" = (SELECT id FROM "user" WHERE lower(username) = lower(${search.slice(1)}) AND username IS NOT NULL
                                    ORDER BY "lastSeenAt" DESC NULLS LAST LIMIT 1)`;
  return null;
}

/** Returns what has to be looked for row by row, besides the state: `t` is the file, `u` its person. */
export function conditionsOf(filter: FileFilter): Prisma.Sql[] {
  const { engine, kind, search } = filter;
  const conditions: Prisma.Sql[] = [];
  if (engine !== null) conditions.push(Prisma.sql`t.engine = ${engine}`);
  if (kind !== null) conditions.push(Prisma.sql`t.kind = ${kind}`);
  if (search !== '' && exactSearch(filter) === null) {
    const part = `%${search.replace(/[\\%_]/g, '\\$&')}%`;
    conditions.push(
      Prisma.sql`(t."fileName" ILIKE ${part} OR concat_ws(' ', u."firstName", u."lastName") ILIKE ${part})`,
    );
  }
  return conditions;
}
