import { z } from 'zod';
import type { LanguageModelPrice } from '../../../app/ports/language-model.ts';
import type { Database } from '../../../store/client.ts';
import { costOfTokens } from '../budget.ts';
import type { SavedSection, SectionStore } from '../provable/contract.ts';
import type { LeasedTask } from './tasks.ts';

/**
 * Stores the answers of the language model to the calls of one task, and what they cost, in one statement. What the task
 * has reserved becomes less by the same amount.
 */
export function createSections(
  database: Database,
  { id, userId, kind }: Pick<LeasedTask, 'id' | 'userId' | 'kind'>,
  price: LanguageModelPrice | null,
): SectionStore {
  return {
    async load(key) {
      const [row] = await database.query<{ answer: unknown }[]>`
        SELECT answer FROM understanding_call WHERE "taskId" = ${id}::bigint AND key = ${key}`;
      return row === undefined ? null : sectionSchema.parse(row.answer);
    },

    async save(key, saved) {
      const { inputTokens, outputTokens } = saved.usage;
      const cost = costOfTokens(saved.usage, price);
      // The money is spent even when the user has cancelled or deleted the task in the meantime. A repeated call after a
      // lost response finds the key and counts nothing.
      await database.execute`
        WITH task AS (
          SELECT id FROM understanding_task WHERE id = ${id}::bigint AND state = 'RUNNING' FOR NO KEY UPDATE
        ), saved AS (
          INSERT INTO understanding_call ("taskId", key, answer)
          SELECT id, ${key}, ${JSON.stringify(saved)}::jsonb FROM task ON CONFLICT DO NOTHING RETURNING key
        ), reserved AS (
          UPDATE understanding_task SET reserved = GREATEST(0, reserved - ${cost?.amount ?? 0}::float8)
           WHERE id IN (SELECT id FROM task) AND EXISTS (SELECT FROM saved)
        )
        INSERT INTO understanding_spend ("userId", kind, "inputTokens", "outputTokens", amount, currency)
        SELECT u.id, ${kind}, ${inputTokens}::int, ${outputTokens}::int, ${cost?.amount ?? null}::float8,
               ${cost?.currency ?? null}
          FROM "user" u WHERE u.id = ${userId}::bigint
           AND (EXISTS (SELECT FROM saved) OR NOT EXISTS (SELECT FROM task))`;
    },
  };
}

/** `understanding_call.answer` */
const sectionSchema: z.ZodType<SavedSection> = z.looseObject({
  value: z.unknown(),
  failure: z.enum(['refused', 'cut_off', 'response_unknown']).nullable(),
  usage: z.looseObject({ inputTokens: z.number(), outputTokens: z.number() }),
});
