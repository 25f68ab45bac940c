/**
 * Speaks transcriber.py's side of the protocol without a model. Its first parameter sets how it starts, and a
 * job's path sets what it does with the job.
 */
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';

type Job = { id: number; path: string; language: string | null; hotwords: string | null; careful: boolean };

const say = (event: object) => process.stdout.write(`${JSON.stringify(event)}\n`);
const segment = (id: number, start: number, end: number, text: string) =>
  say({
    type: 'segment',
    id,
    start,
    end,
    text: ` ${text}`,
    words: text.split(' ').map((word) => ({ word: ` ${word}`, start, end, probability: 0.9 })),
    avg_logprob: -0.2,
    no_speech_prob: 0.01,
    compression_ratio: 1.1,
  });
const done = ({ id, language }: Job, lostTimes = false) =>
  say({
    type: 'done',
    id,
    language: language ?? 'en',
    language_probability: language === null ? 0.97 : null,
    lost_times: lostTimes,
  });

const answers: Record<string, (job: Job) => unknown> = {
  speech(job) {
    segment(job.id, 0, 5, 'Hello and welcome.');
    segment(job.id, 5, 10, 'Send me a voice message.');
    done(job);
  },
  silence: (job) => done(job),
  'line separators'(job) {
    segment(job.id, 0, 10, 'one\u2028two\u2029three');
    done(job);
  },
  'its own number'(job) {
    segment(job.id, 0, 10, String(process.pid));
    done(job);
  },
  'what was asked'(job) {
    segment(job.id, 0, 10, JSON.stringify([job.language, job.hotwords]));
    done(job);
  },
  loops(job) {
    if (job.careful) segment(job.id, 0, 10, 'What was really said.');
    else segment(job.id, 0, 10, 'thank you '.repeat(20).trim());
    done(job);
  },
  'loops whatever one does'(job) {
    segment(job.id, 0, 10, 'thank you '.repeat(20).trim());
    done(job);
  },
  'two voices at once'(job) {
    segment(job.id, 0, 10, job.careful ? 'Both are understood.' : 'One is');
    done(job, !job.careful);
  },
  async slow(job) {
    segment(job.id, 0, 5, 'begun');
    await sleep(200);
    segment(job.id, 5, 10, 'ended');
    done(job);
  },
  hangs(job) {
    segment(job.id, 0, 5, 'begun');
  },
  dies(job) {
    segment(job.id, 0, 5, 'begun');
    console.error('Segmentation fault (core dumped)');
    setTimeout(() => process.exit(139), 20);
  },
  nonsense(job) {
    segment(job.id, 0, 5, 'begun');
    process.stdout.write('Downloading: 12%|███     | ☃\n');
    done(job);
  },
  'endless line'() {
    const flood = () => process.stdout.write('x'.repeat(1_000_000), flood);
    flood();
  },
  'for another job'(job) {
    segment(job.id - 1, 0, 5, 'late words of another file');
    say({ type: 'error', id: job.id - 1, code: 'failed', message: 'late' });
    done({ ...job, id: job.id - 1 });
    segment(job.id, 0, 10, 'our own');
    done(job);
  },
  'unknown language'(job) {
    say({ type: 'error', id: job.id, code: 'rejected', message: `the model does not know ${job.language}` });
  },
  'bad file'(job) {
    say({ type: 'error', id: job.id, code: 'failed', message: 'Invalid data found when processing input' });
  },
};

const start = process.argv[2] ?? 'normal';
if (start === 'cannot load') {
  console.error('the model cannot be loaded: model.bin is incomplete');
  process.exit(1);
}
if (start === 'deaf') {
  setInterval(() => undefined, 1_000);
  process.on('SIGTERM', () => undefined);
}
createInterface({ input: process.stdin })
  .on('line', (line) => {
    const job = JSON.parse(line) as Job;
    void answers[job.path]?.(job);
  })
  .on('close', () => {
    if (start !== 'deaf') process.exit(0);
  });
if (start !== 'loads forever') say({ type: 'ready' });
