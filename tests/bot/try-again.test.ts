import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { DabirError } from '../../src/domain/errors.ts';
import type { Person } from '../support/person.ts';
import { type ScriptedDabir, startScriptedDabir } from '../support/scripted-dabir.ts';
import { until } from '../support/until.ts';

let dabir: ScriptedDabir;
beforeAll(async () => {
  dabir = await startScriptedDabir();
});
afterAll(() => dabir.close());

const voice = { kind: 'voice' } as const;
const stays = new DabirError('engine_failed', 'status 500', { retryable: false });

describe.each(['fa', 'en'])('a failed file (%s)', (language) => {
  let sara: Person;
  beforeEach(async () => {
    sara = await dabir.person('Sara', language);
    dabir.engine.taken.splice(0);
  });
  /** Waits until the engine has been given a number of files. */
  const listening = (files: number) => until(() => dabir.engine.taken.length === files);
  const rows = () =>
    dabir.shared.database.transcription.findMany({ where: { userId: sara.id }, orderBy: { seq: 'asc' } });

  test('a failed file is retried behind the waiting files, and answered once', async () => {
    dabir.engine.next({ fails: stays }, { holds: true }, { says: ['now it works'] });
    const failed = await sara.asksFor('tone.ogg', voice);
    expect(await sara.ending(failed.note)).toBe(`✗ ${sara.word('error-engine_failed')}`);
    const other = await sara.asksFor('tone.ogg', voice);
    await listening(2);
    expect(await sara.presses(failed.status, sara.word('button-retry'))).toBe(sara.word('answer-waiting'));
    await sara.reads(sara.word('status-waiting', { before: 1 }), failed.note);
    dabir.engine.release();
    expect(await sara.ending(other.note)).toMatch(/^✓/);
    await sara.reads('now it works', failed.note);
    expect(await sara.ending(failed.note)).toMatch(/^✓/);
    expect(sara.answers(failed.note).filter(({ text }) => text === 'now it works')).toHaveLength(1);
    expect((await rows()).map(({ state }) => state)).toEqual(['COMPLETED', 'COMPLETED']);
  });

  test('a failed file can be given to an engine that the user picks', async () => {
    dabir.engine.next({ fails: new DabirError('engine_rejected', 'status 415') });
    const { note, status } = await sara.asksFor('tone.ogg', voice);
    expect(await sara.ending(note)).toBe(`✗ ${sara.word('error-engine_rejected')}`);
    expect(await sara.presses(status, sara.word('button-reopen'))).toBe(sara.word('answer-choose'));
    await sara.reads(sara.word('status-choosing'), note);
    await sara.presses(status, 'LOCAL');
    expect(await sara.ending(note)).toMatch(/^✓/);
  });

  test('a failed file is reopened once, however often the button is pressed, and by its own user only', async () => {
    dabir.engine.next({ fails: stays }, { holds: true });
    const { note, status } = await sara.asksFor('tone.ogg', voice);
    await sara.ending(note);
    const retry = sara.dataOf(status, sara.word('button-retry'));
    const omid = await dabir.person('Omid', language);
    const his = await omid.sends('tone.ogg', voice);
    const { message_id: hisStatus } = await omid.status(his);
    expect(await omid.forges(hisStatus, retry)).toBe(omid.word('answer-unknown'));
    expect(await sara.forges(status, retry)).toBe(sara.word('answer-started'));
    expect(await sara.forges(status, retry)).toBe(sara.word('answer-already'));
    await listening(2);
    dabir.engine.release();
    await until(async () => (await rows()).every(({ state }) => state === 'COMPLETED'));
  });
});
