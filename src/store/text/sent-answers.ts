import type { SentAnswers } from '../../app/text/ports.ts';
import type { Delivery } from '../../domain/delivery.ts';
import type { Database } from '../client.ts';

/** What was sent of answers, on PostgreSQL. */
export function createSentAnswers(database: Database): SentAnswers {
  return {
    async read(id) {
      const row = await database.transcript.findUnique({
        where: { transcriptionId: id },
        select: {
          revision: true,
          transcription: { select: { deliveries: { where: { sentAt: { not: null } } } } },
        },
      });
      if (row === null) return null;
      const sent = row.transcription.deliveries.map(({ kind, part, payload, sentMessageIds }) => ({
        // Written by this program in the same shapes (domain/delivery.ts) when they were sent.
        delivery: { kind, part, payload } as unknown as Delivery,
        messageIds: sentMessageIds,
      }));
      return { revision: row.revision, sent };
    },

    async keep(id, { kind, part, payload }, messageIds) {
      const kept = await database.$executeRaw`
        INSERT INTO delivery ("transcriptionId", kind, part, payload, "sentMessageIds", "sentAt")
        SELECT id, ${kind}, ${part}::int, ${JSON.stringify(payload)}::jsonb, ${messageIds}::int[], now()
          FROM transcription WHERE id = ${id}::bigint
        ON CONFLICT ("transcriptionId", kind, part) DO UPDATE
           SET payload = EXCLUDED.payload, "sentMessageIds" = EXCLUDED."sentMessageIds"`;
      return kept > 0;
    },
  };
}
