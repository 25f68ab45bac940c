import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findFfmpeg } from '../../src/media/find-ffmpeg.ts';

const ending = process.platform === 'win32' ? '.exe' : '';
let both = '';
let onlyOne = '';

async function program(folder: string, name: string): Promise<void> {
  const path = join(folder, name + ending);
  await writeFile(path, '');
  await chmod(path, 0o755);
}

beforeAll(async () => {
  both = await mkdtemp(join(tmpdir(), 'dabir-path-'));
  onlyOne = await mkdtemp(join(tmpdir(), 'dabir-path-'));
  await program(both, 'ffmpeg');
  await program(both, 'ffprobe');
  await program(onlyOne, 'ffmpeg');
});
afterAll(() => Promise.all([both, onlyOne].map((folder) => rm(folder, { recursive: true }))));

test('node-av is used where it is installed, without searching the PATH', () => {
  expect(findFfmpeg('auto', both)).toEqual({ kind: 'node-av' });
  expect(findFfmpeg('auto', '')).toEqual({ kind: 'node-av' });
});

test('the programs are found with their absolute paths, where both exist', () => {
  const programs = {
    kind: 'programs',
    ffmpeg: join(both, `ffmpeg${ending}`),
    ffprobe: join(both, `ffprobe${ending}`),
  };
  expect(findFfmpeg('program', ['relative/folder', both].join(delimiter))).toEqual(programs);
});

test('one of the two programs is not enough, and the error names the missing one', () => {
  expect(() => findFfmpeg('program', onlyOne)).toThrow(
    'the programs ffmpeg and ffprobe are not both on the PATH',
  );
});
