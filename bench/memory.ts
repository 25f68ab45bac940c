/**
 * `npm run bench:memory` sends 20,000 files of 1,000 users through one bot and one worker, and samples
 * the memory of both after every thousand, after garbage collection. After the first 4,000 neither may grow
 * by more than 20 MB. It prints the series and its slope, writes bench/results/memory.json, and exits with 1 on
 * more growth. With `--short` growth is not judged.
 */
import { performance } from 'node:perf_hooks';
import { Crowd } from './support/crowd.ts';
import { startBenchServer } from './support/database.ts';
import { growth } from './support/growth.ts';
import { rounded } from './support/percentiles.ts';
import { writeResult } from './support/results.ts';
import { isShort, readOptions } from './support/sizes.ts';
import { type Form, forms, setStage } from './support/stage.ts';

const { sizes, values } = readOptions(
  { files: 20_000, 'warm-up': 4_000, sample: 1_000, slots: 8 },
  { files: 40, 'warm-up': 20, sample: 20 },
  { form: { type: 'string', default: 'documents' } },
);
const { sample: perSample, slots } = sizes;
const form: Form = forms.find((name) => name === values.form) ?? 'documents';
const limitMegabytes = 20;
/** Users of one sample; each sends about 20 files. */
const users = Math.max(1, Math.floor(perSample / 20));

const server = await startBenchServer('memory');
const stage = await setStage(server, { form, redisUrl: null, slots });
try {
  const crowd = new Crowd(stage.telegram, form === 'documents');
  const samples: Record<string, number>[] = [];
  for (let files = perSample; files <= sizes.files; files += perSample) {
    const startedAt = performance.now();
    const sent = Array.from({ length: perSample }, (_, file) => crowd.send(files + (file % users)));
    await Promise.all(sent.map(({ done }) => done));
    const seconds = (performance.now() - startedAt) / 1000;
    const [bot, worker] = await Promise.all([
      stage.bot.ask({ ask: 'usage' }),
      stage.worker.ask({ ask: 'usage' }),
    ]);
    const sample = {
      files,
      'bot RSS': megabytes(bot.rss),
      'bot heap': megabytes(bot.heapUsed),
      'worker RSS': megabytes(worker.rss),
      'worker heap': megabytes(worker.heapUsed),
      'files/s': rounded(perSample / seconds, 1),
    };
    samples.push(sample);
    console.log(JSON.stringify(sample));
  }
  console.table(samples);
  const warm = samples.filter((sample) => (sample['files'] ?? 0) >= sizes['warm-up']);
  const grown = Object.fromEntries(
    ['bot RSS', 'bot heap', 'worker RSS', 'worker heap'].map((what) => [
      what,
      growth(warm.map((sample) => ({ x: sample['files'] ?? 0, y: sample[what] ?? 0 }))),
    ]),
  );
  console.table(grown);
  const max = Math.max(...Object.values(grown).map((one) => one.grown));
  console.log(
    `grew by at most ${rounded(max)} MB after the first ${sizes['warm-up']} (limit ${limitMegabytes})`,
  );
  if (max > limitMegabytes && !isShort) process.exitCode = 1;
  await writeResult('memory', { form, samples, grown, limitMegabytes });
} finally {
  await stage.close();
  await server.stop();
}

function megabytes(bytes: number): number {
  return rounded(bytes / 2 ** 20, 1);
}
