import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { describeUnless, localEngineFolder } from '../support/local-engine-folder.ts';
import { maxBenchMs, runBench } from '../support/run-script.ts';
import { temporaryDataDir } from '../support/started-dabir.ts';

vi.setConfig({ testTimeout: maxBenchMs });

let data: Awaited<ReturnType<typeof temporaryDataDir>>;
beforeAll(async () => {
  data = await temporaryDataDir();
});
afterAll(() => data?.remove());

test('bench:documents in its short form measures every format, beside the predecessor and of a longer text', async () => {
  // Its Python packages stay for the next run.
  const folder = join(localEngineFolder(), 'benchmarks');
  const { ours, theirs, long } = (await runBench('documents', folder)) as unknown as DocumentFigures;
  const formats = ['txt', 'docx', 'pdf', 'srt'];
  expect(Object.keys(ours.medianMs)).toEqual(formats);
  expect(Object.keys(long)).toEqual(formats);
  if (theirs !== null) expect(Object.keys(theirs).sort()).toEqual([...formats].sort());
  else expect(process.env['DABIR_REQUIRE_ALL'], 'Python cannot run here').toBeFalsy();
  for (const format of formats) expect(long[format]?.medianMs[format]).toBeGreaterThan(0);
});

const reason = spawnSync('ffmpeg', ['-version']).error === undefined ? null : 'no ffmpeg found';
describeUnless(reason, 'with ffmpeg', () => {
  test('bench:media in its short form decodes every kind of file with node-av and with the programs', async () => {
    const { files, twoHours } = (await runBench('media', data.path)) as unknown as MediaFigures;
    expect(files).toHaveLength(10);
    for (const { nodeAvMs, programsMs, ffmpegMs } of files) {
      expect(Math.min(nodeAvMs, programsMs, ffmpegMs)).toBeGreaterThan(0);
    }
    expect(Object.keys(twoHours)).toEqual(['node-av', 'programs']);
  });
});

type DocumentFigures = {
  readonly ours: { readonly medianMs: Readonly<Record<string, number>> };
  /** Null where Python cannot run. */
  readonly theirs: Readonly<Record<string, number>> | null;
  readonly long: Readonly<Record<string, { readonly medianMs: Readonly<Record<string, number>> }>>;
};
type MediaFigures = {
  readonly files: readonly {
    readonly nodeAvMs: number;
    readonly programsMs: number;
    readonly ffmpegMs: number;
  }[];
  readonly twoHours: Readonly<Record<string, object>>;
};
