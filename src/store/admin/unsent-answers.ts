import { z } from 'zod';
import type { UnsentAnswer, UnsentAnswers } from '../../app/admin/file-ports.ts';
import { transcriptionStates } from '../../domain/transcription.ts';
import type { Database } from '../client.ts';

/** Age after which an answer counts as unsent, in seconds; most answers take one or two. */
const unsentSeconds = 20;

/**
 * Longer than the 20 s for which a sender takes an answer (store/deliveries.ts), in seconds: no
 * process is sending an answer that is due later.
 */
const inHandSeconds = 25;

/**
 * Lists the answers in PostgreSQL that were not sent: those that are retried, and those that were
 * given up.
 */
export function createUnsentAnswers(database: Database): UnsentAnswers {
  return {
    async list(limit) {
      const rows = await database.query<{ answer: unknown }[]>`
        WITH unsent AS (
          (SELECT * FROM transcription WHERE "deliverAfter" IS NOT NULL AND "unsentSince" < now() - make_interval(secs => ${unsentSeconds})
            ORDER BY "unsentSince" LIMIT ${limit}::int)
          UNION ALL
          (SELECT * FROM transcription WHERE "deliverGaveUpAt" IS NOT NULL ORDER BY "deliverGaveUpAt" DESC LIMIT ${limit}::int)
        )
        SELECT jsonb_build_object('id', t.id, 'userId', t."userId", 'userName', concat_ws(' ', u."firstName", u."lastName"),
                 'state', t.state, 'since', COALESCE(t."unsentSince", t."finishedAt"), 'attempts', t."deliverAttempts",
                 'nextAt', t."deliverAfter", 'error', t."deliverError") AS answer
          FROM unsent t, LATERAL (SELECT * FROM "user" WHERE id = t."userId" LIMIT 1) AS u`;
      return rows.map(({ answer }) => answerSchema.parse(answer));
    },
    async retry(id) {
      const retried = await database.execute`
        UPDATE transcription SET "deliverAfter" = now(),
               "deliverAttempts" = CASE WHEN "deliverGaveUpAt" IS NULL THEN "deliverAttempts" ELSE 0 END
         WHERE id = ${id}::bigint
           AND ("deliverGaveUpAt" IS NOT NULL OR "deliverAfter" > now() + make_interval(secs => ${inHandSeconds}))`;
      return retried > 0;
    },
  };
}

const moment = z.string().transform((text) => new Date(text));

const answerSchema: z.ZodType<UnsentAnswer> = z.object({
  id: z.number(),
  userId: z.number(),
  userName: z.string(),
  state: z.enum(transcriptionStates),
  since: moment.nullable(),
  attempts: z.number(),
  nextAt: moment.nullable(),
  error: z.string().nullable(),
});
