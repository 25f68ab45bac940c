import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Person } from '../support/person.ts';
import { type ScriptedDabir, startScriptedDabir } from '../support/scripted-dabir.ts';
import { until } from '../support/until.ts';

let dabir: ScriptedDabir;
beforeAll(async () => {
  dabir = await startScriptedDabir();
});
afterAll(() => dabir.close());

const voice = { kind: 'voice' } as const;

describe.each(['fa', 'en'])('the same upload again (%s)', (language) => {
  let sara: Person;
  beforeEach(async () => {
    sara = await dabir.person('Sara', language);
    dabir.engine.taken.splice(0);
  });
  const rows = (person = sara) =>
    dabir.shared.database.transcription.findMany({ where: { userId: person.id }, orderBy: { seq: 'asc' } });
  const other = () => sara.word('button-other');
  /** The button under an open file, which opens the picker. */
  const open = () => sara.word('button-engine-open', { engine: 'LOCAL' });
  /** Returns the status message that asks for an engine, other than the known ones. */
  const picker = (note: number, ...known: number[]) =>
    until(() =>
      sara
        .answers(note)
        .find(
          ({ message_id, text = '' }) =>
            !known.includes(message_id) && text.includes(sara.word('status-choosing')),
        ),
    );

  test('the same upload again can be transcribed by another engine: the first transcript stays, the second comes below it', async () => {
    dabir.engine.next({ says: ['the first'] }, { says: ['the second'] });
    const { note, status } = await sara.asksFor('tone.ogg', voice);
    expect(await sara.ending(note)).toMatch(/^✓/);
    expect(await sara.presses(status, other())).toBe(sara.word('answer-choose'));
    const { message_id: second } = await picker(note, status);
    // A second press while the question is open asks nothing new.
    expect(await sara.presses(status, other())).toBe(sara.word('answer-already'));
    await sara.presses(second, 'LOCAL');
    await sara.reads('the second', note);
    await sara.reads('the first', note);
    const [first, copy] = await rows();
    expect(copy).toMatchObject({ copyOf: first?.id, state: 'COMPLETED', fileUniqueId: first?.fileUniqueId });
  });

  test('the same upload again asks again while it waits, and nobody else is held up', async () => {
    dabir.engine.next({ holds: true });
    const running = await sara.asksFor('tone.ogg', voice);
    await until(() => dabir.engine.taken.length === 1);
    const waiting = await sara.asksFor('tone.ogg', voice);
    await sara.reads(sara.word('status-waiting', { before: 1 }), waiting.note);
    expect(await sara.presses(waiting.status, open())).toBe(sara.word('answer-choose'));
    await sara.reads(sara.word('status-choosing'), waiting.note);
    dabir.engine.release();
    expect(await sara.ending(running.note)).toMatch(/^✓/);
    expect((await rows()).map(({ state }) => state)).toEqual(['COMPLETED', 'CHOOSING']);
    await sara.presses(waiting.status, 'LOCAL');
    expect(await sara.ending(waiting.note)).toMatch(/^✓/);
  });

  test('the status message of a running file offers other engines in place while it goes on, and the bar comes back for “keep”', async () => {
    dabir.engine.next({ progress: [0.2, 0.4], holds: true, says: ['by the first'] });
    const { note, status } = await sara.asksFor('tone.ogg', voice);
    await sara.reads('░', note);
    expect(await sara.presses(status, open())).toBe(sara.word('answer-choose-other'));
    await until(() => sara.labelOf(status, 'switch:'));
    expect(sara.labelOf(status, 'switch:')).toContain('OpenAI');
    expect(sara.answers(note)).toHaveLength(1);
    expect((await rows()).map(({ state }) => state)).toEqual(['PROCESSING']);
    expect(await sara.presses(status, sara.word('button-go-on', { engine: 'LOCAL' }))).toBe(
      sara.word('answer-goes-on'),
    );
    // The bar is back without a wait for the next step of the engine.
    await sara.reads('░', note);
    await until(() => sara.labelOf(status, 'switch:') === undefined);
    dabir.engine.release();
    await sara.reads('by the first', note);
    expect((await rows()).map(({ state }) => state)).toEqual(['COMPLETED']);
  });

  test('a running file ends when another engine is chosen, which transcribes it in its place', async () => {
    dabir.engine.next({ holds: true });
    const { note, status } = await sara.asksFor('tone.ogg', voice);
    await until(() => dabir.engine.taken.length === 1);
    await sara.presses(status, open());
    await until(() => sara.labelOf(status, 'switch:'));
    expect(dabir.engine.taken[0]?.signal.aborted).toBe(false);
    expect(await sara.presses(status, 'OpenAI')).toBe(sara.word('answer-waiting'));
    await sara.reads(sara.word('status-cancelled'), note);
    await sara.reads('سلام دنیا', note);
    expect((await rows()).map(({ state, engine }) => [state, engine])).toEqual([
      ['CANCELLED', 'local'],
      ['COMPLETED', 'openai'],
    ]);
  });

  test('a running file that ends while other engines are offered shows its text in their place', async () => {
    dabir.engine.next({ holds: true, says: ['the first'] });
    const { note, status } = await sara.asksFor('tone.ogg', voice);
    await until(() => dabir.engine.taken.length === 1);
    await sara.presses(status, open());
    await until(() => sara.labelOf(status, 'switch:'));
    dabir.engine.release();
    await sara.reads('the first', note);
    expect(sara.labelOf(status, 'switch:')).toBeUndefined();
    expect(sara.answers(note)[0]?.message_id).toBe(status);
    // An old button changes nothing.
    const [row] = await rows();
    await sara.forges(status, `go-on:${row?.id}`);
    expect((await rows()).map(({ state }) => state)).toEqual(['COMPLETED']);
  });

  test('the same upload again is answered at once for the same engine by the earlier transcript, also while another file runs', async () => {
    dabir.engine.next({ says: ['heard once'] }, { holds: true });
    const { note } = await sara.asksFor('tone.ogg', voice);
    await sara.ending(note);
    const running = await sara.asksFor('tone.ogg', voice);
    await until(() => dabir.engine.taken.length === 2);

    const again = await sara.forwards(note);
    const { message_id: status } = await sara.status(again);
    expect(await sara.presses(status, 'LOCAL')).toBe(sara.word('answer-reused'));
    await sara.reads('heard once', again);
    await until(() => sara.answers(again).filter(({ document }) => document).length === 3);
    expect(dabir.engine.taken).toHaveLength(2);
    expect((await rows()).map(({ state }) => state)).toEqual(['COMPLETED', 'PROCESSING', 'COMPLETED']);
    // No quota was used.
    expect(await dabir.shared.database.usage.count({ where: { userId: sara.id } })).toBe(1);

    // A button transcribes it again all the same.
    dabir.engine.next({ says: ['heard anew'] });
    await sara.presses(status, other());
    const { message_id: second } = await picker(again, status);
    await sara.presses(second, 'LOCAL');
    dabir.engine.release();
    await sara.ending(running.note);
    await sara.reads('heard anew', again);
  });

  test('the same upload again is transcribed again in another language', async () => {
    const { note } = await sara.asksFor('tone.ogg', voice);
    await sara.ending(note);
    await sara.says('/language de');
    const again = await sara.forwards(note);
    await sara.presses((await sara.status(again)).message_id, 'LOCAL');
    await sara.ending(again);
    expect(dabir.engine.taken.map(({ language: given }) => given)).toEqual([null, 'de']);
  });

  test('the same upload again does not reuse another user’s transcript', async () => {
    dabir.engine.next({ says: ['Sara’s own'] }, { says: ['heard for Omid'] });
    const { note } = await sara.asksFor('tone.ogg', voice);
    await sara.ending(note);
    const omid = await dabir.person('Omid', language);
    const forwarded = await omid.forwards(note, sara);
    await omid.presses((await omid.status(forwarded)).message_id, 'LOCAL');
    await omid.reads('heard for Omid', forwarded);
  });

  test('the same upload again is answered at once without a question too, where one engine is remembered', async () => {
    dabir.engine.next({ says: ['heard once'] });
    const note = await sara.sends('tone.ogg', { kind: 'voice', caption: 'local' });
    await sara.ending(note);
    const again = await sara.forwards(note);
    await sara.reads('heard once', again);
    await until(async () => (await rows()).every(({ statusMessageId }) => statusMessageId !== null));
    expect(dabir.engine.taken).toHaveLength(1);
  });

  test('a transcript can show the time of each segment in the chat, where a press on a time jumps there', async () => {
    dabir.engine.next({ says: ['one.', 'two.', 'three.'] });
    const { note, status } = await sara.asksFor('tone.ogg', voice);
    await sara.ending(note);
    expect(await sara.presses(status, sara.word('button-times'))).toBe(sara.word('answer-on-its-way'));
    const { text } = await sara.reads('0:02', note);
    expect(text).toBe('0:00 one.\n0:01 two.\n0:02 three.');
  });

  test('a long transcript with times comes as a text file', async () => {
    dabir.engine.next({
      says: Array.from({ length: 400 }, (_, index) => `sentence number ${index} is this.`),
    });
    const { note, status } = await sara.asksFor('tone.ogg', voice);
    await sara.ending(note);
    const before = sara.answers(note).length;
    await sara.presses(status, sara.word('button-times'));
    const message = await until(() => sara.answers(note)[before]);
    const written = new TextDecoder().decode(await sara.opens(message));
    expect(written).toMatch(/[\d۰-۹]:[\d۰-۹]{2} {2}sentence number/);
  });
});
