/** The files of .github cannot be run here; what can be checked is that they parse and name only what exists. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { stagesOf } from '../deploy/dockerfile.ts';

const checkout = fileURLToPath(new URL('../../', import.meta.url));
const read = (name: string) => readFileSync(join(checkout, name), 'utf8');
const yamlIn = (folder: string) =>
  readdirSync(join(checkout, folder))
    .filter((name) => name.endsWith('.yml'))
    .map((name) => `${folder}/${name}`);

type Step = { readonly uses?: string; readonly run?: string };
type Job = {
  readonly uses?: string;
  readonly needs?: string | readonly string[];
  readonly steps?: readonly Step[];
  readonly strategy?: { readonly matrix?: { readonly include?: readonly { readonly target?: string }[] } };
};
type Workflow = { readonly on: object; readonly jobs: Readonly<Record<string, Job>> };

const workflows = yamlIn('.github/workflows').map((file) => ({ file, ...(parse(read(file)) as Workflow) }));
const jobs = workflows.flatMap(({ file, jobs }) =>
  Object.entries(jobs).map(([name, job]) => ({ name: `${file}, ${name}`, job })),
);
const commands = jobs.flatMap(({ job }) => (job.steps ?? []).flatMap(({ run }) => run ?? []));
const scripts = (JSON.parse(read('package.json')) as { scripts: Record<string, string> }).scripts;

describe('the workflows', () => {
  test('the workflows have jobs with steps, or call a workflow that is there', () => {
    expect(workflows.length).toBeGreaterThan(1);
    for (const { name, job } of jobs) {
      if (job.uses === undefined) expect(job.steps?.length, name).toBeGreaterThan(0);
      else expect(existsSync(join(checkout, job.uses)), `${name}: ${job.uses}`).toBe(true);
    }
  });

  test('the workflows wait only for jobs that exist', () => {
    const needed = workflows.flatMap(({ file, jobs }) =>
      Object.values(jobs).flatMap(({ needs }) => [needs ?? []].flat().map((name) => ({ file, jobs, name }))),
    );
    expect(needed.length).toBeGreaterThan(0);
    for (const { file, jobs, name } of needed) expect(Object.keys(jobs), file).toContain(name);
  });

  test('the workflows pin every action to a version', () => {
    const used = jobs.flatMap(({ job }) => (job.steps ?? []).flatMap(({ uses }) => uses ?? []));
    expect(used.length).toBeGreaterThan(5);
    expect(used.filter((action) => !/^[\w-]+\/[\w-]+@v\d+(\.\d+)*$/.test(action))).toEqual([]);
  });

  test('the workflows run only npm scripts that package.json has', () => {
    const run = commands.flatMap((text) =>
      [...text.matchAll(/\bnpm run ([\w:-]+)/g)].map(([, name = '']) => name),
    );
    expect(run).toContain('check');
    expect(run.filter((name) => !(name in scripts))).toEqual([]);
  });

  test('the workflows name only files and folders of this checkout', () => {
    const path = /(?<![\w./$-])(?:\.ci|\.env\.example|tests|deploy|docs|scripts)(?:\/[\w./-]*[\w-])?/g;
    const named = workflows.flatMap(({ file }) => [...read(file).matchAll(path)].map(([name]) => name));
    expect(named).toContain('.ci/run');
    expect(named.filter((name) => !existsSync(join(checkout, name)))).toEqual([]);
  });

  test('the workflows build only targets that the Dockerfile has', () => {
    const stages = stagesOf(read('Dockerfile')).map(({ name }) => name);
    const targets = jobs.flatMap(({ job }) =>
      (job.strategy?.matrix?.include ?? []).flatMap(({ target }) => target ?? []),
    );
    expect(targets).toEqual(['remote', 'local']);
    for (const target of targets) expect(stages).toContain(target);
  });
});

test('compose.yml has the lines that a release replaces by published images', () => {
  const lines = read('compose.yml').split('\n');
  expect(lines.filter((line) => /^ +image: dabir(-local)?$/.test(line))).toHaveLength(2);
  expect(lines.filter((line) => /^ +build: /.test(line))).toHaveLength(2);
  expect(lines.filter((line) => /^ +build:$/.test(line))).toEqual([]);
});

test('dependabot looks after npm, actions and images', () => {
  const { updates } = parse(read('.github/dependabot.yml')) as {
    updates: { 'package-ecosystem': string; directory: string }[];
  };
  const ecosystems = updates.map((update) => update['package-ecosystem']);
  expect(ecosystems).toEqual(['npm', 'github-actions', 'docker', 'docker-compose']);
  for (const { directory } of updates) expect(directory).toBe('/');
});

test('every issue form asks something, and no two fields have the same id', () => {
  const forms = yamlIn('.github/ISSUE_TEMPLATE').filter((name) => !name.endsWith('config.yml'));
  expect(forms.length).toBeGreaterThan(1);
  for (const file of forms) {
    const form = parse(read(file)) as { name: string; description: string; body: { id?: string }[] };
    expect(form.name.length * form.description.length, file).toBeGreaterThan(0);
    const ids = form.body.flatMap(({ id }) => id ?? []);
    expect(ids.length, file).toBeGreaterThan(1);
    expect(new Set(ids).size, file).toBe(ids.length);
  }
});
