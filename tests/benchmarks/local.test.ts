import { spawnSync } from 'node:child_process';
import { copyFile, mkdir, readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { describeUnless, describeWithLocal, localEngineFolder } from '../support/local-engine-folder.ts';
import { maxBenchMs, runBench, runScript } from '../support/run-script.ts';
import { temporaryDataDir } from '../support/started-dabir.ts';

vi.setConfig({ testTimeout: maxBenchMs });

const spokenPath = fileURLToPath(new URL('../../samples/voice-note.txt', import.meta.url));
const words = (text: string) => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];

let data: Awaited<ReturnType<typeof temporaryDataDir>>;
beforeAll(async () => {
  data = await temporaryDataDir({ withLocalEngine: true });
});
afterAll(() => data?.remove());

await describeWithLocal('with the real LOCAL engine', () => {
  test('npm run demo prints the words of the sample, and saves TXT, DOCX and PDF', async () => {
    const out = join(data.path, 'out');
    const { code, output } = await runScript('demo', ['--language', 'en', '--out', out], {
      DATA_DIR: data.path,
      LOCAL_MODEL: 'base',
    });
    expect(code, output).toBe(0);
    expect(words(output).join(' ')).toContain(words(await readFile(spokenPath, 'utf8')).join(' '));
    const suffixes = (await readdir(out)).map((name) => name.split('.').at(-1));
    expect(suffixes.sort()).toEqual(['docx', 'pdf', 'txt']);
  });

  test('bench:local in its short form hears the same number of words as faster-whisper alone', async () => {
    const { times } = (await runBench('local', data.path, { DATA_DIR: localEngineFolder() })) as unknown as {
      times: { words: string }[];
    };
    const [ours, theirs] = (times[0]?.words ?? '').split(' and ').map(Number);
    expect(ours).toBeGreaterThan(0);
    expect(ours).toBe(theirs);
  });

  test('bench:accuracy finds hardly a wrong word in the sample, and what LOCAL takes for it', async () => {
    const from = join(data.path, 'recordings');
    await mkdir(from);
    for (const name of ['voice-note.oga', 'voice-note.txt'])
      await copyFile(join(dirname(spokenPath), name), join(from, name));
    const { code, output } = await runScript(
      'bench:accuracy',
      [from, '--engines', 'local', '--models', 'base'],
      {
        BENCH_FOLDER: data.path,
        DATA_DIR: localEngineFolder(),
      },
    );
    expect(code, output).toBe(0);
    const { figures } = JSON.parse(await readFile(join(data.path, 'results', 'accuracy.json'), 'utf8'));
    expect(figures).toMatchObject([{ engine: 'local', model: 'base', language: 'en', minutes: 0.2 }]);
    expect(figures[0]['words wrong, %']).toBeLessThanOrEqual(10);
    if (process.platform === 'linux') expect(figures[0]['processor s a minute']).toBeGreaterThan(0);
  });

  test('bench:speakers in its short form tells two voices apart', async () => {
    const { rows } = (await runBench('speakers', data.path, {
      DATA_DIR: localEngineFolder(),
    })) as unknown as {
      rows: Record<string, unknown>[];
    };
    expect(rows).toMatchObject([{ file: 'samples', speakers: '2 of 2' }]);
    expect(rows[0]?.['confused, %']).toBeLessThan(5);
  });

  const needed = ['espeak-ng', 'ffmpeg'].filter((name) => spawnSync(name, ['-version']).error !== undefined);
  const reason = needed.length === 0 ? null : `no ${needed.join(' and ')} found`;
  describeUnless(reason, 'and a synthetic voice', () => {
    test('bench:long-file in its short form finds the words of a minute at their times', async () => {
      const { figures } = (await runBench('long-file', data.path, {
        DATA_DIR: localEngineFolder(),
      })) as { figures: Record<string, unknown> };
      expect(figures).toMatchObject({ 'minutes with any words': '1 of 1', 'segments out of order': 0 });
      expect(figures['words transcribed right, %']).toBeGreaterThanOrEqual(50);
    });
  });
});
