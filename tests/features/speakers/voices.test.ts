import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { SpeakerFinder } from '../../../src/app/ports/speakers.ts';
import type { Voice } from '../../../src/domain/voice-match.ts';
import type { Person } from '../../support/person.ts';
import { type ScriptedDabir, startScriptedDabir } from '../../support/scripted-dabir.ts';
import { until } from '../../support/until.ts';

/** In place of the models: two speakers, a second and a half each, with these voices. */
let voices: readonly Voice[] = [];
let described: Awaited<ReturnType<SpeakerFinder['describe']>> = null;
const ranges: unknown[] = [];
const speakers: Pick<SpeakerFinder, 'find' | 'describe'> = {
  async find(_audio, _count, { describesVoices }) {
    return {
      turns: [
        { start: 0, end: 1, speaker: 0 },
        { start: 1, end: 3, speaker: 1 },
      ],
      voices: new Map(describesVoices ? voices.entries() : []),
    };
  },
  async describe(_audio, spans) {
    ranges.push(spans);
    return described;
  },
};

let dabir: ScriptedDabir;
beforeAll(async () => {
  dabir = await startScriptedDabir({ speakers });
});
afterAll(() => dabir.close());

const isolated = (name: string) => `\u2068${name}\u2069`;
const omidsVoice = [1, 0, 0];

describe.each(['fa', 'en'])('a remembered voice (%s)', (language) => {
  let sara: Person;
  let settings: number;
  beforeEach(async () => {
    sara = await dabir.person('Sara', language);
    await sara.says('/settings');
    ({ message_id: settings } = await sara.reads(sara.word('settings-main')));
    voices = [];
    described = omidsVoice;
    ranges.length = 0;
  });
  const numbered = (number: number) => sara.word('document-speaker-number', { number });

  async function talk() {
    dabir.engine.next({ says: ['Hello Omid.', 'Hello Sara.', 'How are you?'] });
    const { note, status } = await sara.asksFor('tone.ogg', { kind: 'voice', caption: '2 speakers' });
    await sara.ending(note);
    const { text = '', message_id } = await sara.reads('Hello Sara.', note);
    return { note, status, text, message: message_id };
  }
  /** Names the second speaker; returns the confirmation. */
  async function name(of: { note: number; status: number }, given: string) {
    await sara.presses(of.status, sara.word('button-speakers'));
    const { message_id: listed } = await sara.reads(sara.word('speakers-title'), of.note);
    await sara.presses(listed, `▶ ${isolated(numbered(2))}`);
    const clip = await until(() => sara.answers(of.note).find(({ voice }) => voice));
    const { answerMessage } = dabir.shared.database;
    await until(() => answerMessage.findFirst({ where: { chatId: sara.id, messageId: clip.message_id } }));
    const reply = await sara.replies(clip.message_id, given);
    return sara.reads(
      sara.word('speakers-named', { speaker: isolated(numbered(2)), name: isolated(given) }),
      reply,
    );
  }
  const kept = () => dabir.shared.voiceprints.entries(sara.id);
  const outcome = (given: string, is: string) =>
    sara.word('voice-remembered', { name: isolated(given), outcome: is });

  test('a voice is remembered only after a yes, and then names the speaker of the next file', async () => {
    const first = await talk();
    const { message_id: question, text } = await name(first, 'Omid');
    expect(text).toContain(sara.word('speakers-keep', { name: isolated('Omid') }));
    expect(await dabir.shared.voiceprints.list(sara.id)).toEqual([]);
    expect(ranges).toEqual([]);
    expect(await sara.presses(question, sara.word('speakers-button-keep'))).toBe(
      sara.word('speakers-keeping'),
    );
    await sara.reads(outcome('Omid', 'remembered'), first.note);
    expect(ranges).toEqual([[{ start: 1, end: 2 }]]);
    expect(await dabir.shared.voiceprints.list(sara.id)).toEqual([{ name: 'Omid', voice: omidsVoice }]);
    voices = [[0, 1, 0], omidsVoice];
    const second = await talk();
    expect(second.text).toContain(`${isolated(numbered(1))}: Hello Omid.`);
    expect(second.text).toContain(`${isolated('Omid')}: Hello Sara.`);
    // Nobody else gets the name.
    const other = await dabir.person('Other', language);
    expect(await dabir.shared.voiceprints.list(other.id)).toEqual([]);
  });

  test('a remembered voice that is only similar is offered, and a press takes the name', async () => {
    await dabir.shared.voiceprints.switch(sara.id, true);
    await dabir.shared.voiceprints.remember(sara.id, 'Omid', omidsVoice);
    voices = [
      [0, 1, 0],
      [0.6, 0, 0.8],
    ];
    const { note, status, text, message } = await talk();
    expect(text).not.toContain('Omid:');
    await sara.presses(status, sara.word('button-speakers'));
    const { message_id: listed } = await sara.reads(sara.word('speakers-title'), note);
    const is = sara.word('speakers-button-is', { speaker: isolated(numbered(2)), name: isolated('Omid') });
    expect(await sara.presses(listed, is)).toBe(sara.word('speakers-renamed'));
    await until(
      () => sara.chat.get(message)?.text?.includes(`${isolated('Omid')}: Hello Sara.`) || undefined,
    );
  });

  test('a no is final: nothing is kept, and the question does not come again until the settings ask for it', async () => {
    const { message_id: question } = await name(await talk(), 'Omid');
    await sara.presses(question, sara.word('speakers-button-leave'));
    expect(await kept()).toEqual([]);
    const again = await name(await talk(), 'Reza');
    expect(again.text).not.toContain(sara.word('speakers-keep', { name: isolated('Reza') }));
    expect(sara.buttons(again.message_id)).toEqual([]);
    await sara.presses(settings, sara.word('settings-voices'));
    await until(
      () => sara.chat.get(settings)?.text?.includes(sara.word('voices-state', { state: 'off' })) || undefined,
    );
    await sara.presses(settings, sara.word('voices-button-on'));
    await until(() => sara.buttons(settings).includes(sara.word('voices-button-off')) || undefined);
    const asked = await name(await talk(), 'Mina');
    expect(asked.text).toContain(sara.word('speakers-keep', { name: isolated('Mina') }));
  });

  test('a voice that speaks too briefly, or cannot be had again, is not remembered, and the user is told', async () => {
    for (const [answer, is] of [
      [null, 'short'],
      ['unavailable', 'none'],
    ] as const) {
      described = answer;
      const file = await talk();
      const { message_id } = await name(file, 'Omid');
      await sara.presses(message_id, sara.word('speakers-button-keep'));
      await sara.reads(outcome('Omid', is), file.note);
    }
    expect(await kept()).toEqual([]);
  });

  test('remembered voices are counted in /mydata and deleted one by one, or all when they are switched off', async () => {
    const { voiceprints } = dabir.shared;
    await dabir.shared.voiceprints.switch(sara.id, true);
    for (const each of ['Omid', 'Reza', 'Mina']) await voiceprints.remember(sara.id, each, omidsVoice);
    await sara.says('/mydata');
    const { message_id } = await sara.reads(sara.word('mydata-title'));
    expect(sara.chat.get(message_id)?.text).toContain(sara.word('mydata-voices', { count: 3 }));
    await sara.presses(message_id, sara.word('settings-voices'));
    await sara.presses(message_id, `🗑 ${isolated('Reza')}`);
    await until(async () => (await kept()).length === 2 || undefined);
    expect((await kept()).map(({ name: each }) => each)).toEqual(['Mina', 'Omid']);
    const other = await dabir.person('Other', language);
    await other.says('/mydata');
    const { message_id: others } = await other.reads(other.word('mydata-title'));
    const [mine] = await kept();
    await other.forges(others, `speakers:voices:forget:${mine?.id}`);
    expect(await kept()).toHaveLength(2);
    await sara.presses(message_id, sara.word('voices-button-off'));
    await until(async () => (await kept()).length === 0 || undefined);
    expect(await voiceprints.remember(sara.id, 'Omid', omidsVoice)).toBe('refused');
  });
});

test('a voice that was neither kept nor recognised for a year is deleted', async () => {
  const { voiceprints, database } = dabir.shared;
  const sara = await dabir.person('Sara', 'en');
  await sara.says('/settings');
  await sara.reads(sara.word('settings-main'));
  await voiceprints.switch(sara.id, true);
  for (const each of ['Omid', 'Reza']) await voiceprints.remember(sara.id, each, omidsVoice);
  await database.execute`UPDATE voiceprint SET "usedAt" = now() - interval '366 days' WHERE "userId" = ${sara.id}::bigint`;
  await voiceprints.recordUse(sara.id, ['Reza']);
  expect(await voiceprints.prune(10)).toBe(1);
  expect((await voiceprints.entries(sara.id)).map(({ name }) => name)).toEqual(['Reza']);
});

test('the erasure of an account deletes its voices, also where the account stays', async () => {
  const { voiceprints, database, erasures } = dabir.shared;
  const sara = await dabir.person('Sara', 'en');
  await sara.says('/settings');
  await sara.reads(sara.word('settings-main'));
  await voiceprints.switch(sara.id, true);
  await voiceprints.remember(sara.id, 'Omid', omidsVoice);
  await database.execute`UPDATE "user" SET "minutesADay" = 5 WHERE id = ${sara.id}::bigint`;
  let result = await erasures.eraseAccount(sara.id, 100);
  while (result.left) result = await erasures.eraseAccount(sara.id, 100);
  expect(result.stays).toBe(true);
  expect(await voiceprints.list(sara.id)).toEqual([]);
  expect(await voiceprints.isOn(sara.id)).toBeNull();
});
