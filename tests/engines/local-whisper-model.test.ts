import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { pino } from 'pino';
import { expect } from 'vitest';
import { provision } from '../../src/engines/local/provision.ts';
import { localEngineConfig, testWithLocal } from '../support/local-engine-folder.ts';

const path = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const silent = pino({ level: 'silent' });

await testWithLocal('audio is prepared for Whisper, and its answers are cut into sentences', async () => {
  const never = new AbortController().signal;
  const { command } = await provision(localEngineConfig(), silent, () => undefined, never);
  const cases = [path('whisper_model_cases.py'), path('../../src/engines/local')];
  const { stdout } = await promisify(execFile)(command, cases);
  const returned = JSON.parse(stdout);
  expect(returned).toMatchObject({
    sentences: [
      [' One.', 0, 1],
      [' Two three.', 1, 3],
    ],
    // No space follows the full stop.
    numbers: [[' 3.5', 0, 2]],
    pause: [
      [' One', 0, 1],
      [' two', 1.8, 2],
    ],
    'without words': [['text', 0, 1]],
    certain: '<|en|>',
    uncertain: '<|fa|>',
    first: '<|ar|>',
    // The sound and 10 s behind it, at most the window of 30 s.
    frames: [1_000, 1_400, 3_000, 3_000],
  });
  // The first window is decoded alone, and its words come before the others are decoded.
  expect(returned.batches).toEqual([
    { first: [0, [[0]]], decoded: [[0]] },
    { first: [0, [[0]]], decoded: [[0], [1, 2, 3, 4], [5]] },
  ]);
  // 20 s are cut at their only pause, after the tenth word.
  expect(returned.long.map(([text]: [string]) => text.trim().split(' ').length)).toEqual([10, 10]);
  const [loudest, cutOff] = [0, 1];
  expect(returned.levels.loud[loudest]).toBe(0.5);
  expect(returned.levels.quiet[loudest]).toBeGreaterThan(0.1);
  // The level of a recording with little speech is that of its silence; its speech stays below full scale.
  expect(returned.levels['a few words'][cutOff]).toBeLessThan(0.002);
});
