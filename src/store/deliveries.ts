import sql from 'sql-template-tag';
import { z } from 'zod';
import type { Deliveries, Undelivered } from '../app/ports/deliveries.ts';
import type { Database } from './client.ts';
import { transcriptionSchema } from './rows.ts';
import { prepared } from './statement.ts';
import { deliverySchema } from './stored-json.ts';

/**
 * Lease of an answer, in ms: the time for which one process alone sends it. The worker that finishes a transcription
 * has the first one.
 */
export const answerLeaseMs = 20_000;

/**
 * Number of failed attempts after which an answer is no longer sent and stays only in the history.
 * Almost all of them come at the longest delay, so that is about 15 hours.
 */
const maxAttempts = 100;
const maxDelayMs = 10 * 60_000;

/** Delay before an answer is read again that this version cannot read, in ms: a newer process may send it. */
const unreadableDelayMs = 60_000;

/** Maximum length of the stored reason why an answer was not sent, in characters. */
const maxErrorLength = 300;

/** Is true when `leaseDue` would find an answer: the condition of the routine delivery_lease. */
export const isDeliveryDue = () => sql`
  (SELECT min("deliverAfter") FROM transcription WHERE "deliverAfter" IS NOT NULL) <= now()`;

/** Stores the outbox in PostgreSQL. */
export function createDeliveries(database: Database): Deliveries {
  return {
    async add(id, userId, { kind, payload }) {
      const rows = await database.query<{ result: unknown }[]>`
        SELECT delivery_add(${id}::bigint, ${userId}::bigint, ${kind}, ${JSON.stringify(payload)}::jsonb) AS result`;
      return addedSchema.parse(rows[0]?.result);
    },

    async addBundleFormat(id, userId, format) {
      const wanted = JSON.stringify({ what: 'files', formats: [format] });
      const rows = await database.query<{ result: unknown }[]>`
        SELECT delivery_add(${id}::bigint, ${userId}::bigint, 'bundle', payload || ${wanted}::jsonb) AS result
          FROM delivery WHERE "transcriptionId" = ${id}::bigint AND kind = 'bundle' AND part = 0`;
      return addedSchema.parse(rows[0]?.result ?? 'unknown');
    },

    async leaseDue(limit) {
      const rows = await database.query<{ result: unknown }[]>`
        SELECT delivery_lease(${limit}::int, ${answerLeaseMs}) AS result`;
      const due: Undelivered[] = [];
      for (const { deliverAttempts, deliveries, ...transcription } of takenSchema.parse(rows[0]?.result)) {
        const read = undeliveredSchema.safeParse({ transcription, deliveries, takes: deliverAttempts });
        if (read.success) due.push(read.data);
        // One answer that this version cannot read does not hold up the others; admins see why it is not sent.
        else
          await this.postpone(
            transcription.id,
            unreadableDelayMs,
            `not readable: ${z.prettifyError(read.error)}`,
          );
      }
      return due;
    },

    async recordSent(id, sent, last) {
      const marks = JSON.stringify(
        sent.map(({ delivery: { kind, part }, messageIds }) => ({ kind, part, messageIds })),
      );
      const rows = await database.query<{ result: boolean }[]>(prepared`
        SELECT deliveries_sent(${id}::bigint, ${marks}::jsonb, ${last}) AS result`);
      return rows[0]?.result ?? false;
    },

    async renew(id, takes) {
      // Every take is counted (`delivery_lease`). A delivery that the user requests in between
      // resets the count (`delivery_add`).
      const kept = await database.execute`
        UPDATE transcription SET "deliverAfter" = clock_timestamp() + milliseconds(${answerLeaseMs})
         WHERE id = ${id} AND num_nulls("deliverAfter") = 0 AND "deliverAttempts" IN (0, ${takes}::int)`;
      return kept > 0;
    },

    async postpone(id, delayMs, cause) {
      const error = cause?.slice(0, maxErrorLength) ?? null;
      if (delayMs === null) {
        await database.execute`
          UPDATE transcription SET "deliverAfter" = NULL, "deliverError" = ${error}, "deliverGaveUpAt" = now() WHERE id = ${id}`;
        return;
      }
      await database.execute`
        UPDATE transcription SET "deliverError" = ${error},
               "deliverGaveUpAt" = CASE WHEN "deliverAttempts" >= ${maxAttempts} THEN now() END,
               "deliverAfter" = CASE WHEN "deliverAttempts" < ${maxAttempts} THEN
          clock_timestamp() + milliseconds(LEAST(${maxDelayMs}::float8, ${delayMs} * power(1.5, "deliverAttempts"::float8)))
          END WHERE id = ${id} AND num_nulls("deliverAfter") = 0`;
    },
  };
}

const addedSchema = z.enum(['added', 'already', 'unknown']);

const takenSchema = z.array(
  z.looseObject({ id: z.number(), deliverAttempts: z.number(), deliveries: z.array(z.unknown()) }),
);

const undeliveredSchema = z.object({
  transcription: transcriptionSchema,
  deliveries: z.array(deliverySchema),
  takes: z.number(),
});
