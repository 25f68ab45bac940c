import { afterAll, beforeAll, expect, test } from 'vitest';
import { publishProfile } from '../../src/bot/profile.ts';
import { type ScriptedDabir, startScriptedDabir } from '../support/scripted-dabir.ts';

let dabir: ScriptedDabir;
beforeAll(async () => {
  dabir = await startScriptedDabir();
});
afterAll(() => dabir.close());

/** Returns the calls of these methods so far. */
async function callsOf(methods: RegExp): Promise<string[]> {
  const response = await fetch(`${dabir.playground.url}/playground/calls`);
  const calls = (await response.json()) as readonly { method: string }[];
  return calls.map(({ method }) => method).filter((method) => methods.test(method));
}

test('the name, the descriptions and the commands are set in Persian, and in English for every other language', async () => {
  const { api } = dabir.bot.grammy;
  const of = async (language_code?: 'fa' | 'de') => {
    const scope = language_code === undefined ? {} : { language_code };
    const [{ name }, { description }, { short_description }] = await Promise.all([
      api.getMyName(scope),
      api.getMyDescription(scope),
      api.getMyShortDescription(scope),
    ]);
    return { name, description, short_description };
  };
  const said = (language: string) => (key: string) => dabir.shared.texts(language, key);
  for (const [code, say] of [
    ['fa', said('fa')],
    ['de', said('en')],
    [undefined, said('en')],
  ] as const) {
    expect(await of(code)).toEqual({
      name: say('bot-name'),
      description: say('bot-description'),
      short_description: say('bot-short-description'),
    });
  }
  const [start] = await api.getMyCommands();
  expect(start).toEqual({ command: 'start', description: said('en')('command-start') });
});

test('a second start sets nothing, because nothing has changed', async () => {
  const before = await callsOf(/^set/i);
  await dabir.bot.initialise();
  expect(await callsOf(/^set/i)).toEqual(before);
  // In English the bot has its name already.
  expect(before.filter((method) => method === 'setMyName')).toHaveLength(1);
});

test('the texts of the profile fit Telegram’s limits', () => {
  for (const language of ['fa', 'en']) {
    const length = (key: string) => [...dabir.shared.texts(language, key)].length;
    expect(length('bot-name')).toBeLessThanOrEqual(64);
    expect(length('bot-description')).toBeLessThanOrEqual(512);
    expect(length('bot-short-description')).toBeLessThanOrEqual(120);
  }
});

test('a refusal of Telegram while the profile is set is thrown to the caller, who starts all the same', async () => {
  const refused = { getMyName: () => Promise.reject(new Error('Too Many Requests')) };
  await expect(publishProfile(refused as never, dabir.shared.texts)).rejects.toThrow('Too Many Requests');
});
