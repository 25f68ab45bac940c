import { GrammyError } from 'grammy';
import { expect, test } from 'vitest';
import { replyPatiently } from '../../src/bot/reply-patiently.ts';

type Context = Parameters<typeof replyPatiently>[0];

/** Returns a context whose replies Telegram refuses `times` times with this status before one succeeds. */
function refusing(times: number, error_code: number) {
  const heard: string[] = [];
  const refusal = { ok: false, error_code, description: 'refused', parameters: { retry_after: 0 } } as const;
  const ctx = {
    confirmUpdate: () => void heard.push('confirmed'),
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

test('a reply is retried while Telegram answers 429, and delays no other update', async () => {
  const { ctx, heard } = refusing(20, 429);
  await replyPatiently(ctx, 'too many files');
  expect(heard).toEqual(['confirmed', 'too many files']);
});

test('a user who has blocked the bot is sent nothing', async () => {
  const { ctx, heard } = refusing(1, 403);
  await expect(replyPatiently(ctx, 'too many files')).rejects.toThrow('refused');
  expect(heard).toEqual(['confirmed']);
});
