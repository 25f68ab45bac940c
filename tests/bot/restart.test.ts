import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Person } from '../support/person.ts';
import { type ScriptedDabir, startScriptedDabir } from '../support/scripted-dabir.ts';
import { until } from '../support/until.ts';

// The dialogs of /glossary, /history and /mydata are restarted in the middle in their own test files.

let dabir: ScriptedDabir;
beforeAll(async () => {
  dabir = await startScriptedDabir({ formsBursts: true });
});
afterAll(() => dabir.close());

const voice = { kind: 'voice' } as const;

describe.each(['fa', 'en'])('after a restart of the bot (%s)', (language) => {
  let sara: Person;
  beforeEach(async () => {
    sara = await dabir.person('Sara', language);
  });

  test('after a restart of the bot, the question for an engine still works', async () => {
    const note = await sara.sends('tone.ogg', voice);
    const { message_id } = await sara.status(note);
    await dabir.restartBot();
    await sara.presses(message_id, 'LOCAL');
    expect(await sara.ending(note)).toMatch(/^✓/);
  });

  test('after a restart of the bot, the message of files that arrived together still works, before and after one document was accepted', async () => {
    dabir.engine.next({ says: ['one'] }, { says: ['two'] }, { says: ['three'] });
    const first = await sara.sends('tone.ogg', voice);
    for (let more = 0; more < 2; more += 1) await sara.sends('tone.ogg', voice);
    const { message_id: burst } = await sara.reads(sara.word('burst-files', { files: 3 }));
    await dabir.restartBot();
    await sara.presses(burst, sara.word('burst-button-bundle'));
    await sara.reads(sara.word('burst-bundled'));
    await dabir.restartBot();
    await sara.presses(burst, sara.word('burst-button-all', { engine: 'LOCAL' }));
    await sara.reads('three', first);
  });

  test('after a restart of the bot, a requested correction, a change of engine and the question whether to delete still work', async () => {
    dabir.engine.next({ says: ['a slip of the eer'] }, { says: ['heard anew'] });
    const { note, status } = await sara.asksFor('tone.ogg', voice);
    await sara.ending(note);
    await sara.presses(status, sara.word('button-fix'));
    const prompt = await until(() => sara.answers().find(({ text = '' }) => text.includes('->')));
    await sara.presses(status, sara.word('button-other'));
    const question = await until(() =>
      sara
        .answers(note)
        .find(
          ({ text = '', message_id }) => message_id !== status && text.includes(sara.word('status-choosing')),
        ),
    );
    await sara.presses(status, sara.word('button-delete'));
    await dabir.restartBot();

    await sara.replies(prompt.message_id, 'eer → ear');
    await sara.reads('a slip of the ear', note);
    await sara.presses(question.message_id, 'LOCAL');
    await sara.reads('heard anew', note);
    // The corrected text has its usual buttons again.
    await sara.presses(status, sara.word('button-delete'));
    await sara.presses(status, sara.word('button-erase'));
    await sara.reads(sara.word('status-deleted'), note);
  });

  test('after a restart of the bot, a page of the settings still works', async () => {
    await sara.says('/settings');
    const { message_id } = await sara.reads(sara.word('settings-main'));
    await dabir.restartBot();
    await sara.presses(message_id, sara.word('settings-attached', { formats: 'TXT · Word · PDF', count: 3 }));
    await until(() => sara.buttons(message_id).includes('✓ TXT'));
  });
});
