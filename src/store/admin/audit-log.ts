import sql from 'sql-template-tag';
import { z } from 'zod';
import type { AuditEntry, AuditLog } from '../../app/admin/system-ports.ts';
import type { Audit } from '../../app/ports/audit.ts';
import type { Database } from '../client.ts';

/** Writes the audit log to PostgreSQL. */
export function createAudit(database: Database): Audit {
  return async (actorId, action, subject, details = {}) => {
    await database.execute`
      INSERT INTO audit ("actorId", action, subject, details)
      VALUES (${actorId}::bigint, ${action}, ${subject}, ${JSON.stringify(details)}::jsonb)`;
  };
}

/** Reads the audit log from PostgreSQL, in pages by id, which grows with time. */
export function createAuditLog(database: Database): AuditLog {
  return {
    async list(before, limit) {
      const from = before === null ? sql`TRUE` : sql`id < ${before}::bigint`;
      const rows = await database.query<{ entry: unknown }[]>`
        SELECT to_jsonb(a) AS entry FROM audit a WHERE ${from} ORDER BY id DESC LIMIT ${limit}::int`;
      return rows.map(({ entry }) => entrySchema.parse(entry));
    },
  };
}

const entrySchema: z.ZodType<AuditEntry> = z.object({
  id: z.number(),
  actorId: z.number(),
  action: z.string(),
  subject: z.string().nullable(),
  details: z.record(z.string(), z.unknown()),
  at: z.string().transform((text) => new Date(text)),
});
