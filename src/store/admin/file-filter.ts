import sql, { raw, type Sql } from 'sql-template-tag';
import type { FileFilter } from '../../app/admin/file-ports.ts';
import { typedNumber } from '../../domain/persian/digits.ts';
import type { TranscriptionState } from '../../domain/transcription.ts';

/**
 * States of transcriptions that have not ended, in the order in which they are cancelled: waiting
 * ones first, so that none of them starts in between.
 */
export const openStates = ['PENDING', 'CHOOSING', 'QUEUED', 'PROCESSING'] as const;

/** States that the index `transcription_state` covers, in order of id. */
const indexedStates = [...openStates, 'FAILED'] as const;

/**
 * Returns the condition for transcriptions in a state, in the form that the index needs; undefined
 * when no index covers the state.
 */
export function ofState(state: TranscriptionState): Sql | undefined {
  const indexed = indexedStates.find((one) => one === state);
  // A constant and not a parameter: only then does the planner see that the index holds all
  // matching rows in order.
  return indexed === undefined ? undefined : raw(`t.state = '${indexed}'`);
}

/**
 * Returns the condition for a search that an index answers: one transcription, or those of one
 * user. Null for a search by name, and when there is no search.
 */
export function exactSearch({ search }: FileFilter): Sql | null {
  const number = typedNumber(search);
  if (number !== null) {
    return sql`(t.id = ${number}::bigint OR t."userId" = ${number}::bigint)`;
  }
  if (/^@\w+$/.test(search))
    // A username can move to another account; the account seen last with it has it now.
    return sql`t."userId" = (SELECT id FROM "user" WHERE lower(username) = lower(${search.slice(1)}) AND username IS NOT NULL
                                    ORDER BY "lastSeenAt" DESC NULLS LAST LIMIT 1)`;
  return null;
}

/**
 * Returns the conditions that are checked row by row, besides the state: `t` is the transcription,
 * `u` its user.
 */
export function conditionsOf(filter: FileFilter): Sql[] {
  const { engine, kind, search } = filter;
  const conditions: Sql[] = [];
  if (engine !== null) conditions.push(sql`t.engine = ${engine}`);
  if (kind !== null) conditions.push(sql`t.kind = ${kind}`);
  if (search !== '' && exactSearch(filter) === null) {
    const pattern = `%${search.replace(/[\\%_]/g, '\\$&')}%`;
    conditions.push(
      // The names of files that others sent to a connected account are not searched.
      sql`(t.purpose IS NULL AND t."fileName" ILIKE ${pattern} OR concat_ws(' ', u."firstName", u."lastName") ILIKE ${pattern})`,
    );
  }
  return conditions;
}
