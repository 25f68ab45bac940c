import { join } from 'node:path';
import { expect, test } from 'vitest';
import { describeWithRedis } from '../support/redis.ts';
import { runScript } from '../support/run-script.ts';
import { temporaryDataDir } from '../support/started-dabir.ts';
import { type ChaosReport, type ChaosSettings, runChaos } from './driver.ts';

/** Settings of the short form; `npm run chaos -- --minutes 10` is the long one for a release. */
const short = {
  uploads: 120,
  seconds: 20,
  users: 25,
  floodSize: 12,
  workers: 3,
  bots: 2,
  blowMs: 700,
} satisfies Partial<ChaosSettings>;

/** Settings for a lane without its fence: about one of the three workers is paused at a time. */
const paused = { uploads: 60, seconds: 12, blowMs: 1_500 };

/** Settings for a lane without its slot, which any two files of one person show. */
const flooded = { uploads: 60, seconds: 4 };

/** Settings that are long enough for a blow or two that make workers deaf. */
const soon = { uploads: 30, seconds: 5, blowMs: 2_000 };

/** Timeout in ms: processes are slower on a loaded machine. */
const timeout = 240_000;

async function shortRun(
  settings: Pick<ChaosSettings, 'seed' | 'redis'> & Partial<ChaosSettings>,
): Promise<ChaosReport> {
  const folder = await temporaryDataDir();
  try {
    return await runChaos({ ...short, ...settings, dataDir: folder.path });
  } finally {
    await folder.remove();
  }
}

/** Runs `npm run chaos` with the short form's settings. */
async function shortCommand(settings: Partial<typeof short>, ...more: string[]) {
  const { uploads, seconds, users, floodSize, workers, bots, blowMs } = { ...short, ...settings };
  const flags = { uploads, users, flood: floodSize, workers, bots, blow: blowMs, minutes: seconds / 60 };
  const folder = await temporaryDataDir();
  try {
    const parameters = Object.entries(flags).flatMap(([name, value]) => [`--${name}`, String(value)]);
    return await runScript('chaos', [...parameters, '--folder', join(folder.path, 'chaos'), ...more]);
  } finally {
    await folder.remove();
  }
}

const brokenPromises = ({ violations }: ChaosReport) => new Set(violations.map(({ promise }) => promise));

test('with tokens on PostgreSQL, a fleet that is killed, paused, crashed and flooded keeps every promise', {
  timeout,
}, async () => {
  const { code, output } = await shortCommand({}, '--seed', '1404');
  expect(code, output).toBe(0);
  expect(output).toMatch(/│ violations +│ 0 +│/);
  expect(output).toMatch(new RegExp(`│ uploads +│ ${short.uploads} +│`));
  expect(output).toMatch(/│ kills in all +│ [1-9]\d* +│/);
  expect(output).toMatch(/│ bursts with one message +│ [1-9]\d* +│/);
});

describeWithRedis('the fleet', () => {
  test('with tokens on Redis, which is emptied, killed and out of memory, the fleet keeps every promise', {
    timeout,
  }, async () => {
    const report = await shortRun({ seed: 1417, redis: true });
    expect(report.violations).toEqual([]);
    expect(report.uploads).toBe(short.uploads);
    // In 20 s not every run has users who accept one document.
    expect(report.bursts.together + report.bursts.bundled).toBeGreaterThan(0);
    expect(Object.keys(report.blows).some((name) => name.startsWith('Redis'))).toBe(true);
  });

  test('the chaos run detects workers that go deaf when they start while Redis is down', {
    timeout,
  }, async () => {
    const report = await shortRun({ ...soon, seed: 1482, redis: true, broken: 'deaf' });
    expect(brokenPromises(report)).toContain('each living worker takes files');
  });
});

test.skipIf(process.platform === 'win32')(
  'the chaos run detects a lane without its fence (needs SIGSTOP)',
  { timeout },
  async () => {
    const report = await shortRun({ ...paused, seed: 1426, redis: false, broken: 'fence' });
    const seen = brokenPromises(report);
    expect(
      seen.has('no commit by who lost the file') || seen.has('nobody takes a taken file'),
      [...seen].join(', '),
    ).toBe(true);
  },
);

test('the chaos run detects a lane without its slot', { timeout }, async () => {
  const { code, output } = await shortCommand(flooded, '--seed', '1407', '--break', 'slot');
  expect(code, output).toBe(1);
  expect(output).toMatch(/BROKEN \d+ times: one active per person/);
});
