import type { SentDelivery } from '../app/ports/deliveries.ts';
import type { SentAnswers } from '../app/ports/sent-answers.ts';
import type { Database } from './client.ts';
import { transcriptionSchema } from './rows.ts';
import { deliverySchema } from './stored-json.ts';

/** Reads and updates the deliveries that were sent, in PostgreSQL. */
export function createSentAnswers(database: Database): SentAnswers {
  return {
    async read(id) {
      const rows = await database.query<(SentRow & { revision: number; isSent: boolean })[]>`
        SELECT tr.revision, d."sentAt" IS NOT NULL AS "isSent", d.kind, d.part, d.payload, d."sentMessageIds"
          FROM transcript tr LEFT JOIN delivery d USING ("transcriptionId")
         WHERE tr."transcriptionId" = ${id}::bigint`;
      const [first] = rows;
      if (first === undefined) return null;
      return { revision: first.revision, sent: inOrder(rows.filter(({ isSent }) => isSent)) };
    },

    async bundleOf(id) {
      const rows = await database.query<
        (SentRow & { isSent: boolean; isBeingSent: boolean; file: unknown })[]
      >`
        SELECT d.kind, d.part, d.payload, d."sentMessageIds", d."sentAt" IS NOT NULL AS "isSent",
               d."sentAt" IS NULL AND head."deliverAfter" IS NOT NULL AND head.id <> t.id AS "isBeingSent",
               to_jsonb(head) || jsonb_build_object('languageCode', u."languageCode") AS file
          FROM transcription t
          JOIN transcription head ON head."burstId" = t."burstId"
          JOIN delivery d ON d."transcriptionId" = head.id AND d.kind = 'bundle'
          JOIN "user" u ON u.id = head."userId"
         WHERE t.id = ${id}::bigint`;
      const [first] = rows;
      if (first === undefined) return null;
      return {
        file: transcriptionSchema.parse(first.file),
        sent: inOrder(rows.filter(({ isSent }) => isSent)),
        isBeingSent: rows.some(({ isBeingSent }) => isBeingSent),
      };
    },

    async save(id, { kind, part, payload }, messageIds) {
      const kept = await database.execute`
        INSERT INTO delivery ("transcriptionId", kind, part, payload, "sentMessageIds", "sentAt")
        SELECT id, ${kind}, ${part}::int, ${JSON.stringify(payload)}::jsonb, ${messageIds}::int[], now()
          FROM transcription WHERE id = ${id}::bigint
        ON CONFLICT ("transcriptionId", kind, part) DO UPDATE
           SET payload = EXCLUDED.payload, "sentMessageIds" = EXCLUDED."sentMessageIds"`;
      return kept > 0;
    },
  };
}

type SentRow = {
  readonly kind: string;
  readonly part: number;
  readonly payload: unknown;
  readonly sentMessageIds: readonly number[];
};

function inOrder(rows: readonly SentRow[]): SentDelivery[] {
  return rows
    .toSorted((a, b) => a.part - b.part)
    .map(({ kind, part, payload, sentMessageIds }) => ({
      delivery: deliverySchema.parse({ kind, part, payload }),
      messageIds: sentMessageIds,
    }));
}
