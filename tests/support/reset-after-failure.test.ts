import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ScriptedDabir, startScriptedDabir } from './scripted-dabir.ts';
import { until } from './until.ts';

let dabir: ScriptedDabir;
beforeAll(async () => {
  dabir = await startScriptedDabir({ settings: { LEASE_SECONDS: '60' } });
});
afterAll(() => dabir.close());

const voice = { kind: 'voice' } as const;

test.fails('a test fails while it holds a file, with a script and a fault left', async () => {
  const sara = await dabir.person('Sara', 'en');
  dabir.engine.next({ holds: true }, { says: ['words for nobody else'] });
  await sara.asksFor('tone.ogg', voice);
  await until(() => dabir.engine.taken.length === 1);
  dabir.playground.faults.set('sendMessage', { kind: 'status', status: 500 });
  throw new Error('on purpose');
});

test('after a failed test the next one has a free worker, the usual words and a Telegram that works', async () => {
  const omid = await dabir.person('Omid', 'en');
  const { note } = await omid.asksFor('tone.ogg', voice);
  expect(await omid.ending(note)).toMatch(/^✓/);
  expect(omid.answers(note).some(({ text }) => text === 'سلام دنیا')).toBe(true);
});
