import { describe, expect, test } from 'vitest';
import { renderHealthSummary } from '../../src/admin/system/summary-view.ts';
import { loadTexts } from '../../src/texts/texts.ts';
import { engineReading, quietReadings } from '../support/readings.ts';

const hour = 3600;
const texts = loadTexts();

/** Renders the summary as an admin sees it. */
async function summary(change: Parameters<typeof quietReadings>[0]): Promise<string> {
  const say = (key: string, variables = {}) => texts('en', key, variables);
  const view = { language: 'en', say, base: '/admin', timeZone: 'UTC' };
  return String(await renderHealthSummary(view as never, texts, quietReadings(change), []));
}

/** Returns the colour of the headline, and those of the figures that are not green. */
function colours(page: string) {
  const [headline] = [...page.matchAll(/class="summary" data-health="(\w+)"/g)].map((found) => found[1]);
  const facts = [...page.matchAll(/data-fact="(\w+)" data-health="(\w+)"/g)];
  expect(facts).toHaveLength(6);
  return {
    headline,
    facts: Object.fromEntries(
      facts.map(([, name, health]) => [name, health]).filter(([, health]) => health !== 'well'),
    ),
  };
}

const resting = (openSeconds: number) =>
  engineReading('local', {
    workers: { ready: 0, preparing: 0, resting: 1, paused: 0, unavailable: 0 },
    ...{ openCircuits: 1, circuitOpenSeconds: openSeconds, pending: 1 },
  });
const paused = engineReading('local', {
  workers: { ready: 0, preparing: 0, resting: 0, paused: 1, unavailable: 0 },
});

describe('the colour of the headline is that of the worst figure', () => {
  test.each([
    ['a fresh backup', { backupSeconds: hour }, 'well', {}],
    ['no backup yet', { backupSeconds: null }, 'warning', { backup: 'warning' }],
    ['a backup that is a little late', { backupSeconds: 30 * hour }, 'warning', { backup: 'warning' }],
    ['an old backup', { backupSeconds: 72 * hour }, 'failed', { backup: 'failed' }],
    ['a paused engine', { backupSeconds: hour, engines: [paused] }, 'warning', { paused: 'warning' }],
    [
      'a circuit that is open',
      { backupSeconds: hour, engines: [resting(60)] },
      'warning',
      { circuits: 'warning' },
    ],
    [
      'one that stays open',
      { backupSeconds: hour, engines: [resting(hour)] },
      'failed',
      { circuits: 'failed' },
    ],
    [
      'no backup, and answers that wait',
      { backupSeconds: null, answers: { unsent: 3, oldestSeconds: hour } },
      'failed',
      { backup: 'warning', answers: 'failed' },
    ],
  ])('the headline has the colour of the worst figure: %s', async (_, readings, headline, facts) => {
    expect(colours(await summary(readings))).toEqual({ headline, facts });
  });
});

test('a backup that was never made is a warning that names the command', async () => {
  const page = await summary({ backupSeconds: null });
  expect(page).toContain('Everything is running, but check these:');
  expect(page).toMatch(/<li data-warning="backup">.*No backup yet.*npm run backup/s);
  expect(page).not.toContain('All is well');
});

test('without a standstill and a warning all is well', async () => {
  const page = await summary({ backupSeconds: hour });
  expect(page).toContain('All is well');
  expect(page).not.toContain('<li');
});
