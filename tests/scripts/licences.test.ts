import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { collect, readSources, type Sources } from '../../scripts/licences/collect.ts';
import { licencePage, notice } from '../../scripts/licences/page.ts';
import { isAllowed } from '../../scripts/licences/spdx.ts';
import { containerWhitelist } from '../../src/media/child/containers.ts';

const checkout = fileURLToPath(new URL('../..', import.meta.url));
const sources = readSources(checkout);

/** Returns the problems that the check finds when one more package is in the lock file. */
function problemsWith(path: string, entry: object): readonly string[] {
  const lock = JSON.parse(sources.packageLock);
  lock.packages[path] = entry;
  return collect({ ...sources, packageLock: JSON.stringify(lock) }).problems;
}

const problemsOf = (changed: Partial<Sources>) => collect({ ...sources, ...changed }).problems;

test('this checkout’s dependencies have no problems on any system', () => {
  const { dependencies, problems } = collect(sources);
  expect(problems).toEqual([]);
  const names = dependencies.map(({ name }) => name);
  for (const system of ['darwin-arm64', 'linux-arm64', 'linux-x64', 'win32-x64-msvc']) {
    expect(names).toContain(`@seydx/node-av-${system}`);
  }
});

test('docs/licences.md and NOTICE are up to date', () => {
  const { dependencies } = collect(sources);
  const read = (name: string) => readFileSync(join(checkout, name), 'utf8').replaceAll('\r\n', '\n');
  expect(read('docs/licences.md')).toBe(licencePage(dependencies));
  expect(read('NOTICE')).toBe(notice(dependencies));
});

describe('the check fails on', () => {
  test('the licence check fails on an npm package under the GPL, also deep in the tree and for development', () => {
    for (const path of ['node_modules/copyleft', 'node_modules/pg/node_modules/copyleft']) {
      for (const dev of [false, true]) {
        expect(problemsWith(path, { version: '1.0.0', license: 'GPL-3.0-or-later', dev })).toEqual([
          'npm package copyleft@1.0.0: its licence (GPL-3.0-or-later) is not on the list',
        ]);
      }
    }
  });

  test('the licence check fails on an npm package without a licence', () => {
    expect(problemsWith('node_modules/nameless', { version: '1.0.0' })).toEqual([
      'npm package nameless@1.0.0: its licence (unknown) is not on the list',
    ]);
  });

  test('the licence check fails on another version of a package that was reviewed', () => {
    expect(problemsWith('node_modules/lightningcss', { version: '2.0.0', license: 'MPL-2.0' })).toEqual([
      'npm package lightningcss@2.0.0: its licence (MPL-2.0) is not on the list',
      'npm package lightningcss@1.33.0: known.ts speaks of it, and it is not used',
    ]);
  });

  test('the licence check fails on a Python package without a review, or another version of one', () => {
    expect(problemsOf({ requirements: `${sources.requirements}\nunheard-of==1.0\nav==16.0.0 \\\n` })).toEqual(
      [
        'Python package av 16.0.0: only another version is listed',
        'Python package unheard-of: it is not on the list',
      ],
    );
  });

  test('the licence check fails on a model, an image, a base image, a Debian package and a program of our own building', () => {
    expect(problemsOf({ models: [...sources.models, 'somebody/model'] })).toEqual([
      'model somebody/model: it is not on the list',
    ]);
    expect(problemsOf({ compose: `${sources.compose}\n  other:\n    image: somebody/image:1\n` })).toEqual([
      'image somebody/image: it is not on the list',
    ]);
    const dockerfile = `${sources.dockerfile}
FROM somebody/base@sha256:00 AS more
RUN apt-get update && apt-get install -y ffmpeg && true
RUN sh build-x264.sh
CMD ["x264"]
`;
    expect(problemsOf({ dockerfile })).toEqual([
      'image somebody/base: it is not on the list',
      'Debian package ffmpeg: it is not on the list',
      'program x264: it is not on the list',
    ]);
  });
});

test.each([
  ['MIT', true],
  ['(MIT OR GPL-3.0-or-later)', true],
  ['MIT AND OFL-1.1', true],
  ['MIT AND GPL-3.0-or-later', false],
  ['', false],
])('the licence "%s" is allowed: %s', (expression, allowed) => {
  expect(isAllowed(expression, ['MIT', 'OFL-1.1'])).toBe(allowed);
});

describe('the FFmpeg that the images build', () => {
  const script = readFileSync(join(checkout, 'scripts/build-ffmpeg.sh'), 'utf8').replaceAll(/^#.*$/gm, '');

  test('the FFmpeg that the images build has no parts under the GPL and none that may not be redistributed', () => {
    expect(script).toContain('--disable-everything --disable-autodetect');
    expect(script).not.toMatch(/--enable-(gpl|version3|nonfree|libx26[45]|libfdk-aac)/);
  });

  test('the FFmpeg that the images build reads every container that Dabir reads', () => {
    const demuxers = [...script.matchAll(/^demuxers=(?:\$demuxers,)?(.*)$/gm)].flatMap(([, list]) =>
      list?.split(','),
    );
    const containers = containerWhitelist.split(',').map((name) => (name === 'mpeg' ? 'mpegps' : name));
    expect(demuxers.toSorted()).toEqual([...containers, 'pcm_s16le'].toSorted());
  });
});
