import type pg from 'pg';

/**
 * Adds a task of the language model with a stored call to each transcription, and money and a form of minutes to each
 * user, so that plans of queries are those of full tables.
 */
export async function fillUnderstanding(client: pg.Client): Promise<void> {
  await client.query(`
    INSERT INTO understanding_task ("userId", "transcriptionId", kind, options, "replyToId", state, "endedAt", result)
    SELECT "userId", id, 'summary', '{"language": "en"}', 1, 'DONE', now(),
           '{"kind": "summary", "model": "m", "language": "en", "leftOut": 0, "isIncomplete": false, "items": []}'
      FROM transcription;
    INSERT INTO understanding_call ("taskId", key, answer)
    SELECT id, 'key', '{"value": 1, "failure": null, "usage": {"inputTokens": 1, "outputTokens": 1}}' FROM understanding_task;
    INSERT INTO understanding_spend ("userId", kind, "inputTokens", "outputTokens", amount, currency)
    SELECT id, 'summary', 1, 1, 0.01, 'USD' FROM "user";
    INSERT INTO minutes_template ("userId", name, sections) SELECT id, 'Form', '[]' FROM "user"`);
}
