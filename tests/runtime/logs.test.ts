import { afterAll, beforeAll, expect, test } from 'vitest';
import { answerTo } from '../support/answers.ts';
import type { Fork } from '../support/fork.ts';
import { type ForkedDabir, startForkedDabir } from '../support/forked-dabir.ts';

let dabir: ForkedDabir;
let bot: Fork;
let worker: Fork;

beforeAll(async () => {
  dabir = await startForkedDabir();
  bot = await dabir.startBot();
  worker = await dabir.startWorker();
});
afterAll(() => dabir.close());

type Line = {
  readonly msg: string;
  readonly transcription?: number;
  readonly request?: string;
  readonly state?: string;
};
const linesOf = (fork: Fork): Line[] => fork.lines.map((line) => JSON.parse(line) as Line);

test('a file leaves a log line for each of its states, its request id is in both processes, and none of its content is logged', async () => {
  const person = await dabir.person('Unmistakable', 'en');
  dabir.engine.plan({ text: 'the unrepeatable words' });
  const { note } = await person.asksFor('tone.ogg', {
    kind: 'audio',
    name: 'secret-plan.ogg',
    caption: 'fa',
  });
  await answerTo(person, note);
  await worker.logs('"ended"');

  const file = await dabir.database.transcription.findFirstOrThrow();
  const own = [...linesOf(bot), ...linesOf(worker)].filter(
    ({ transcription }) => transcription === Number(file.id),
  );
  const states = own.flatMap(({ state }) => state ?? []);
  expect(states).toEqual(expect.arrayContaining(['QUEUED', 'PROCESSING', 'COMPLETED']));

  // Its update is named wherever work was done for it.
  const queued = linesOf(bot).find(({ msg }) => msg === 'queued');
  expect(queued?.request).toMatch(/^u\d+$/);
  for (const words of ['processing', 'ended']) {
    expect(linesOf(worker).find(({ msg }) => msg === words)?.request, words).toBe(queued?.request);
  }

  const everything = [...bot.lines, ...worker.lines].join('\n');
  for (const content of ['Unmistakable', 'unrepeatable', 'secret-plan', dabir.playground.token]) {
    expect(everything).not.toContain(content);
  }
});
