import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { sweepOffers } from '../../../src/app/lane/sweep.ts';
import { DabirError } from '../../../src/domain/errors.ts';
import type { Person } from '../../support/person.ts';
import { type ScriptedDabir, startScriptedDabir } from '../../support/scripted-dabir.ts';
import { until } from '../../support/until.ts';

let dabir: ScriptedDabir;
beforeAll(async () => {
  dabir = await startScriptedDabir();
});
afterAll(() => dabir.close());

describe.each(['fa', 'en'])('uploads that come together (%s)', (language) => {
  let sara: Person;
  beforeEach(async () => {
    sara = await dabir.person('Sara', language);
    dabir.engine.taken.splice(0);
  });
  const from = (name: string) => ({ kind: 'voice', forward: name }) as const;
  const offer = async () => (await sara.reads(sara.word('bundle-offer'))).message_id;
  /** So that the test need not wait for it. */
  const anHourPasses = () =>
    dabir.shared.database.execute`
      UPDATE bundle SET "offerLapsesAt" = now() WHERE "userId" = ${sara.id} AND "offerLapsesAt" IS NOT NULL`;
  const states = async () =>
    (
      await dabir.shared.database.transcription.findMany({
        where: { userId: sara.id },
        orderBy: { seq: 'asc' },
      })
    ).map(({ state }) => state);
  const files = (note: number) => sara.answers(note).filter(({ document }) => document);

  test('uploads that come together become one document: with speakers, ordered by time, in one set of files', async () => {
    dabir.engine.next({ says: ['one'] }, { says: ['two'] }, { says: ['three'] });
    const first = await sara.sends('tone.ogg', from('Mina'));
    const second = await sara.sends('tone.ogg', from('Omid'));
    const third = await sara.sends('tone.ogg', from('Mina'));
    const offered = await offer();
    expect(await sara.presses(offered, sara.word('bundle-button-all'))).toBe(sara.word('bundle-answer'));
    // One engine for all of them.
    await sara.reads(sara.word('bundle-engine'));
    await sara.presses(offered, 'LOCAL');
    await sara.reads(sara.word('bundle-accepted'));
    for (const note of [first, second, third]) {
      expect(await sara.ending(note)).toContain(sara.word('status-bundled'));
    }
    const { text = '' } = await sara.reads(/^\u2068Mina/, first);
    expect(text.replaceAll(/\n.*(one|two|three)/g, ' $1').match(/Mina|Omid|one|two|three/g)).toEqual([
      'Mina',
      'one',
      'Omid',
      'two',
      'Mina',
      'three',
    ]);
    await until(() => files(first).length === 3);
    expect(files(first)[0]?.document?.file_name).toMatch(/Mina · Omid/);
    expect([second, third].flatMap(files)).toEqual([]);
  });

  test('uploads that come together are offered as one document once; after a decline each is answered by itself', async () => {
    const notes = [];
    for (let count = 0; count < 4; count += 1) notes.push(await sara.sends('tone.ogg', { kind: 'voice' }));
    const offered = await offer();
    for (const note of notes) await sara.status(note);
    const offers = () => sara.answers().filter(({ text }) => text === sara.word('bundle-offer'));
    expect(offers()).toHaveLength(1);
    expect(await sara.presses(offered, sara.word('bundle-button-none'))).toBe(sara.word('bundle-declined'));
    await until(() => offers().length === 0);
    const last = await sara.sends('tone.ogg', { kind: 'voice' });
    for (const note of [last, ...notes.slice(0, 1)]) {
      await sara.presses((await sara.status(note)).message_id, 'LOCAL');
      await sara.ending(note);
      await until(() => files(note).length === 3);
    }
    expect(offers()).toHaveLength(0);
  });

  test('uploads that come together are bundled without those that failed or were cancelled, after the last has ended', async () => {
    dabir.engine.next({ fails: new DabirError('no_speech', '') }, { says: ['what stays'] }, { holds: true });
    const first = await sara.sends('tone.ogg', from('Mina'));
    const second = await sara.sends('tone.ogg', from('Omid'));
    const third = await sara.sends('tone.ogg', from('Reza'));
    const offered = await offer();
    await sara.presses(offered, sara.word('bundle-button-all'));
    await sara.presses(offered, 'LOCAL');
    await until(() => dabir.engine.taken.length === 3);
    expect(sara.answers(second).filter(({ text = '' }) => text.includes('what stays'))).toEqual([]);
    await sara.presses((await sara.status(third)).message_id, sara.word('button-cancel'));
    await sara.reads('what stays', second);
    expect(await states()).toEqual(['FAILED', 'COMPLETED', 'CANCELLED']);
    expect(await sara.ending(first)).toContain(sara.word('error-no_speech'));
  });

  test('uploads that come together start without a question where an engine is remembered; deleting one renews the document without it, and deleting the last removes it', async () => {
    dabir.engine.next({ holds: true, says: ['what stays'] }, { says: ['secret'] });
    const first = await sara.sends('tone.ogg', { kind: 'voice', caption: 'local' });
    const second = await sara.sends('tone.ogg', { kind: 'voice', caption: 'local' });
    const offered = await offer();
    await sara.presses(offered, sara.word('bundle-button-all'));
    await sara.reads(sara.word('bundle-accepted'));
    await until(() => dabir.engine.taken.length === 1);
    dabir.engine.release();
    await sara.reads('secret', first);
    await until(() => files(first).length === 3);
    const erases = async (note: number, sure: string) => {
      const { message_id } = await sara.status(note);
      expect(await sara.presses(message_id, sara.word('button-delete'))).toBe(sara.word(sure));
      await sara.presses(message_id, sara.word('button-erase'));
    };
    await erases(second, 'answer-delete-sure-joint');
    await sara.reads(sara.word('status-deleted-renewed'), second);
    await until(() => sara.answers(first).every(({ text = '' }) => !text.includes('secret')) || undefined);
    await sara.reads('what stays', first);
    const written = async () => {
      const [txt] = files(first);
      return txt === undefined ? '' : new TextDecoder().decode(await sara.opens(txt));
    };
    await until(async () => !(await written()).includes('secret') || undefined);
    expect(await written()).toContain('what stays');
    expect(files(first)).toHaveLength(3);
    await erases(first, 'answer-delete-sure');
    await sara.reads(sara.word('status-deleted'), first);
    await until(() => files(first).length === 0);
  });

  /** The offer is gone from the chat, and a press on a copy of it decides nothing. */
  const isTakenAway = async (offered: number, data: string) => {
    await until(() => sara.answers().every(({ message_id }) => message_id !== offered));
    const { message_id } = await sara.status((await sara.sends('tone.ogg', { kind: 'audio' })) ?? 0);
    expect(await sara.forges(message_id, data)).toBe(sara.word('answer-unknown'));
    expect(
      await dabir.shared.database.bundle.count({ where: { userId: sara.id, messageId: { not: null } } }),
    ).toBe(0);
  };

  test('uploads that come together lose their offer after an hour without an answer; each is answered by itself', async () => {
    await sara.sends('tone.ogg', { kind: 'voice' });
    await sara.sends('tone.ogg', { kind: 'voice' });
    const offered = await offer();
    const data = sara.dataOf(offered, sara.word('bundle-button-all'));
    const { offerLapsesAt } = await until(() =>
      dabir.shared.database.bundle.findFirst({ where: { userId: sara.id, offerLapsesAt: { not: null } } }),
    );
    const minutes = ((offerLapsesAt?.getTime() ?? 0) - Date.now()) / 60_000;
    expect(minutes).toBeGreaterThan(59);
    expect(minutes).toBeLessThanOrEqual(60);
    await anHourPasses();
    // By the bot’s own round.
    await isTakenAway(offered, data);
    expect(await states()).toEqual(['CHOOSING', 'CHOOSING', 'CHOOSING']);
  });

  test('uploads that come together lose their offer when they are deleted', async () => {
    const first = await sara.sends('tone.ogg', { kind: 'voice' });
    await sara.sends('tone.ogg', { kind: 'voice' });
    const offered = await offer();
    const data = sara.dataOf(offered, sara.word('bundle-button-all'));
    await until(() => dabir.shared.database.bundle.count({ where: { userId: sara.id, messageId: offered } }));
    const { message_id } = await sara.status(first);
    await sara.presses(message_id, 'LOCAL');
    await sara.ending(first);
    await sara.presses(message_id, sara.word('button-delete'));
    await sara.presses(message_id, sara.word('button-erase'));
    await sara.reads(sara.word('status-deleted'), first);
    await sweepOffers(dabir.shared);
    await isTakenAway(offered, data);
  });

  test('uploads that come together keep the picker for all of them while one waits for an engine', async () => {
    const first = await sara.sends('tone.ogg', { kind: 'voice' });
    const second = await sara.sends('tone.ogg', { kind: 'voice' });
    const offered = await offer();
    await sara.presses(offered, sara.word('bundle-button-all'));
    await sara.reads(sara.word('bundle-engine'));
    const data = sara.dataOf(offered, 'LOCAL');
    await anHourPasses();
    await sweepOffers(dabir.shared);
    // Not taken away, but asked again in an hour.
    await until(() =>
      dabir.shared.database.bundle.count({
        where: { userId: sara.id, messageId: offered, offerLapsesAt: { gt: new Date() } },
      }),
    );
    for (const note of [first, second]) {
      await sara.presses((await sara.status(note)).message_id, 'LOCAL');
      await sara.ending(note);
    }
    await anHourPasses();
    await sweepOffers(dabir.shared);
    await isTakenAway(offered, data);
  });

  test('uploads that come together have an offer removed later when the first removal failed', async () => {
    await sara.sends('tone.ogg', { kind: 'voice' });
    await sara.sends('tone.ogg', { kind: 'voice' });
    const offered = await offer();
    const data = sara.dataOf(offered, sara.word('bundle-button-all'));
    await until(() => dabir.shared.database.bundle.count({ where: { userId: sara.id, messageId: offered } }));
    dabir.playground.faults.set('deleteMessages', { kind: 'drop' }, 1);
    await anHourPasses();
    const lines = dabir.logged.length;
    await sweepOffers(dabir.shared);
    await until(() => dabir.logged.slice(lines).some((line) => line.includes('bundle offer not deleted')));
    await anHourPasses();
    await sweepOffers(dabir.shared);
    await isTakenAway(offered, data);
  });

  test('uploads that come together ignore presses on another user’s offer, an old one and a forged one, but answer them', async () => {
    await sara.sends('tone.ogg', { kind: 'voice' });
    await sara.sends('tone.ogg', { kind: 'voice' });
    const offered = await offer();
    const data = sara.dataOf(offered, sara.word('bundle-button-all'));
    const omid = await dabir.person('Omid', language);
    await omid.says('/help');
    const { message_id } = await omid.reads(omid.word('help'));
    for (const forged of [
      data,
      data.replace('all', 'none'),
      data.replace('all', 'on:local'),
      'bundle:999999:all',
      'bundle:1:on:nobody',
    ]) {
      expect(await omid.forges(message_id, forged)).toBe(omid.word('answer-unknown'));
    }
    expect(await states()).toEqual(['CHOOSING', 'CHOOSING']);
    expect(await dabir.shared.database.bundle.findFirst({ where: { userId: sara.id } })).toMatchObject({
      state: 'OFFERED',
    });
  });
});
