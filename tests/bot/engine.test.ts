import { afterEach, describe, expect, test } from 'vitest';
import type { EngineReadiness } from '../../src/domain/engine.ts';
import { DabirError } from '../../src/domain/errors.ts';
import { createAccountError } from '../../src/http/failures.ts';
import type { Person } from '../support/person.ts';
import { type ScriptedDabir, startScriptedDabir } from '../support/scripted-dabir.ts';
import { ScriptedEngine } from '../support/scripted-engine.ts';
import { until } from '../support/until.ts';

let dabir: ScriptedDabir;
afterEach(() => dabir.close());

async function startWith(readiness: EngineReadiness): Promise<void> {
  const engine = new ScriptedEngine();
  engine.becomes(readiness);
  dabir = await startScriptedDabir({ engine, others: [] });
}

const voice = { kind: 'voice' } as const;
const transcripts = ({ id }: Person) =>
  dabir.shared.database.transcript.count({ where: { transcription: { userId: id } } });

describe.each(['fa', 'en'])('an engine (%s)', (language) => {
  const percent = (number: number) => (language === 'fa' ? `${number.toLocaleString('fa')}٪` : `${number}%`);

  test('an engine that is being set up shows its progress, and the file starts by itself', async () => {
    await startWith({ state: 'preparing', stage: 'download', fraction: 0.25 });
    const sara = await dabir.person('Sara', language);
    const first = await sara.sends('tone.ogg', voice);
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

  test('a file waits when its engine is not there, and a refresh finds the engine later', async () => {
    await startWith({ state: 'unavailable', cause: 'python_missing', reason: 'no Python' });
    const sara = await dabir.person('Sara', language);
    const note = await sara.sends('tone.ogg', voice);
    const { message_id: status } = await sara.reads(sara.word('status-no-engine'), note);
    const [look, cancel] = [sara.word('button-refresh'), sara.word('button-cancel')];
    expect(sara.buttons(status)).toEqual([look, cancel]);
    expect(await sara.presses(status, look)).toBe(sara.word('answer-still-none'));
    expect(sara.buttons(status)).toEqual([look, cancel]);

    dabir.engine.becomes({ state: 'ready' });
    // There is no choice, so the file starts.
    await until(async () => {
      if (sara.buttons(status).includes(look)) await sara.presses(status, look);
      return !sara.buttons(status).includes(look);
    });
    expect(await sara.ending(note)).toMatch(/^✓/);
  });

  test('an only engine does not start by itself where the user last chose another one', async () => {
    await startWith({ state: 'ready' });
    const sara = await dabir.person('Sara', language);
    await sara.ending(await sara.sends('tone.ogg', voice));
    await dabir.shared.database.setting.update({ where: { userId: sara.id }, data: { lastEngine: 'vira' } });
    const note = await sara.sends('tone.ogg', voice);
    await sara.reads(sara.word('status-choosing-only', { engine: '\u2068LOCAL\u2069' }), note);
    await sara.chooses(note);
    await sara.ending(note);
  });

  test('an engine that disappears during the choice is reported, and a refresh is offered', async () => {
    await startWith({ state: 'ready' });
    const sara = await dabir.person('Sara', language);
    await sara.says('/queue');
    await sara.reads(sara.word('queue-empty'));
    await dabir.shared.database.setting.create({ data: { userId: sara.id, lastEngine: 'vira' } });
    const note = await sara.sends('tone.ogg', voice);
    const { message_id: status } = await sara.status(note);
    dabir.engine.becomes({ state: 'unavailable', cause: 'closing', reason: 'gone' });
    await until(async () => (await dabir.shared.reports.offers()).length === 0);
    // The bot reads the same cache of offers, which is empty from here on.
    expect(await sara.presses(status, 'LOCAL')).toBe(sara.word('answer-engine-gone'));
    await sara.reads(sara.word('status-no-engine'), note);
    expect(sara.buttons(status)).toContain(sara.word('button-refresh'));
  });

  test('an engine that fails twice and then works is retried visibly, and gives one transcript', async () => {
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

  test('an engine that fails for good or refuses the file is reported in a sentence, and the next file continues', async () => {
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
    // The operators' wording of the error is for the log, never for users.
    expect(JSON.stringify(sara.answers())).not.toContain('from the service');
  });

  test('an engine without credit is tried once; the file is not blamed, and the user can continue in two ways', async () => {
    await startWith({ state: 'ready' });
    const sara = await dabir.person('Sara', language);
    dabir.engine.next({ fails: createAccountError('the service answered 402: top up at example.com') });
    const { note, status } = await sara.asksFor('tone.ogg', voice);
    expect(await sara.ending(note)).toBe(`✗ ${sara.word('error-engine_account')}`);
    expect(dabir.engine.taken).toHaveLength(1);
    expect(sara.buttons(status)).toEqual([sara.word('button-retry'), sara.word('button-reopen')]);
    expect(JSON.stringify(sara.answers())).not.toContain('402');

    await sara.presses(status, sara.word('button-retry'));
    await until(() => dabir.engine.taken.length === 2);
    await sara.reads('سلام دنیا', note);
  });
});
