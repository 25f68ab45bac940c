/**
 * Mutation tests of the SQL routines: `npm run mutate -- lane_claim lane_finish --sample 12 --seed 1`. Changes one place of a
 * routine at a time in the database that tests copy, and runs the tests of the lane until one fails. A change that none
 * notices survives, and is printed. Without names it takes the routines of the lane; without --sample all mutants.
 */
import { parseArgs } from 'node:util';
import { createVitest, type TestModule } from 'vitest/node';
import { readRoutines } from '../../scripts/routines.ts';
import { templateName, withDatabase } from '../support/databases.ts';
import { type Mutant, mutantsOf } from './sql-mutants.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    sample: { type: 'string' },
    seed: { type: 'string', default: '1' },
    runs: { type: 'string', default: '40' },
    line: { type: 'string' },
    tests: { type: 'string', default: '' },
    out: { type: 'string' },
  },
});

/** Test files in the order in which they run: those that kill most mutants in the shortest time first. */
const stages = [
  ['tests/store/lanes.test.ts'],
  ['tests/store/limits.test.ts', 'tests/store/deliveries.test.ts', 'tests/store/depth.test.ts'],
  ['tests/store/lane-model/lane-model.test.ts'],
  ...values.tests.split(',').flatMap((file) => (file === '' ? [] : [[file]])),
];
const lane =
  /^(lane_(?!token)|quota_refusal|record_(depth|since|state_change)|delivery_|open_seconds|is_(joined|open)|joined_deliveries|group_submit|engine_chosen|choosing_unshown|loss_rest|forget_losses|depth_fold|keep_ended_file)/;

/** Time after which a mutant counts as killed, in ms: one that makes a test wait for ever is noticed. */
const maxStageMs = 90_000;

process.env['LANE_MODEL'] ??= JSON.stringify({ numRuns: Number(values.runs), seed: 1, endOnFailure: true });
const vitest = await createVitest('test', {
  watch: false,
  bail: 1,
  maxWorkers: 1,
  testTimeout: 15_000,
  // These tests break rules of the database themselves.
  testNamePattern: /^(?!without its rule)/,
  reporters: [{}],
});
try {
  await main();
} finally {
  await vitest.close();
}

async function main(): Promise<void> {
  const sound = await killer(stages.flat());
  if (sound !== null) throw new Error(`fails without a mutant: ${sound}`);
  const url = new URL(vitest.getRootProject().getProvidedContext().postgresUrl);
  url.pathname = `/${templateName}`;
  const define = (text: string) => withDatabase(url.href, (client) => client.query(text));
  let [allKilled, all] = [0, 0];
  for (const [name, text] of await readRoutines()) {
    if (positionals.length > 0 ? !positionals.includes(name) : !lane.test(name)) continue;
    const mutants = mutantsOf(text).filter(({ line }) => !values.line || values.line.split(',').includes(String(line)));
    const chosen = values.sample ? sample(mutants, Number(values.sample), Number(values.seed)) : mutants;
    let [killed, valid] = [0, 0];
    const begun = performance.now();
    for (const mutant of chosen) {
      const what = `${name}:${mutant.line} ${mutant.operator}: ${mutant.from} => ${mutant.to || '(nothing)'}`;
      try {
        await define(mutant.text);
      } catch (error) {
        console.log(`  invalid   ${what} (${(error as Error).message})`);
        continue;
      }
      valid += 1;
      const by = await firstKiller();
      if (by === null) console.log(`  SURVIVED  ${what}`);
      else {
        killed += 1;
        console.log(`  killed    ${what} (${by})`);
      }
    }
    await define(text);
    [allKilled, all] = [allKilled + killed, all + valid];
    const seconds = Math.round((performance.now() - begun) / 1_000);
    console.log(`${name}: ${killed} of ${valid} killed, of ${mutants.length} mutants, ${seconds} s`);
  }
  console.log(`all: ${allKilled} of ${all} killed, ${Math.round((100 * allKilled) / all)} %`);
}

async function firstKiller(): Promise<string | null> {
  for (const files of stages) {
    const by = await killer(files);
    if (by !== null) return by;
  }
  return null;
}

/** Runs test files. @returns the title of the first test that failed, or null */
async function killer(files: readonly string[]): Promise<string | null> {
  const project = vitest.getRootProject();
  const specifications = files.map((file) => project.createSpecification(`${vitest.config.root}/${file}`));
  const watchdog = setTimeout(() => void vitest.cancelCurrentRun('test-failure'), maxStageMs);
  const begun = performance.now();
  const { testModules } = await vitest.runTestSpecifications(specifications);
  clearTimeout(watchdog);
  if (performance.now() - begun > maxStageMs) return 'no end';
  return failure(testModules);
}

function failure(modules: readonly TestModule[]): string | null {
  for (const module of modules) {
    for (const test of module.children.allTests('failed')) return test.fullName;
    if (!module.ok()) return `${module.relativeModuleId}: ${module.errors()[0]?.message}`;
  }
  return null;
}

/** Chooses mutants with a seed, of every operator in turn, so that rare kinds of change are among them. */
function sample(mutants: readonly Mutant[], count: number, seed: number): Mutant[] {
  let state = seed;
  const random = () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fff_ffff;
    return state / 0x8000_0000;
  };
  const byOperator = Map.groupBy(
    mutants.map((mutant) => ({ mutant, at: random() })).toSorted((a, b) => a.at - b.at),
    ({ mutant }) => mutant.operator,
  );
  const ranked = [...byOperator.values()].flatMap((group) => group.map(({ mutant }, rank) => ({ mutant, rank })));
  const chosen = ranked.toSorted((a, b) => a.rank - b.rank).slice(0, count);
  return chosen.map(({ mutant }) => mutant).toSorted((a, b) => a.line - b.line);
}
