import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Person } from '../support/person.ts';
import { type ScriptedDabir, startScriptedDabir } from '../support/scripted-dabir.ts';
import { until } from '../support/until.ts';

let dabir: ScriptedDabir;

beforeAll(async () => {
  dabir = await startScriptedDabir();
});
afterAll(() => dabir.close());

test('/start greets the user by name, and says in two sentences what the bot does', async () => {
  const sara = await dabir.person('سارا', 'fa');
  await sara.says('/start');
  const { text } = await sara.reads('\u2068سارا\u2069');
  // The greeting is a line of its own in Persian.
  expect(text?.match(/[.!؟](\s|$)/g)).toHaveLength(3);

  const emma = await dabir.person('Emma', 'en');
  await emma.says('/start');
  expect((await emma.reads('Hi \u2068Emma\u2069,')).text?.match(/[.!](\s|$)/g)).toHaveLength(2);
});

test('/start isolates a name that would reverse the sentence', async () => {
  const joker = await dabir.person('\u202eevil <b>', 'en');
  await joker.says('/start');
  await joker.reads('Hi \u2068evil <b>\u2069,');
});

describe.each(['fa', 'en'])('commands (%s):', (language) => {
  let sara: Person;
  beforeEach(async () => {
    sara = await dabir.person('Sara', language);
  });

  test('/help, a plain text and an unknown command each get a helpful reply', async () => {
    await sara.says('/help');
    await sara.reads(sara.word('help'));
    for (const text of ['سلام!', '😀']) await sara.says(text);
    await until(() => sara.answers().filter(({ text }) => text === sara.word('send-me-audio')).length === 2);
    await sara.says('/translate this');
    await sara.reads(sara.word('unknown-command', { command: '\u2068/translate\u2069' }));
  });

  test('/help is one screen with a button for each topic, and each topic leads back', async () => {
    await sara.says('/help');
    const { message_id } = await sara.reads(sara.word('help'));
    const topics = sara.buttons(message_id);
    expect(topics).toHaveLength(6);
    const shows = (words: string) =>
      until(() => sara.chat.get(message_id)?.text?.includes(words) || undefined);
    await sara.presses(message_id, sara.word('help-button-corrections'));
    await shows(sara.word('help-corrections'));
    await sara.presses(message_id, sara.word('help-back'));
    await shows(sara.word('help'));
    await sara.presses(message_id, sara.word('help-button-commands'));
    await shows(`/mydata – ${sara.word('command-mydata')}`);
    expect(sara.buttons(message_id)).toEqual([sara.word('help-back')]);
  });

  test('a command in capital letters works, with its words as they were written', async () => {
    await sara.says('/QUEUE');
    await sara.reads(sara.word('queue-empty'));
    await sara.says('/Language auto');
    await sara.reads(sara.word('language-chosen-auto'));
  });

  test('/transcribe in a private chat says that no command is needed', async () => {
    await sara.says('/transcribe');
    await sara.reads(sara.word('transcribe-needless'));
  });

  test('/queue and /cancel say that nothing is there', async () => {
    await sara.says('/queue');
    await sara.reads(sara.word('queue-empty'));
    await sara.says('/cancel');
    await sara.reads(sara.word('cancel-nothing'));
  });

  test('/queue lists files in every state, with buttons that cancel one of them or all', async () => {
    dabir.engine.next({ holds: true });
    const running = await sara.asksFor('tone.mp3');
    await until(() => dabir.engine.taken.length > 0);
    const waiting = await sara.asksFor('tone.m4a', { name: 'ضبط <b>۱</b>.m4a' });
    const choosing = await sara.sends('tone.ogg', { kind: 'voice' });
    await sara.status(choosing);

    await sara.says('/queue');
    const { text, message_id } = await sara.reads(sara.word('queue-title'));
    const line = (number: number, name: string, state: string) =>
      sara.word('queue-line', { number, name, state });
    expect(text?.split('\n')).toEqual([
      sara.word('queue-title'),
      line(1, '\u2068tone.mp3\u2069', sara.word('queue-running')),
      line(2, '\u2068ضبط <b>۱</b>.m4a\u2069', sara.word('queue-waiting', { before: 1 })),
      expect.stringMatching(new RegExp(`${sara.word('kind-voice')}.* · [\\d۰-۹]{2}:[\\d۰-۹]{2}: `)),
    ]);
    expect(sara.buttons(message_id)).toEqual([
      ...[1, 2, 3].map((number) => sara.word('queue-button-cancel', { number })),
      sara.word('queue-button-cancel-all'),
      sara.word('button-refresh'),
    ]);
    await sara.presses(message_id, sara.word('queue-button-cancel', { number: 3 }));
    await until(() => sara.chat.get(message_id)?.text?.split('\n').length === 3 || undefined);
    expect(await sara.ending(choosing)).toBe(sara.word('status-cancelled'));

    expect(await sara.presses(message_id, sara.word('queue-button-cancel-all'))).toBe(
      sara.word('cancel-all', { count: 2 }),
    );
    for (const note of [running.note, waiting.note]) {
      expect(await sara.ending(note)).toBe(sara.word('status-cancelled'));
    }
    await sara.says('/queue');
    await sara.reads(sara.word('queue-empty'));
    expect(dabir.engine.taken.splice(0).map(({ signal }) => signal.aborted)).toEqual([true]);
  });

  test('/queue lists ten files and the number of the rest', async () => {
    for (let count = 0; count < 12; count += 1)
      await sara.status(await sara.sends('tone.ogg', { kind: 'voice' }));
    await sara.says('/queue');
    const { text } = await sara.reads(sara.word('queue-title'));
    expect(text?.split('\n')).toHaveLength(12);
    expect(text).toContain(sara.word('queue-more'));
    await sara.says('/cancel');
    await sara.reads(sara.word('cancel-all', { count: 12 }));
  });

  test('/queue shows a file as next while another user’s file keeps the worker busy', async () => {
    const omid = await dabir.person('Omid', language);
    dabir.engine.next({ holds: true });
    const his = await omid.asksFor('tone.ogg', { kind: 'voice' });
    await until(() => dabir.engine.taken.length === 1);
    const hers = await sara.asksFor('tone.ogg', { kind: 'voice' });
    await sara.reads(sara.word('status-waiting', { before: 0 }), hers.note);
    await sara.says('/queue');
    await sara.reads(
      new RegExp(`${sara.word('kind-voice')} · .*: ${sara.word('queue-waiting', { before: 0 })}`),
    );
    dabir.engine.release();
    expect(await omid.ending(his.note)).toMatch(/^✓/);
    expect(await sara.ending(hers.note)).toMatch(/^✓/);
    dabir.engine.taken.splice(0);
  });
});
