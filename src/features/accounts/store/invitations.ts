import { z } from 'zod';
import type { UserId } from '../../../domain/ids.ts';
import type { Database } from '../../../store/client.ts';

export type Invitations = ReturnType<typeof createInvitations>;

/** Stores invitations in PostgreSQL, for ACCESS=invitation. */
export function createInvitations(database: Database) {
  return {
    /** Stores an invitation that admits `uses` users within `validMs` (ms). */
    async add({
      codeHash,
      madeBy,
      uses,
      validMs,
    }: {
      readonly codeHash: string;
      readonly madeBy: UserId;
      readonly uses: number;
      readonly validMs: number;
    }): Promise<void> {
      await database.execute`
        INSERT INTO invitation ("codeHash", "madeById", "usesLeft", "expiresAt")
        VALUES (${codeHash}, ${madeBy}::bigint, ${uses}::int, now() + milliseconds(${validMs}))`;
    },
    /** Uses an invitation. `already`: the user was admitted before, and no use is counted. */
    async redeem(id: UserId, codeHash: string): Promise<'taken' | 'already' | 'invalid'> {
      const [row] = await database.query<[{ outcome: unknown }]>`
        SELECT invitation_take(${id}::bigint, ${codeHash}) AS outcome`;
      return z.enum(['taken', 'already', 'invalid']).parse(row.outcome);
    },
  };
}
