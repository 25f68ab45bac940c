import type { Audit } from '../../app/accounts/ports.ts';
import type { Database } from '../client.ts';

/** Writes the audit log to PostgreSQL. */
export function createAudit(database: Database): Audit {
  return async (actorId, action, subject, details = {}) => {
    await database.audit.create({ data: { actorId, action, subject, details } });
  };
}
