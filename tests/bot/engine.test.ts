import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, test } from 'vitest';
import type { EngineReadiness } from '../../src/domain/engine.ts';
import { DabirError } from '../../src/domain/errors.ts';
import { accountFailure } from '../../src/engines/http/failures.ts';
import type { Person } from '../support/person.ts';
import { type ScriptedDabir, startScriptedDabir } from '../support/scripted-dabir.ts';
import { ScriptedEngine } from '../support/scripted-engine.ts';
import { until } from '../support/until.ts';

let dabir: ScriptedDabir;
afterEach(() => dabir.close());

async function startWith(readiness: EngineReadiness): Promise<void> {
  const engine = new ScriptedEngine();
  engine.becomes(readiness);
  dabir = await startScriptedDabir({ engine });
}

const voice = { kind: 'voice' } as const;
const transcripts = ({ id }: Person) =>
  dabir.shared.database.transcript.count({ where: { transcription: { userId: id } } });

describe.each(['fa', 'en'])('the engine (%s)', (language) => {
  const percent = (number: number) => (language === 'fa' ? `${number.toLocaleString('fa')}٪` : `${number}%`);

  test('is being set up: the person sees how far, and the file starts by itself', async () => {
    await startWith({ state: 'preparing', stage: 'download', fraction: 0.25 });
    const sara = await dabir.person('Sara', language);
    const first = await sara.sends('tone.ogg', voice);
    const { message_id: status, text } = await sara.status(first);
    expect(text).toContain(sara.word('status-choosing-preparing', { engine: '\u2068LOCAL\u2069' }));
    await sara.presses(status, 'LOCAL');
    const stage = (name: string) =>
      sara.word('status-preparing', { stage: sara.word(`stage-prepare-${name}`) });
    expect((await sara.reads(stage('download'), first)).text).toContain(percent(25));

    const second = await sara.asksFor('tone.ogg', voice);
    await sara.reads(sara.word('status-waiting', { before: 1 }), second.note);
    dabir.engine.becomes({ state: 'preparing', stage: 'install', fraction: 0.75 });
    expect((await sara.reads(stage('install'), first)).text).toContain(percent(75));
    expect(dabir.engine.taken).toEqual([]);

    dabir.engine.becomes({ state: 'ready' });
    for (const note of [first, second.note]) expect(await sara.ending(note)).toMatch(/^✓/);
  });

  test('is not there: the file is kept, and a second look finds the engine', async () => {
    await startWith({ state: 'unavailable', reason: 'no Python' });
    const sara = await dabir.person('Sara', language);
    const note = await sara.sends('tone.ogg', voice);
    const { message_id: status } = await sara.reads(sara.word('status-no-engine'), note);
    const [look, cancel] = [sara.word('button-refresh'), sara.word('button-cancel')];
    expect(sara.buttons(status)).toEqual([look, cancel]);
    expect(await sara.presses(status, look)).toBe(sara.word('answer-still-none'));
    expect(sara.buttons(status)).toEqual([look, cancel]);

    dabir.engine.becomes({ state: 'ready' });
    await until(async () => {
      if (sara.buttons(status).includes(look)) await sara.presses(status, look);
      return sara.buttons(status).some((button) => button.includes('LOCAL'));
    });
    await sara.presses(status, 'LOCAL');
    expect(await sara.ending(note)).toMatch(/^✓/);
  });

  test('goes away while the person is choosing: they are told, and may look again', async () => {
    await startWith({ state: 'ready' });
    const sara = await dabir.person('Sara', language);
    const note = await sara.sends('tone.ogg', voice);
    const { message_id: status } = await sara.status(note);
    dabir.engine.becomes({ state: 'unavailable', reason: 'gone' });
    await until(async () => (await dabir.shared.reports.offers()).length === 0);
    // The bot asks the database once in a second at most.
    await sleep(1_100);
    expect(await sara.presses(status, 'LOCAL')).toBe(sara.word('answer-engine-gone'));
    await sara.reads(sara.word('status-no-engine'), note);
    expect(sara.buttons(status)).toContain(sara.word('button-refresh'));
  });

  test('fails twice, then works: the person sees that it is tried again, and gets one transcript', async () => {
    await startWith({ state: 'ready' });
    const sara = await dabir.person('Sara', language);
    const fails = new DabirError('engine_failed', 'status 503 from the service');
    dabir.engine.next({ fails }, { fails });
    const { note, status } = await sara.asksFor('tone.ogg', voice);
    expect(await sara.ending(note)).toMatch(/^✓/);
    const tryingAgain = sara.word('status-retrying', {
      reason: sara.word('error-engine_failed'),
      seconds: 1,
    });
    expect(sara.looks(status)).toContain(tryingAgain);
    expect(dabir.engine.taken).toHaveLength(3);
    expect(await transcripts(sara)).toBe(1);
    expect(sara.answers(note).filter(({ text }) => text === 'سلام دنیا')).toHaveLength(1);
  });

  test('fails for good, or refuses the file: a sentence, and the next file goes on', async () => {
    await startWith({ state: 'ready' });
    const sara = await dabir.person('Sara', language);
    const fails = new DabirError('engine_failed', 'status 503 from the service');
    const refuses = new DabirError('engine_rejected', 'status 415 from the service');
    dabir.engine.next({ fails }, { fails }, { fails }, { fails: refuses });
    const [failed, refused, fine] = [
      await sara.asksFor('tone.ogg', voice),
      await sara.asksFor('tone.ogg', voice),
      await sara.asksFor('tone.ogg', voice),
    ];
    expect(await sara.ending(failed.note)).toBe(`✗ ${sara.word('error-engine_failed')}`);
    expect(sara.buttons(failed.status)).toEqual([sara.word('button-retry'), sara.word('button-reopen')]);
    expect(await sara.ending(refused.note)).toBe(`✗ ${sara.word('error-engine_rejected')}`);
    expect(sara.buttons(refused.status)).toEqual([sara.word('button-reopen')]);
    expect(await sara.ending(fine.note)).toMatch(/^✓/);
    expect(dabir.engine.taken).toHaveLength(5);
    expect(await transcripts(sara)).toBe(1);
    // What went wrong in words for operators is for the log, never for people.
    expect(JSON.stringify(sara.answers())).not.toContain('from the service');
  });

  test('has no credit left: tried once, the file is not to blame, and the person may go on either way', async () => {
    await startWith({ state: 'ready' });
    const sara = await dabir.person('Sara', language);
    dabir.engine.next({ fails: accountFailure('the service answered 402: top up at example.com') });
    const { note, status } = await sara.asksFor('tone.ogg', voice);
    expect(await sara.ending(note)).toBe(`✗ ${sara.word('error-engine_unavailable')}`);
    expect(dabir.engine.taken).toHaveLength(1);
    expect(sara.buttons(status)).toEqual([sara.word('button-retry'), sara.word('button-reopen')]);
    expect(JSON.stringify(sara.answers())).not.toContain('402');

    await sara.presses(status, sara.word('button-retry'));
    await until(() => dabir.engine.taken.length === 2);
    await until(() => sara.answers(note).some(({ text }) => text?.startsWith('✓')));
  });
});
