import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { maxEntries } from '../../../src/domain/glossary.ts';
import { createDialogStorage } from '../../../src/features/dialogs/chat/storage.ts';
import type { Person } from '../../support/person.ts';
import { type ScriptedDabir, startScriptedDabir } from '../../support/scripted-dabir.ts';
import { until } from '../../support/until.ts';

let dabir: ScriptedDabir;
beforeAll(async () => {
  dabir = await startScriptedDabir();
});
afterAll(() => dabir.close());

const voice = { kind: 'voice' } as const;
const isolated = (text: string) => `\u2068${text}\u2069`;

describe.each(['fa', 'en'])('/glossary (%s)', (language) => {
  let sara: Person;
  beforeEach(async () => {
    sara = await dabir.person('Sara', language);
  });
  const entries = async () =>
    (await dabir.shared.glossary.entries(sara.id)).map(({ spelling, misspellings }) => [
      spelling,
      ...misspellings,
    ]);
  const learnt = (spelling: string) =>
    sara.word('glossary-learnt', { spelling: isolated(spelling), max: maxEntries });

  /** Sends /glossary and returns the list, a new message. */
  async function list() {
    const before = new Set(sara.answers().map(({ message_id }) => message_id));
    await sara.says('/glossary');
    const message = await until(() =>
      sara.answers().find(({ message_id, reply_markup }) => !before.has(message_id) && reply_markup),
    );
    return message.message_id;
  }
  /** Presses "add" and waits for the question. */
  async function asked() {
    await sara.presses(await list(), sara.word('glossary-button-add'));
    return (await sara.reads(sara.word('glossary-ask'))).message_id;
  }

  test('/glossary lists added, changed and removed entries', async () => {
    await asked();
    await sara.says('Dabir');
    await sara.reads(learnt('Dabir'));
    await asked();
    await sara.says('she razzy → Shirazi');
    await sara.reads(learnt('Shirazi'));
    expect(await entries()).toEqual([['Shirazi', 'she razzy'], ['Dabir']]);

    const menu = await list();
    expect(sara.chat.get(menu)?.text).toBe(sara.word('glossary-title', { entries: 2, max: maxEntries }));
    await sara.presses(menu, 'Dabir');
    await sara.presses(menu, sara.word('glossary-button-edit'));
    await sara.reads(sara.word('glossary-ask-again', { spelling: 'Dabir' }));
    await sara.says('دبیر');
    await sara.reads(learnt('دبیر'));
    expect(await entries()).toEqual([
      ['دبیر', 'Dabir'],
      ['Shirazi', 'she razzy'],
    ]);

    const again = await list();
    await sara.presses(again, 'Shirazi');
    expect(await sara.presses(again, sara.word('glossary-button-remove'))).toBe(
      sara.word('glossary-removed'),
    );
    expect(await entries()).toEqual([['دبیر', 'Dabir']]);
  });

  test('/glossary splits a long list into pages', async () => {
    await list();
    for (let number = 0; number < 10; number += 1)
      await dabir.shared.glossary.add(sara.id, null, `name ${number}`);
    const menu = await list();
    expect(sara.buttons(menu)).toHaveLength(8 + 2);
    await sara.presses(menu, '›');
    await until(() => sara.buttons(menu).length === 2 + 2 || undefined);
    await sara.presses(menu, '‹');
    await until(() => sara.buttons(menu).length === 8 + 2 || undefined);
  });

  test('/glossary asks again for an invalid entry, and can be left', async () => {
    const question = await asked();
    await sara.says('a\nb');
    await sara.reads(sara.word('glossary-not-understood', { max: 50 }));
    await sara.presses(question, sara.word('glossary-button-cancel'));
    await sara.says('Dabir');
    await sara.reads(sara.word('send-me-audio'));
    expect(await entries()).toEqual([]);
  });

  test('/glossary continues its dialog after a restart of the bot', async () => {
    await asked();
    await dabir.restartBot();
    await sara.says('a\nb');
    await sara.reads(sara.word('glossary-not-understood', { max: 50 }));
    await dabir.restartBot();
    await sara.says('Dabir');
    await sara.reads(learnt('Dabir'));
    expect(await entries()).toEqual([['Dabir']]);
    await until(async () => (await dabir.shared.dialogs.read(sara.id)) === null);
  });

  test('/glossary transcribes a voice message in the middle of the dialog, which then continues', async () => {
    await asked();
    const { note } = await sara.asksFor('tone.ogg', voice);
    expect(await sara.ending(note)).toMatch(/^✓/);
    await sara.says('Dabir');
    await sara.reads(learnt('Dabir'));
  });

  test('/glossary takes a link in the middle of the dialog as an upload, not as a spelling', async () => {
    await asked();
    await sara.says('http://127.0.0.1/voice.mp3');
    await sara.says('Dabir');
    await sara.reads(learnt('Dabir'));
    expect(await entries()).toEqual([['Dabir']]);
    expect(sara.transcript()).not.toContain(sara.word('glossary-not-understood', { max: 50 }));
  });

  test('/glossary takes a reply to a transcript in the middle of the dialog as a correction', async () => {
    dabir.engine.next({ says: ['I like tabir'] });
    const { note } = await sara.asksFor('tone.ogg', voice);
    await sara.ending(note);
    const { message_id: text } = await sara.reads('I like tabir', note);
    await asked();
    await sara.replies(text, 'like → love');
    await until(() => sara.chat.get(text)?.text === 'I love tabir' || undefined);
    await sara.says('Dabir');
    await sara.reads(learnt('Dabir'));
  });

  test('/glossary is ended by a command, which is obeyed', async () => {
    await asked();
    await sara.says('/queue');
    await sara.reads(sara.word('dialogs-ended'));
    await sara.reads(sara.word('queue-empty'));
    await sara.says('Dabir');
    await sara.reads(sara.word('send-me-audio'));
    expect(await entries()).toEqual([]);
  });

  test('/glossary tells that a dialog of an older version of the program has ended', async () => {
    await asked();
    const kept = await until(() => dabir.shared.dialogs.read(sara.id));
    const older = { ...(kept.value as object), version: [0, 0] };
    expect(await dabir.shared.dialogs.write(sara.id, kept.step, older)).toBe(true);
    await sara.says('Dabir');
    await sara.reads(sara.word('dialogs-outdated'));
    expect(await entries()).toEqual([]);
    await asked();
    await sara.says('Dabir');
    await sara.reads(learnt('Dabir'));
  });

  test('/glossary ignores forged presses and other users’ presses', async () => {
    await list();
    await dabir.shared.glossary.add(sara.id, null, 'Dabir');
    const [entry] = await dabir.shared.glossary.entries(sara.id);
    const omid = await dabir.person('Omid', language);
    await omid.says('/glossary');
    const menu = await omid.reads(omid.word('glossary-empty'));
    for (const action of ['remove', 'edit', 'entry']) {
      const answer = await omid.forges(menu.message_id, `glossary:${action}:${entry?.id}`);
      expect(answer).toBe(omid.word('answer-unknown'));
    }
    expect(await omid.forges(menu.message_id, 'glossary:remove:-1')).toBe(omid.word('answer-unknown'));
    expect(await entries()).toEqual([['Dabir']]);
  });

  test('/glossary passes a spelling that a correction taught to the engine with the next file', async () => {
    dabir.engine.next({ says: ['I like tabir'] });
    const { note } = await sara.asksFor('tone.ogg', voice);
    await sara.ending(note);
    const { message_id } = await sara.reads('I like tabir', note);
    await sara.replies(message_id, 'tabir → Dabir');
    await sara.reads(sara.word('correct-learnt'));
    dabir.engine.taken.splice(0);
    const next = await sara.asksFor('tone.mp3');
    await sara.ending(next.note);
    expect(dabir.engine.taken[0]?.hotwords).toEqual(['Dabir']);
  });
});

test('/glossary starts its dialog again when a second process continues it at the same time', async () => {
  const { dialogs } = dabir.shared;
  const sara = { chatId: 4_711, say: () => '' } as never;
  const omid = { chatId: 4_711, say: () => '' } as never;
  const [first, second] = [createDialogStorage(dialogs), createDialogStorage(dialogs)];
  const state = { version: [0, 1] as [0, number], state: {} };
  await first.adapter.write(sara, state);
  await first.adapter.read(sara);
  await second.adapter.read(omid);
  await first.adapter.write(sara, state);
  await expect(async () => second.adapter.write(omid, state)).rejects.toThrow(
    'another process continued the same dialog',
  );
});
