import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AlertCase, alertCases } from './alert-cases.ts';

const run = promisify(execFile);
const rulesFile = fileURLToPath(new URL('../../docs/operations/alerts.yml', import.meta.url));

const hasPromtool = await run('promtool', ['--version']).then(
  () => true,
  () => false,
);
const isRequired = process.env['DABIR_REQUIRE_ALL'] === '1';

test('every alert has series under which it fires, and others under which it does not', async () => {
  const rules = await readFile(rulesFile, 'utf8');
  const alerts = [...rules.matchAll(/^ +- alert: (\w+)$/gm)].map(([, name]) => name);
  expect(Object.keys(alertCases).toSorted()).toEqual(alerts.toSorted());
  for (const { quiet } of Object.values(alertCases)) expect(quiet.length).toBeGreaterThan(0);
});

test('every alert is explained in the documentation', async () => {
  const guide = await readFile(new URL('../../docs/operations/monitoring.md', import.meta.url), 'utf8');
  expect(Object.keys(alertCases).filter((name) => !guide.includes(`\`${name}\``))).toEqual([]);
});

describe.skipIf(!hasPromtool && !isRequired)('the alerts in Prometheus (promtool)', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'dabir-alerts-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  test('the alerts in Prometheus have valid rules', async () => {
    const { stdout } = await run('promtool', ['check', 'rules', rulesFile]);
    expect(stdout).toContain(`SUCCESS: ${Object.keys(alertCases).length} rules found`);
  });

  test.each(Object.entries(alertCases))(
    'the alerts in Prometheus include %s, which fires when it should, and only then',
    async (name, alert) => {
      const file = join(folder, `${name}.json`);
      // JSON is YAML as well.
      await writeFile(file, JSON.stringify({ rule_files: [rulesFile], tests: promtoolTests(name, alert) }));
      const { code, output } = await run('promtool', ['test', 'rules', file]).then(
        () => ({ code: 0, output: '' }),
        (error) => ({ code: error.code, output: `${error.stdout}${error.stderr}` }),
      );
      expect({ code, output }).toEqual({ code: 0, output: '' });
    },
  );
});

function promtoolTests(
  name: string,
  { firing, after, labels, severity, summary, quiet }: AlertCase,
): object[] {
  const series = (values: Readonly<Record<string, string>>) =>
    Object.entries(values).map(([series, values]) => ({ series, values }));
  const fires = { exp_labels: { ...labels, severity }, exp_annotations: { summary } };
  return [
    {
      name: 'fires',
      interval: '1m',
      input_series: series(firing),
      alert_rule_test: [{ eval_time: `${after}m`, alertname: name, exp_alerts: [fires] }],
    },
    ...quiet.map((values, place) => ({
      name: `quiet ${place}`,
      interval: '1m',
      input_series: series(values),
      // At each minute: an alert that comes and goes is a false one.
      alert_rule_test: Array.from({ length: after + 1 }, (_, minute) => ({
        eval_time: `${minute}m`,
        alertname: name,
        exp_alerts: [],
      })),
    })),
  ];
}
