/**
 * Compares the lane on a real database with its model: random bots, workers, users and hours, one call after
 * another and two at once. After every step both must have answered alike and be in the same state.
 *
 * The short form is part of `npm test`. LANE_MODEL takes parameters of fast-check as JSON: a long form is
 * `LANE_MODEL='{"numRuns": 5000}' npx vitest run tests/store/lane-model`, and a failure is repeated with the
 * seed and the path that it prints, `LANE_MODEL='{"seed": 1, "path": "2:3"}'`.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isAllowedMove } from '../../../src/domain/transcription.ts';
import { createLanes } from '../../../src/store/lanes.ts';
import { rules as breakable, breakRule } from '../../chaos/broken-rules.ts';
import { freshDatabase } from '../../support/databases.ts';
import { openTestDatabase } from '../../support/test-database.ts';
import { commands, type Real } from './commands.ts';
import { rules } from './model.ts';
import { empty, modelPictures, movesMade } from './pictures.ts';
import { Model, Outside } from './world.ts';

const given = JSON.parse(process.env['LANE_MODEL'] ?? '{}') as fc.Parameters<unknown>;
const hourMs = 3_600_000;

test('property: the lane behaves as its model', { timeout: Number.POSITIVE_INFINITY }, async () => {
  await withLanes(async (real) => {
    await fc.assert(agreement(real), { numRuns: 150, ...given });
  });
});

test.each(breakable)('without its rule about the %s the lane differs from its model', async (rule) => {
  await withLanes(async (real, url) => {
    await breakRule(url, rule);
    const { failed } = await fc.check(agreement(real), { numRuns: 200, endOnFailure: true });
    expect(failed).toBe(true);
  });
});

/**
 * Returns the property that model and database agree for any history of one to three users and their files.
 */
function agreement(real: Real) {
  const steps = fc.commands(commands, { maxCommands: 80, size: 'max' });
  return fc.asyncProperty(fc.integer({ min: 1, max: 3 }), steps, async (userCount, happening) => {
    await empty(real.database);
    const users = Array.from({ length: userCount }, (_, index) => index + 1);
    const model = new Model(users);
    const world = { model, outside: new Outside(users), pictures: modelPictures(model) };
    await fc.asyncModelRun(() => ({ model: world, real }), happening);
    for (const { from, to } of await movesMade(real.database)) expect(isAllowedMove(from, to)).toBe(true);
  });
}

/** Runs `work` on a fresh database with the lane's functions, under the model's rules. */
async function withLanes(work: (real: Real, url: string) => Promise<void>): Promise<void> {
  const { url, drop } = await freshDatabase();
  const database = openTestDatabase(url, 4);
  try {
    const lanes = createLanes(database, {
      jobLeaseMs: rules.leaseHours * hourMs,
      dispatchMs: rules.dispatchHours * hourMs,
      maxLosses: rules.losses,
      firstLossBackoffMs: rules.firstLossBackoffHours * hourMs,
      maxOpenFiles: rules.openFiles,
      maxOpenMinutes: rules.openSeconds / 60,
      minutesADay: null,
      minutesAMonth: null,
      timeZone: 'Asia/Tehran',
      historyMs: hourMs,
    });
    await work({ lanes, database }, url);
  } finally {
    await database.close();
    await drop();
  }
}
