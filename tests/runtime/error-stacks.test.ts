import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { DabirError } from '../../src/domain/errors.ts';
import { loadConfig } from '../../src/runtime/config.ts';
import { createLogger } from '../../src/runtime/log.ts';
import { createPeriodicWork } from '../../src/runtime/periodic-work.ts';
import type { Person } from '../support/person.ts';
import { type ScriptedDabir, startScriptedDabir, token } from '../support/scripted-dabir.ts';
import { until } from '../support/until.ts';

/** Errors that the bot's database calls throw next, one for each upload. */
const submitFails: Error[] = [];

let dabir: ScriptedDabir;
let sara: Person;

beforeAll(async () => {
  vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  dabir = await startScriptedDabir({
    createLog: (lines, config) => createLogger(config, 'test', (line) => lines.push(line)),
    lanes: (real) => ({
      ...real,
      async submit(upload, wishes) {
        const error = submitFails.shift();
        if (error !== undefined) throw error;
        return real.submit(upload, wishes);
      },
    }),
  });
});
afterAll(async () => {
  await dabir.close();
  vi.restoreAllMocks();
});
beforeEach(async () => {
  sara = await dabir.person('Sara', 'en');
});

type Line = {
  readonly level: number;
  readonly msg: string;
  readonly cause?: string;
  readonly err?: { readonly type: string; readonly stack: string };
};

/** Returns the lines that mention the words. */
const linesAbout = (words: string): Line[] =>
  dabir.logged.filter((line) => line.includes(words)).map((line) => JSON.parse(line) as Line);

/** Expects that exactly one line has a stack, and that it names this file and no secret. */
function expectOneStack(words: string): void {
  const withStack = linesAbout(words).filter(({ err }) => err !== undefined);
  expect(withStack).toMatchObject([
    { level: 50, err: { type: 'TypeError', stack: expect.stringContaining('error-stacks.test.ts') } },
  ]);
  expect(withStack[0]?.cause).toBe(`${words} [secret]`);
  expect(dabir.logged.join('')).not.toContain(token.split(':')[1]);
}

test('a TypeError in an engine is logged once with its stack, without the token in its message', async () => {
  dabir.engine.next({ fails: new TypeError(`the engine read ${token}`) });
  const { note } = await sara.asksFor('tone.ogg', { kind: 'voice' });
  expect(await sara.ending(note)).toMatch(/^✓/);
  expectOneStack('the engine read');
});

test('a TypeError in a handler is logged once with its stack, without the token in its message', async () => {
  submitFails.push(new TypeError(`the handler read ${token}`));
  const { note } = await sara.asksFor('tone.ogg', { kind: 'voice' });
  expect(await sara.ending(note)).toMatch(/^✓/);
  expectOneStack('the handler read');
});

test('a TypeError in periodic work is logged once with its stack, without the token in its message', async () => {
  const log = createLogger(loadConfig({ BOT_TOKEN: token }), 'test', (line) => dabir.logged.push(line));
  const periodic = createPeriodicWork(log);
  periodic.every('test', 60_000, async () => {
    throw new TypeError(`the round read ${token}`);
  });
  await until(() => linesAbout('the round read').length > 0);
  await periodic.stop();
  expectOneStack('the round read');
});

test('an engine that answers with an error is logged without a stack', async () => {
  dabir.engine.next({ fails: new DabirError('engine_failed', 'the service answered 500') });
  const { note } = await sara.asksFor('tone.ogg', { kind: 'voice' });
  expect(await sara.ending(note)).toMatch(/^✓/);
  const lines = linesAbout('the service answered 500');
  expect(lines.length).toBeGreaterThan(0);
  expect(lines.filter(({ err }) => err !== undefined)).toEqual([]);
});
