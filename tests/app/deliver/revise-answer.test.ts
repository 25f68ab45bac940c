import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { defaultChoice } from '../../../src/domain/document-choice.ts';
import type { Person } from '../../support/person.ts';
import { type ScriptedDabir, startScriptedDabir } from '../../support/scripted-dabir.ts';
import { transcriptsOf } from '../../support/transcripts.ts';
import { until } from '../../support/until.ts';

let dabir: ScriptedDabir;
beforeAll(async () => {
  dabir = await startScriptedDabir({ formsBursts: true });
});
afterAll(() => dabir.close());

const voice = { kind: 'voice' } as const;

describe.each(['fa', 'en'])('a corrected answer (%s)', (language) => {
  let sara: Person;
  beforeEach(async () => {
    sara = await dabir.person('Sara', language);
  });
  const { transcript, fileSays, shown, done } = transcriptsOf(
    () => dabir,
    () => sara,
  );

  test('a corrected answer gets its new files later when Telegram fails for a moment', async () => {
    const { text, files } = await transcript('I like tabir');
    dabir.playground.faults.set('editMessageMedia', { kind: 'drop' }, 2);
    await sara.replies(text.message_id, 'tabir → Dabir');
    await shown(text.message_id, 'I like Dabir');
    await fileSays(files[0]?.message_id ?? 0, 'I like Dabir');
    expect(sara.answers().filter(({ document }) => document !== undefined)).toHaveLength(3);
  });

  test('a corrected answer is sent again where Telegram refuses to edit a message', async () => {
    const { text, note, files } = await transcript('I like tabir');
    const refuse = (method: string) =>
      dabir.playground.faults.set(method, {
        kind: 'status',
        status: 400,
        description: "Bad Request: message can't be edited",
      });
    refuse('editMessageMedia');
    refuse('editMessageText');
    await sara.replies(text.message_id, 'tabir → Dabir');
    const renewed = await sara.reads('I like Dabir', note);
    expect(renewed.message_id).not.toBe(text.message_id);
    await until(() => !sara.chat.has(files[2]?.message_id ?? 0) || undefined);
    dabir.playground.faults.clear();
    await sara.replies(renewed.message_id, 'Dabir → Radio');
    await shown(renewed.message_id, 'I like Radio');
  });

  test('a corrected answer is corrected in the text with times too', async () => {
    const { status, text, note } = await transcript('I like tabir', 'very much');
    await sara.presses(status, sara.word('button-times'));
    const { message_id: timed } = await sara.reads('0:00 I like tabir', note);
    await sara.replies(text.message_id, 'tabir → Dabir');
    await shown(timed, '0:00 I like Dabir');
  });

  test('a corrected answer in several messages gets one edit, and one more message for what no longer fits', async () => {
    const person = { id: sara.id, firstName: 'Sara', lastName: null, username: null, languageCode: language };
    await dabir.shared.settings.setDocuments(person, { ...defaultChoice, formats: [] });
    const sentences = Array.from({ length: 150 }, (_, number) => `This is what number ${number} said to me.`);
    dabir.engine.next({ says: sentences });
    const { note } = await sara.asksFor('tone.ogg', voice);
    await sara.ending(note);
    const pieces = () => sara.answers(note);
    const [first, second] = pieces().map(({ message_id }) => message_id);
    expect(pieces()).toHaveLength(2);
    const looks = sara.looks(first ?? 0).length;
    await sara.replies(second ?? 0, 'number 149 → the very last one');
    await shown(second ?? 0, 'the very last one said');
    expect(sara.looks(first ?? 0)).toHaveLength(looks);
    await sara.replies(second ?? 0, `said → ${'told and '.repeat(4)}said`);
    await until(
      () => pieces().length > 2 || undefined,
      () => sara.transcript(),
    );
    const words = await until(() => {
      const all = pieces()
        .map(({ text = '' }) => text)
        .join(' ');
      return all.includes('the very last one told and') ? all.split(/\s+/) : null;
    });
    expect(words.filter((word) => word === 'told')).toHaveLength(150 * 4);
  });

  test('a corrected answer of a bundle is corrected wherever the words occur', async () => {
    dabir.engine.next({ says: ['I like tabir'] }, { says: ['and cofee'] }, { says: ['a lot'] });
    const first = await sara.sends('tone.ogg', { ...voice, forward: 'Mina' });
    for (const forward of ['Omid', 'Mina']) await sara.sends('tone.ogg', { ...voice, forward });
    const { message_id: burst } = await sara.reads(sara.word('burst-files', { files: 3 }));
    await sara.presses(burst, sara.word('burst-button-bundle'));
    await sara.reads(sara.word('burst-bundled'));
    await sara.presses(burst, sara.word('burst-button-all', { engine: 'LOCAL' }));
    const { message_id: answer } = await sara.reads('and cofee', first);
    await sara.replies(answer, 'cofee → coffee');
    await shown(answer, 'and coffee');
    await sara.replies(answer, 'tabir → Dabir');
    await shown(answer, 'I like Dabir');
    const file = await until(() => sara.answers(first).find(({ document }) => document));
    await fileSays(file.message_id, 'I like Dabir');
    expect(sara.answers(first).filter(({ document }) => document)).toHaveLength(3);
  });

  test('a corrected answer is deleted together with the messages about its corrections', async () => {
    const { text, status } = await transcript('I like tabir');
    const reply = await sara.replies(text.message_id, 'tabir → Dabir');
    const { message_id: confirmation } = await sara.reads(done('tabir', 'Dabir', 1), reply);
    await shown(text.message_id, 'I like Dabir');
    await sara.presses(status, sara.word('button-delete'));
    await sara.presses(status, sara.word('button-erase'));
    await until(() => !sara.chat.has(confirmation) || undefined);
    const undo = `correct:undo:${confirmation}`;
    expect(await sara.forges(status, undo)).toBe(sara.word('correct-undo-unknown'));
  });
});
