import { readFile } from 'node:fs/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { toneWav } from '../media/samples.ts';
import { answerTo } from '../support/answers.ts';
import { type ForkedDabir, startForkedDabir } from '../support/forked-dabir.ts';
import type { Person } from '../support/person.ts';
import { type Service, send } from '../support/services/service.ts';
import { startViraService } from '../support/services/vira-service.ts';
import { until } from '../support/until.ts';

/** Another file, such as one of two hours, in place of the ten minutes that are made here. */
const ownRecording = process.env['DABIR_LONG_RECORDING'];
const maxWaitMs = ownRecording === undefined ? 60_000 : 900_000;
const parallel = 2;

let dabir: ForkedDabir;
let vira: Service & { key: string };
let sara: Person;

beforeEach(async () => {
  vira = await startViraService();
  dabir = await startForkedDabir({
    env: { WORKER_LOCAL: '0', VIRA_TOKEN: vira.key, VIRA_BASE_URL: vira.url, VIRA_PARALLEL: `${parallel}` },
  });
  await dabir.startBot();
  sara = await dabir.person('سارا', 'fa');
});
afterEach(async () => {
  await dabir.close();
  await vira.close();
});

/** Returns ten minutes of a tone with a pause in every ten seconds. */
function recording(): Buffer {
  const rate = 8_000;
  const wav = toneWav(440, 600, { rate, channels: 1, coding: 'mu-law' });
  const header = wav.length - 600 * rate;
  // In this coding (mu-law) 255 is silence.
  for (let second = 9; second < 600; second += 10)
    wav.fill(255, header + second * rate, header + (second + 0.5) * rate);
  return wav;
}

test(
  'after a worker is killed in the middle of a long file, only the missing chunks are transcribed and paid again',
  async () => {
    const first = await dabir.startEngineWorker();
    const note = await sara.sends(ownRecording === undefined ? recording() : await readFile(ownRecording), {
      name: 'long.wav',
    });
    const { message_id: status } = await sara.status(note);
    // The service answers a few chunks and then holds the others.
    const answered = 5;
    let answers = 0;
    vira.odd('request', ({ response, answer }) => {
      answers += 1;
      if (answers <= answered) send(response, answer);
    });
    await sara.presses(status, 'ویرا');
    await until(() => answers >= answered + parallel);
    await until(async () => (await transcribedChunks()) === answered);
    await first.kill();
    vira.odd(null);
    const before = vira.steps.length;

    await dabir.startEngineWorker();
    await until(
      async () => (await dabir.database.transcript.count()) > 0,
      () => 'no transcript',
      maxWaitMs,
    );
    const { ending, texts } = await answerTo(sara, note);
    expect(ending).toMatch(/^✓/);
    const copies = texts.join(' ').split('خوبی؟').length - 1;
    expect(copies).toBeGreaterThan(10);
    expect(vira.steps.length - before).toBe(copies - answered);
    expect(before).toBe(answered + parallel);
    expect(await dabir.database.chunk.count()).toBe(0);
    expect(await dabir.database.usage.findFirst()).toMatchObject({ engine: 'vira' });
  },
  maxWaitMs,
);

/** Counts the chunks whose text is kept. */
async function transcribedChunks(): Promise<number> {
  const [row] = await dabir.database.query<
    { count: bigint }[]
  >`SELECT count(*) FROM chunk WHERE transcript IS NOT NULL`;
  return Number(row?.count);
}
