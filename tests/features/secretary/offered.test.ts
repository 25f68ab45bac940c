import { expect, test } from 'vitest';
import { allowedUpdatesOf } from '../../../src/bot/bot.ts';
import { startScriptedDabir } from '../../support/scripted-dabir.ts';

test('updates of connected accounts are asked for only where accounts can be connected', () => {
  const usual = ['message', 'callback_query', 'inline_query', 'my_chat_member'];
  expect(allowedUpdatesOf({ can_connect_to_business: false })).toEqual(usual);
  expect(allowedUpdatesOf({ can_connect_to_business: true })).toEqual([
    ...usual,
    ...['business_connection', 'business_message', 'deleted_business_messages'],
  ]);
});

test('where no account can be connected, nobody is offered a secretary', async () => {
  const dabir = await startScriptedDabir({ connectsToBusiness: false });
  try {
    for (const language of ['fa', 'en']) {
      const sara = await dabir.person('Sara', language);
      await sara.says('/secretary');
      await sara.reads(sara.word('unknown-command', { command: '\u2068/secretary\u2069' }));
      const menu = await fetch(
        `${dabir.playground.apiRoot}/bot${dabir.playground.token}/getMyCommands?language_code=${language}`,
      );
      expect(await menu.text()).not.toContain('secretary');
    }
    expect(dabir.logged.some((line) => line.includes('accounts cannot be connected'))).toBe(true);
  } finally {
    await dabir.close();
  }
});
