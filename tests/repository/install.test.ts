import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { stagesOf } from '../deploy/dockerfile.ts';

const read = (name: string) => readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8');
const manifest = JSON.parse(read('package.json')) as {
  engines: { node: string };
  scripts: Record<string, string>;
  dependencies: Record<string, string>;
  devDependencies: Record<string, string>;
};

test('a production install brings the Node that runs its TypeScript, so the machine’s own may be as old as README says', () => {
  // `npm ci --omit=dev` runs this script with the first `node` on its path, node_modules/.bin.
  expect(manifest.scripts['postinstall']).toMatch(/^node .*\.ts$/);
  expect(manifest.dependencies).toHaveProperty('node');
  expect(manifest.devDependencies).not.toHaveProperty('node');
  const [, oldest] = /\[Node\.js\]\(https:\/\/nodejs\.org\) (\d+) or newer/.exec(read('README.md')) ?? [];
  expect(manifest.engines.node).toBe(`>=${oldest}`);
});

test('images run on the same Node, and contain it once', () => {
  const bases = stagesOf(read('Dockerfile')).flatMap(({ base }) => /^node:([\d.]+)-/.exec(base)?.[1] ?? []);
  expect(new Set(bases)).toEqual(new Set([manifest.dependencies['node']]));
  expect(read('Dockerfile')).toMatch(/rm -rf .*node_modules\/node /);
});
