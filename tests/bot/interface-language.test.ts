import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadTexts } from '../../src/texts/texts.ts';
import type { Person } from '../support/person.ts';
import { type ScriptedDabir, startScriptedDabir } from '../support/scripted-dabir.ts';
import { until } from '../support/until.ts';

const texts = loadTexts();
const voice = { kind: 'voice' } as const;
let dabir: ScriptedDabir;
beforeAll(async () => {
  dabir = await startScriptedDabir();
});
afterAll(() => dabir.close());

/** Opens the language page of /settings as a user to whom Dabir now speaks the language `now`. */
async function languagePage(person: Person, now: string): Promise<number> {
  await person.says('/settings');
  const { message_id: menu } = await person.reads(texts(now, 'settings-main'));
  await person.presses(menu, texts(now, 'settings-language', { language: 'telegram' }));
  await until(() => person.buttons(menu).includes('فارسی'));
  return menu;
}

/** Returns the command menu of a user's chat, as text. */
async function menuOf({ id }: Person): Promise<string> {
  const commands = await dabir.bot.grammy.api.getMyCommands({ scope: { type: 'chat', chat_id: id } });
  return commands.map(({ description }) => description).join();
}

test('a user who chose Persian gets it from bot, worker and menu, also where Telegram’s language is another', async () => {
  const sara = await dabir.person('Sara', 'en');
  const menu = await languagePage(sara, 'en');
  // The answer to the press is already in the new language.
  expect(await sara.presses(menu, 'فارسی')).toBe(texts('fa', 'settings-set'));
  await until(() => sara.buttons(menu).includes('✓ فارسی'));
  await sara.reads(texts('fa', 'settings-language-page'));
  await until(async () => (await menuOf(sara)).includes(texts('fa', 'command-help')));
  const note = await sara.sends('tone.ogg', voice);
  await sara.reads(texts('fa', 'status-choosing').split('\n')[0] ?? '', note);
  await sara.presses((await sara.status(note)).message_id, 'LOCAL');
  await until(() => sara.answers(note).some(({ document }) => document !== undefined));
  expect(
    sara
      .answers(note)
      .flatMap(({ document }) => document?.file_name ?? [])
      .join(),
  ).toMatch(/[آ-ی]/);

  // Another message, which carries Telegram's language again, changes nothing.
  await sara.says('/queue');
  await sara.reads(texts('fa', 'queue-empty'));
});

test('“as Telegram says” takes the choice back, and the menu is the common one again', async () => {
  const emma = await dabir.person('Emma', 'en');
  const menu = await languagePage(emma, 'en');
  await emma.presses(menu, 'فارسی');
  await until(() => emma.buttons(menu).includes('✓ فارسی'));
  expect(await emma.presses(menu, texts('fa', 'settings-language-telegram'))).toBe(
    texts('en', 'settings-set'),
  );
  await emma.reads(texts('en', 'settings-language-page'));
  await until(async () => (await menuOf(emma)) === '');
  await emma.says('/queue');
  await emma.reads(texts('en', 'queue-empty'));
});
