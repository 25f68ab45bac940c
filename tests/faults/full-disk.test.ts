// The fault numbers in titles are those of docs/faults.md.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { toneWav } from '../media/samples.ts';
import { answerTo, onceAndWhole } from '../support/answers.ts';
import type { Fork } from '../support/fork.ts';
import { type ForkedDabir, startForkedDabir } from '../support/forked-dabir.ts';
import type { Person } from '../support/person.ts';

const voice = { kind: 'voice' } as const;

/**
 * Limits each file that the worker writes to 32 blocks of the shell's: 32 or 16 KB. The kernel refuses the
 * rest.
 */
const withoutRoom = (node: string, path: string) => [
  'bash',
  '-c',
  'ulimit -f 32; exec "$0" "$@"',
  node,
  path,
];

/** Returns a tone of some KB for each tenth of a second, both encoded and decoded. */
const speech = (seconds: number) => toneWav(440, seconds, { rate: 16_000, channels: 1, coding: 'pcm16' });

/**
 * `ulimit` stands in for a full disk, for which a test would have to be root. Windows has nothing like it.
 */
describe.skipIf(process.platform === 'win32')('fault 29: on a worker with a full disk (needs ulimit)', () => {
  let dabir: ForkedDabir;
  let cramped: Fork;
  let sara: Person;
  const failed: { note: number; status: number }[] = [];

  beforeAll(async () => {
    dabir = await startForkedDabir({ env: { MAX_ATTEMPTS: '2' } });
    await dabir.startBot();
    cramped = await dabir.startWorker({}, withoutRoom);
    sara = await dabir.person('Sara', 'en');
  });
  afterAll(() => dabir.close());

  test.each([
    ['while it is fetched', speech(3), { name: 'speech.wav' }],
    ['while it is decoded', 'tone.ogg', voice],
  ])(
    'fault 29: on a worker with a full disk, a file that does not fit %s ends with a sentence and can be retried',
    async (_when, file, sending) => {
      const { note, status } = await sara.asksFor(file, sending);
      expect(await sara.ending(note)).toBe(`✗ ${sara.word('error-disk_full')}`);
      expect(sara.buttons(status)).toContain(sara.word('button-retry'));
      failed.push({ note, status });
    },
  );

  test('fault 29: on a worker with a full disk, a file that still fits is transcribed, so the worker is alive', async () => {
    const { note } = await sara.asksFor(speech(0.3), { name: 'short.wav' });
    expect(await answerTo(sara, note)).toEqual(onceAndWhole);
    await dabir.engine.call(1).then(({ worker }) => expect(worker).toBe(cramped.pid));
  });

  test('fault 29: on a worker with a full disk, a retry gives the transcripts once there is room', async () => {
    await cramped.stop();
    await dabir.startWorker();
    expect(failed).toHaveLength(2);
    for (const { note, status } of failed) {
      await sara.presses(status, sara.word('button-retry'));
      await sara.reads('سلام دنیا', note);
      expect(await answerTo(sara, note)).toEqual(onceAndWhole);
    }
  });
});
