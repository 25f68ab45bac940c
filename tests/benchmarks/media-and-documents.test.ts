import { spawnSync } from 'node:child_process';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeUnless } from '../support/local-engine-folder.ts';
import { runBench } from '../support/run-script.ts';
import { temporaryDataDir } from '../support/started-dabir.ts';

let data: Awaited<ReturnType<typeof temporaryDataDir>>;
beforeAll(async () => {
  data = await temporaryDataDir();
});
afterAll(() => data?.remove());

test('bench:documents in its short form measures every format of a text and of a longer one', async () => {
  const { ours, long } = (await runBench('documents', data.path)) as unknown as DocumentFigures;
  const formats = ['txt', 'docx', 'pdf', 'srt'];
  expect(Object.keys(ours.medianMs)).toEqual(formats);
  expect(Object.keys(long)).toEqual(formats);
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
