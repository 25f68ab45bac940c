import { z } from 'zod';
import type { Invitations } from '../../app/accounts/ports.ts';
import type { Database } from '../client.ts';

/** Stores invitations in PostgreSQL. */
export function createInvitations(database: Database): Invitations {
  return {
    async add({ codeHash, madeBy, uses, validMs }) {
      await database.$executeRaw`
        INSERT INTO invitation ("codeHash", "madeById", "usesLeft", "expiresAt")
        VALUES (${codeHash}, ${madeBy}::bigint, ${uses}::int, now() + milliseconds(${validMs}))`;
    },
    async take(id, codeHash) {
      const [row] = await database.$queryRaw<[{ outcome: unknown }]>`
        SELECT invitation_take(${id}::bigint, ${codeHash}) AS outcome`;
      return z.enum(['taken', 'already', 'invalid']).parse(row.outcome);
    },
  };
}
