import { GrammyError } from 'grammy';
import { expect, test } from 'vitest';
import { replyPatiently } from '../../src/bot/reply-patiently.ts';

type Context = Parameters<typeof replyPatiently>[0];

/** A context whose replies Telegram refuses so often with this status before one comes through. */
function refusing(times: number, error_code: number) {
  const heard: string[] = [];
  const refusal = { ok: false, error_code, description: 'refused', parameters: { retry_after: 0 } } as const;
  const ctx = {
    committed: () => void heard.push('committed'),
    reply(text: string) {
      if (times > 0) {
        times -= 1;
        throw new GrammyError('refused', refusal, 'sendMessage', {});
      }
      heard.push(text);
    },
  } as unknown as Context;
  return { ctx, heard };
}

test('a refusal is told however often Telegram finds the bot too fast, and holds up no other update', async () => {
  const { ctx, heard } = refusing(20, 429);
  await replyPatiently(ctx, 'too many files');
  expect(heard).toEqual(['committed', 'too many files']);
});

test('who has blocked the bot is told nothing', async () => {
  const { ctx, heard } = refusing(1, 403);
  await expect(replyPatiently(ctx, 'too many files')).rejects.toThrow('refused');
  expect(heard).toEqual(['committed']);
});
