import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { defaultChoice } from '../../../src/domain/document-choice.ts';
import type { Person } from '../../support/person.ts';
import { type ScriptedDabir, startScriptedDabir } from '../../support/scripted-dabir.ts';
import { until } from '../../support/until.ts';

let dabir: ScriptedDabir;
beforeAll(async () => {
  dabir = await startScriptedDabir();
});
afterAll(() => dabir.close());

const voice = { kind: 'voice' } as const;

describe.each(['fa', 'en'])('low-confidence words (%s)', (language) => {
  let sara: Person;
  beforeEach(async () => {
    sara = await dabir.person('Sara', language);
  });
  const said = 'We met mister Shirazi again in Rotterdam, near the old harbour.';

  async function transcript(lowConfidence: Record<string, number> = { Shirazi: 0.31, 'Rotterdam,': 0.45 }) {
    dabir.engine.next({ says: [said], lowConfidence });
    const { note, status } = await sara.asksFor('tone.ogg', voice);
    await sara.ending(note);
    return { note, status, text: await sara.reads('near the old harbour', note) };
  }
  /** Presses the button for low-confidence words and waits for the list. */
  async function list(note: number, status: number, words: number) {
    await sara.presses(status, sara.word('button-low-confidence', { words }));
    return sara.reads(sara.word('low-confidence-title'), note);
  }
  const clipOf = async (note: number, word: string) => {
    const clip = await until(
      () => sara.answers(note).find(({ voice: sent, caption }) => sent && caption?.includes(word)),
      () => sara.transcript(),
    );
    // A real user does not reply within the milliseconds until the message id is stored.
    const { answerMessage } = dabir.shared.database;
    await until(() => answerMessage.findFirst({ where: { chatId: sara.id, messageId: clip.message_id } }));
    return clip;
  };

  test('low-confidence words are counted on a button that lists them with their time and context', async () => {
    const { note, status } = await transcript();
    const { text = '', entities = [], message_id } = await list(note, status, 2);
    expect(text.split('\n').slice(1)).toEqual([
      '0:00 … We met mister Shirazi again in Rotterdam, …',
      '0:00 … Shirazi again in Rotterdam, near the old …',
    ]);
    const bold = entities.filter(({ type }) => type === 'bold');
    expect(bold.map(({ offset, length }) => text.slice(offset, offset + length))).toEqual([
      'Shirazi',
      'Rotterdam,',
    ]);
    expect(sara.buttons(message_id)).toEqual(['▶ Shirazi', '▶ Rotterdam,']);
  });

  test('low-confidence words each have a clip, cut from the upload: a short voice message', async () => {
    const { note, status } = await transcript();
    const { message_id } = await list(note, status, 2);
    expect(await sara.presses(message_id, '▶ Shirazi')).toBe(sara.word('answer-on-its-way'));
    const message = await clipOf(note, 'Shirazi');
    const { voice: clip } = message;
    expect(new TextDecoder('latin1').decode(await sara.opens(message))).toMatch(/^OggS.*OpusHead/s);
    expect(clip).toMatchObject({ mime_type: 'audio/ogg' });
    expect(clip?.duration).toBeGreaterThanOrEqual(1);
    expect(clip?.duration).toBeLessThanOrEqual(3);
  });

  test('low-confidence words are corrected at that place only by a reply to the clip', async () => {
    const { note, status, text } = await transcript();
    const { message_id } = await list(note, status, 2);
    await sara.presses(message_id, '▶ Shirazi');
    const clip = await clipOf(note, 'Shirazi');
    await sara.replies(clip.message_id, 'Razavi');
    await until(
      () => sara.chat.get(text.message_id)?.text?.includes('mister Razavi again') || undefined,
      () => sara.transcript(),
    );
    // A word from the user counts as certain.
    await sara.presses(message_id, '▶ Rotterdam');
    expect(await sara.presses(message_id, '▶ Shirazi')).toBe(sara.word('low-confidence-none'));
  });

  test('low-confidence words are underlined in the chat for users who have chosen that', async () => {
    const person = { id: sara.id, firstName: 'Sara', lastName: null, username: null, languageCode: language };
    await dabir.shared.settings.setDocuments(person, { ...defaultChoice, lowConfidence: 'marked' });
    const { text } = await transcript();
    const marks = text.entities?.filter(({ type }) => type === 'underline') ?? [];
    expect(marks.map(({ offset, length }) => text.text?.slice(offset, offset + length))).toEqual([
      'Shirazi',
      'Rotterdam,',
    ]);
  });

  test('low-confidence words are not mentioned where the engine was sure or reports no confidence', async () => {
    const { status, text } = await transcript({});
    await sara.unfolds(status);
    expect(sara.buttons(status).join()).not.toContain(sara.word('button-low-confidence', { words: 0 }));
    expect(text.entities).toBeUndefined();
  });

  test('low-confidence words of an upload that Telegram no longer has cannot be played, and the user is told', async () => {
    const { note, status } = await transcript();
    const { message_id } = await list(note, status, 2);
    dabir.playground.faults.set('getFile', {
      kind: 'status',
      status: 400,
      description: 'Bad Request: wrong file_id or the file is temporarily unavailable',
    });
    await sara.presses(message_id, '▶ Shirazi');
    const words = { word: '\u2068Shirazi\u2069', time: '\u20680:00\u2069' };
    await sara.reads(sara.word('low-confidence-no-clip', words), note);
    dabir.playground.faults.clear();
  });

  test('low-confidence words are not played by forged presses or other users’ presses', async () => {
    const { status, note } = await transcript();
    const { message_id } = await list(note, status, 2);
    const play = sara.dataOf(message_id, 'Shirazi');
    const omid = await dabir.person('Omid', language);
    const { note: others, status: other } = await omid.asksFor('tone.ogg', voice);
    await omid.ending(others);
    expect(await omid.forges(other, play)).toBe(omid.word('low-confidence-none'));
    expect(await sara.forges(message_id, `${play}7`)).toBe(sara.word('low-confidence-none'));
    expect(await sara.forges(message_id, 'low-confidence:play:0:-1')).toBe(sara.word('answer-unknown'));
    const clips = await dabir.shared.database.delivery.count({
      where: { kind: 'clip', transcription: { userId: { in: [sara.id, omid.id] } } },
    });
    expect(clips).toBe(0);
  });
});
