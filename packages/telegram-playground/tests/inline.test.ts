import type { InlineQueryResult } from 'grammy/types';
import { expect, test } from 'vitest';
import { refusal, runBot, runPlayground, sara } from './running-playground.ts';

const article = (id: string, text: string): InlineQueryResult => ({
  type: 'article',
  id,
  title: `Title of ${id}`,
  input_message_content: { message_text: text },
});

test('an inline query reaches the bot, its answer reaches the person, and the chosen result becomes their message', async () => {
  const { playground, person } = await runPlayground();
  const bot = runBot(playground);
  bot.on('inline_query', (ctx) =>
    ctx.answerInlineQuery([article('a', `You said ${ctx.inlineQuery.query}`), article('b', 'other')], {
      cache_time: 0,
      is_personal: true,
      next_offset: 'more',
      button: { text: 'All', start_parameter: 'history' },
    }),
  );
  const answered = new Promise<string | undefined>((resolve) => {
    bot.on('message:text', (ctx) => resolve(ctx.message.via_bot && ctx.message.text));
  });
  void bot.start({ allowed_updates: ['inline_query', 'message'] });
  const { body } = await person.request('POST', `/people/${sara}/inline`, { query: 'hello' });
  expect(body).toMatchObject({
    answered: true,
    results: [{ id: 'a', title: 'Title of a' }, { id: 'b' }],
    is_personal: true,
    next_offset: 'more',
    button: { start_parameter: 'history' },
  });
  const choice = { query_id: body.query_id, result_id: 'a' };
  const chosen = await person.request('POST', `/people/${sara}/inline/choices`, choice);
  expect(chosen.body).toMatchObject({ text: 'You said hello', via_bot: { is_bot: true } });
  expect(await answered).toBe('You said hello');
  const unknown = { query_id: body.query_id, result_id: 'c' };
  expect((await person.request('POST', `/people/${sara}/inline/choices`, unknown)).status).toBe(400);
});

test('inline answers that Telegram refuses are refused in its words', async () => {
  const { api, person } = await runPlayground();
  const asked = person.request('POST', `/people/${sara}/inline`, { query: '' });
  const [update] = await api.getUpdates({ timeout: 30, allowed_updates: ['inline_query'] });
  const id = update?.inline_query?.id ?? '';
  const answers: [InlineQueryResult[], string, object?][] = [
    [[article('a', '')], 'message text is empty'],
    [[article('a', 'x'.repeat(4_097))], 'message is too long'],
    [[article('a', 'x'), article('a', 'y')], 'RESULT_ID_DUPLICATE'],
    [[article('', 'x')], 'RESULT_ID_INVALID'],
    [[article('x'.repeat(65), 'x')], 'RESULT_ID_INVALID'],
    [Array.from({ length: 51 }, (_, n) => article(`${n}`, 'x')), 'RESULTS_TOO_MUCH'],
    [[], 'NEXT_OFFSET_INVALID', { next_offset: 'x'.repeat(65) }],
    [[], 'START_PARAM_INVALID', { button: { text: 'All', start_parameter: 'no spaces' } }],
  ];
  for (const [results, words, more] of answers) {
    expect(await refusal(api.answerInlineQuery(id, results, more)), words).toContain(words);
  }
  expect(await refusal(api.answerInlineQuery('1', []))).toContain('query is too old');
  await api.answerInlineQuery(id, []);
  expect((await asked).body).toMatchObject({ answered: true, results: [], cache_time: 300 });
});
