import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Person } from '../support/person.ts';
import { type ScriptedDabir, startScriptedDabir } from '../support/scripted-dabir.ts';
import { until } from '../support/until.ts';

let dabir: ScriptedDabir;

beforeAll(async () => {
  // A lease that outlasts the test: an edit of a file that is no longer held would be dropped in any case.
  dabir = await startScriptedDabir({ settings: { LEASE_SECONDS: '60' } });
});
afterAll(() => dabir.close());
afterEach(() => {
  dabir.engine.taken.splice(0);
});

const voice = { kind: 'voice' } as const;
const running = (files: number) => until(() => dabir.engine.taken.length === files);
const transcriptsOf = ({ id }: Person) =>
  dabir.shared.database.transcription.findMany({
    where: { userId: id },
    orderBy: { seq: 'asc' },
    include: { transcript: true },
  });

describe.each(['fa', 'en'])('a user’s lane (%s)', (language) => {
  let sara: Person;
  beforeEach(async () => {
    sara = await dabir.person('Sara', language);
  });

  test('a user’s lane runs three files one after the other, in order, and shows each its position', async () => {
    dabir.engine.next({ holds: true, says: ['one'] }, { holds: true, says: ['two'] }, { says: ['three'] });
    const first = await sara.asksFor('tone.ogg', voice);
    await running(1);
    const second = await sara.asksFor('tone.ogg', voice);
    const third = await sara.asksFor('tone.ogg', voice);
    await sara.reads(sara.word('status-waiting', { before: 1 }), second.note);
    await sara.reads(sara.word('status-waiting', { before: 2 }), third.note);

    dabir.engine.release();
    await sara.reads(sara.word('status-waiting', { before: 1 }), third.note);
    await running(2);
    dabir.engine.release();
    for (const { note } of [first, second, third]) expect(await sara.ending(note)).toMatch(/^✓/);

    const texts = sara.answers().flatMap(({ text }) => (/^(one|two|three)$/.test(text ?? '') ? [text] : []));
    expect(texts).toEqual(['one', 'two', 'three']);
    const rows = await transcriptsOf(sara);
    for (const [index, { startedAt }] of rows.entries()) {
      const before = rows[index - 1]?.finishedAt;
      if (before) expect(startedAt?.getTime()).toBeGreaterThanOrEqual(before.getTime());
    }
  });

  test('a user’s lane is not held up by a file without an engine', async () => {
    const undecided = await sara.sends('tone.ogg', voice);
    await sara.status(undecided);
    const decided = await sara.asksFor('tone.ogg', voice);
    expect(await sara.ending(decided.note)).toMatch(/^✓/);
  });

  test('a user’s lane shows progress as a bar and a percentage, and never after the ending', async () => {
    dabir.engine.next({ progress: [0.01, 0.2, 0.504], holds: true, chatters: true });
    const { note, status } = await sara.asksFor('tone.ogg', voice);
    await sara.reads(language === 'fa' ? '▓▓▓▓▓▓░░░░░░ ۵۰٪' : '▓▓▓▓▓▓░░░░░░ 50%', note);
    expect(sara.buttons(status)).toEqual([
      sara.word('button-engine-open', { engine: 'LOCAL' }),
      sara.word('button-cancel'),
    ]);
    dabir.engine.release();
    expect(await sara.ending(note)).toMatch(/^✓/);
    // Longer than the 3 s between two edits (src/app/run/progress.ts), so a late edit would have come.
    await sleep(3_500);
    expect(sara.looks(status).at(-1)).toBe('سلام دنیا');
    expect(sara.buttons(status).at(-1)).toBe(sara.word('button-more'));
  });
});

describe.each(['fa', 'en'])('Cancel (%s)', (language) => {
  let sara: Person;
  beforeEach(async () => {
    sara = await dabir.person('Sara', language);
  });
  const cancels = (status: number) => sara.presses(status, sara.word('button-cancel'));
  const isCancelled = async (note: number) =>
    expect(await sara.ending(note)).toBe(sara.word('status-cancelled'));

  test('Cancel ends a file without an engine', async () => {
    const note = await sara.sends('tone.ogg', voice);
    const { message_id: status } = await sara.status(note);
    expect(await cancels(status)).toBe(sara.word('answer-cancelled'));
    await isCancelled(note);
    expect(sara.buttons(status)).toEqual([]);
  });

  test('Cancel ends a waiting file, and those behind it move up', async () => {
    dabir.engine.next({ holds: true });
    const first = await sara.asksFor('tone.ogg', voice);
    await running(1);
    const second = await sara.asksFor('tone.ogg', voice);
    const third = await sara.asksFor('tone.ogg', voice);
    await sara.reads(sara.word('status-waiting', { before: 2 }), third.note);
    expect(await cancels(second.status)).toBe(sara.word('answer-cancelled'));
    await isCancelled(second.note);
    await sara.reads(sara.word('status-waiting', { before: 1 }), third.note);
    dabir.engine.release();
    for (const { note } of [first, third]) expect(await sara.ending(note)).toMatch(/^✓/);
    await isCancelled(second.note);
  });

  test('Cancel ends the next file while the worker is busy with another user’s, and the file behind becomes next', async () => {
    const omid = await dabir.person('Omid', language);
    dabir.engine.next({ holds: true });
    const his = await omid.asksFor('tone.ogg', voice);
    await running(1);
    const first = await sara.asksFor('tone.ogg', voice);
    const second = await sara.asksFor('tone.ogg', voice);
    await sara.reads(sara.word('status-waiting', { before: 1 }), second.note);
    expect(await cancels(first.status)).toBe(sara.word('answer-cancelled'));
    await isCancelled(first.note);
    dabir.engine.release();
    expect(await omid.ending(his.note)).toMatch(/^✓/);
    expect(await sara.ending(second.note)).toMatch(/^✓/);
    expect(dabir.engine.taken).toHaveLength(2);
  });

  test('Cancel ends a running file: the engine stops, nothing is kept, the next file starts', async () => {
    dabir.engine.next({ holds: true });
    const first = await sara.asksFor('tone.ogg', voice);
    await running(1);
    const second = await sara.asksFor('tone.ogg', voice);
    expect(await cancels(first.status)).toBe(sara.word('answer-cancelling'));
    await isCancelled(first.note);
    expect(dabir.engine.taken[0]?.signal.aborted).toBe(true);
    expect(await sara.ending(second.note)).toMatch(/^✓/);
    const rows = await transcriptsOf(sara);
    expect(rows.map(({ state, transcript }) => [state, transcript !== null])).toEqual([
      ['CANCELLED', false],
      ['COMPLETED', true],
    ]);
    expect(sara.answers(first.note)).toHaveLength(1);
  });

  test('Cancel that comes twice or too late changes nothing and says so', async () => {
    const { note, status } = await sara.asksFor('tone.ogg', voice);
    const data = `cancel:${(await transcriptsOf(sara))[0]?.id}`;
    const ending = await sara.ending(note);
    expect(await sara.forges(status, data)).toBe(sara.word('answer-ended'));
    expect(await sara.ending(note)).toBe(ending);
    expect((await transcriptsOf(sara)).map(({ state }) => state)).toEqual(['COMPLETED']);
  });
});
