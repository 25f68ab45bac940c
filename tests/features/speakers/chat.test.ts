import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Person } from '../../support/person.ts';
import { type ScriptedDabir, startScriptedDabir } from '../../support/scripted-dabir.ts';
import { transcriptsOf } from '../../support/transcripts.ts';
import { until } from '../../support/until.ts';

let dabir: ScriptedDabir;
beforeAll(async () => {
  dabir = await startScriptedDabir();
});
afterAll(() => dabir.close());

const isolated = (name: string) => `\u2068${name}\u2069`;

describe.each(['fa', 'en'])('who spoke (%s)', (language) => {
  let sara: Person;
  beforeEach(async () => {
    sara = await dabir.person('Sara', language);
  });
  const { fileSays, shown } = transcriptsOf(
    () => dabir,
    () => sara,
  );
  const numbered = (number: number) => sara.word('document-speaker-number', { number });

  /** Has a conversation transcribed whose engine names three speakers. */
  async function talk(says = ['Hello Omid.', 'Hello Sara.', 'How are you?', 'Fine.']) {
    dabir.engine.next({ says, speakers: ['A', 'B', 'A', 'C'] });
    const { note, status } = await sara.asksFor('tone.ogg', { kind: 'voice' });
    await sara.ending(note);
    const text = await sara.reads('Hello Sara.', note);
    return { note, status, text: text.message_id };
  }
  async function list(note: number, status: number) {
    await sara.presses(status, sara.word('button-speakers'));
    return sara.reads(sara.word('speakers-title'), note);
  }
  /** Listens to a speaker; returns the clip. */
  async function clipOf(note: number, listed: number, name: string) {
    await sara.presses(listed, `▶ ${isolated(name)}`);
    const clip = await until(
      () => sara.answers(note).find(({ voice, caption }) => voice && caption?.includes(isolated(name))),
      () => sara.transcript(),
    );
    // A real user does not reply within the milliseconds until the message id is stored.
    const { answerMessage } = dabir.shared.database;
    await until(() => answerMessage.findFirst({ where: { chatId: sara.id, messageId: clip.message_id } }));
    return clip;
  }
  const textWith = (first: string, second: string, third: string) =>
    `${isolated(first)}: Hello Omid.\n\n${isolated(second)}: Hello Sara.\n\n${isolated(first)}: How are you?\n\n${isolated(third)}: Fine.`;

  test('the names of speakers stand before what they say, and a button lists the speakers with their lengths', async () => {
    const { note, status, text } = await talk();
    await shown(text, textWith(numbered(1), numbered(2), numbered(3)));
    const { text: listed = '', message_id } = await list(note, status);
    expect(listed.split('\n').slice(1)).toHaveLength(3);
    expect(listed.split('\n')[1]).toContain(isolated(numbered(1)));
    expect(sara.buttons(message_id).filter((label) => label.startsWith('▶'))).toEqual(
      [1, 2, 3].map((number) => `▶ ${isolated(numbered(number))}`),
    );
  });

  test('a text of one speaker has no button for speakers', async () => {
    dabir.engine.next({ says: ['Hello.', 'It is me.'], speakers: ['A', 'A'] });
    const { note, status } = await sara.asksFor('tone.ogg', { kind: 'voice' });
    await sara.ending(note);
    const { text } = await sara.reads('Hello.', note);
    expect(text).not.toContain(numbered(1));
    await sara.unfolds(status);
    expect(sara.buttons(status)).not.toContain(sara.word('button-speakers'));
  });

  test('a reply to the clip of a voice names its speaker, in the text and in the files', async () => {
    const { note, status, text } = await talk();
    const files = sara.answers(note).filter(({ document }) => document !== undefined);
    const { message_id: listed } = await list(note, status);
    const clip = await clipOf(note, listed, numbered(2));
    expect(new TextDecoder('latin1').decode(await sara.opens(clip))).toMatch(/^OggS.*OpusHead/s);
    const reply = await sara.replies(clip.message_id, '  دکتر <b>امید</b>  ');
    const name = 'دکتر <b>امید</b>';
    await sara.reads(
      sara.word('speakers-named', { speaker: isolated(numbered(2)), name: isolated(name) }),
      reply,
    );
    await shown(text, textWith(numbered(1), name, numbered(3)));
    await fileSays(files[0]?.message_id ?? 0, name);
    // A second name replaces the first.
    await sara.replies(clip.message_id, 'Omid');
    await shown(text, textWith(numbered(1), 'Omid', numbered(3)));
  });

  test('speakers keep their names after a correction, and after its undo', async () => {
    const { note, status, text } = await talk();
    const { message_id: listed } = await list(note, status);
    const reply = await sara.replies(text, 'Fine → Well');
    const { message_id: confirmation } = await sara.reads('Well', reply);
    await shown(text, 'Well.');
    const clip = await clipOf(note, listed, numbered(3));
    await sara.replies(clip.message_id, 'Reza');
    await shown(text, `${isolated('Reza')}: Well.`);
    await sara.presses(confirmation, sara.word('correct-button-undo'));
    await shown(text, `${isolated('Reza')}: Fine.`);
    // A passage may be copied with the names before it.
    await sara.replies(text, `${isolated(numbered(1))}: How are they?`);
    await shown(text, textWith(numbered(1), numbered(2), 'Reza').replace('are you', 'are they'));
  });

  test('a reply to the clip that is no name changes nothing', async () => {
    const { note, status } = await talk();
    const { message_id: listed } = await list(note, status);
    const clip = await clipOf(note, listed, numbered(1));
    for (const text of ['x'.repeat(65), '…', 'Sara\nOmid']) {
      const reply = await sara.replies(clip.message_id, text);
      await sara.reads(sara.word('speakers-no-name'), reply);
    }
    const rows = await dabir.shared.database.transcript.findMany({ where: { userId: sara.id } });
    expect(rows.map(({ revision }) => revision)).toEqual([0]);
  });

  test('two speakers that are one become one by a button, which can be undone', async () => {
    const { note, status, text } = await talk();
    const { message_id: listed } = await list(note, status);
    const third = sara.dataOf(listed, sara.word('speakers-button-others')).replace(/\d+$/, '2');
    await sara.forges(listed, third);
    await until(
      () => sara.buttons(listed).some((label) => label === sara.word('speakers-button-back')) || undefined,
    );
    const same = sara.word('speakers-button-same', { name: isolated(numbered(2)) });
    expect(await sara.presses(listed, same)).toBe(sara.word('speakers-merged'));
    await shown(text, textWith(numbered(1), numbered(2), numbered(2)));
    await until(() => sara.buttons(listed).includes(sara.word('speakers-button-apart')) || undefined);
    // The clip of a merged speaker names both.
    const clip = await clipOf(note, listed, numbered(2));
    await sara.replies(clip.message_id, 'Omid');
    await shown(text, textWith(numbered(1), 'Omid', 'Omid'));
    expect(await sara.presses(listed, sara.word('speakers-button-apart'))).toBe(
      sara.word('speakers-separated'),
    );
  });

  test('a voice cannot be played once the file is gone from Telegram, and its speaker can be named all the same', async () => {
    const { note, status, text } = await talk();
    const { message_id: listed } = await list(note, status);
    dabir.playground.faults.set('getFile', {
      kind: 'status',
      status: 400,
      description: 'Bad Request: wrong file_id or the file is temporarily unavailable',
    });
    await sara.presses(listed, `▶ ${isolated(numbered(1))}`);
    const variables = { word: isolated(numbered(1)), name: isolated(numbered(1)), time: isolated('0:00') };
    const { message_id } = await sara.reads(sara.word('speakers-no-clip', variables), note);
    dabir.playground.faults.clear();
    const { answerMessage } = dabir.shared.database;
    await until(() => answerMessage.findFirst({ where: { chatId: sara.id, messageId: message_id } }));
    await sara.replies(message_id, 'Sara');
    await shown(text, textWith('Sara', numbered(2), numbered(3)));
  });

  test('the speakers of another user’s transcript can be neither listed, played nor named', async () => {
    const { note, status } = await talk();
    const { message_id: listed } = await list(note, status);
    const play = sara.dataOf(listed, `▶ ${isolated(numbered(1))}`);
    const omid = await dabir.person('Omid', language);
    const { note: others, status: other } = await omid.asksFor('tone.ogg', { kind: 'voice' });
    await omid.ending(others);
    for (const action of ['list', 'play', 'others', 'same', 'apart', 'is', 'keep']) {
      const data = `${play.replace('play', action)}${action === 'same' ? ':1' : ''}`;
      expect(await omid.forges(other, data)).toBe(omid.word('answer-unknown'));
    }
    expect(await sara.forges(listed, play.replace(/0$/, '7'))).toBe(sara.word('answer-unknown'));
    expect(await sara.forges(listed, `${play}:x`)).toBe(sara.word('answer-unknown'));
    const { transcript, delivery } = dabir.shared.database;
    const [mine] = await transcript.findMany({ where: { userId: sara.id } });
    expect(mine?.revision).toBe(0);
    expect(
      await delivery.count({
        where: { kind: 'clip', transcription: { userId: { in: [sara.id, omid.id] } } },
      }),
    ).toBe(0);
  });
});
