import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Answer, answerTo } from '../support/answers.ts';
import type { Fork } from '../support/fork.ts';
import { type ForkedDabir, startForkedDabir } from '../support/forked-dabir.ts';
import type { Person } from '../support/person.ts';
import { startElevenLabsService } from '../support/services/elevenlabs-service.ts';
import { type Service, send } from '../support/services/service.ts';
import { startViraService } from '../support/services/vira-service.ts';
import { until } from '../support/until.ts';

/** Concurrent files on each engine. */
const slots = 2;

/** An answer with the services' common text; ElevenLabs reports two speakers in it, who stand before their words. */
const whole: Answer = {
  ending: expect.stringMatching(/^✓/) as string,
  texts: [
    expect.stringMatching(
      /^(?:\P{L}*Speaker 1\P{L}*)?سلام دنیا\.\s+(?:\P{L}*Speaker 2\P{L}*)?خوبی؟$/u,
    ) as string,
  ],
  documents: 3,
};

let vira: Service & { key: string };
let elevenLabs: Service & { key: string };
let dabir: ForkedDabir;
let bot: Fork;
let worker: Fork;
let sara: Person;
/** Functions that release the requests that VIRA holds. */
const held: (() => void)[] = [];

beforeAll(async () => {
  [vira, elevenLabs] = await Promise.all([startViraService(), startElevenLabsService()]);
  dabir = await startForkedDabir({
    env: {
      WORKER_LOCAL: '0',
      WORKER_REMOTE: `${slots}`,
      VIRA_TOKEN: vira.key,
      VIRA_BASE_URL: vira.url,
      ELEVENLABS_API_KEY: elevenLabs.key,
      ELEVENLABS_BASE_URL: elevenLabs.url,
    },
  });
  bot = await dabir.startBot();
  worker = await dabir.startEngineWorker();
});
beforeEach(async () => {
  sara = await dabir.person('Sara', 'en');
});
afterEach(recover);
afterAll(async () => {
  await dabir?.close();
  await Promise.all([vira?.close(), elevenLabs?.close()]);
});

/** Makes VIRA answer normally again, also to the requests that it holds. */
function recover(): void {
  vira.odd(null);
  for (const go of held.splice(0)) go();
}

const people = (count: number): Promise<Person[]> =>
  Promise.all(Array.from({ length: count }, (_, index) => dabir.person(`Person ${index + 1}`, 'en')));
const asks = async (person: Person, engine: string) => ({
  person,
  ...(await person.asksFor('tone.ogg', { kind: 'voice' }, engine)),
});
const stateOf = async ({ id }: Person) =>
  (await dabir.database.transcription.findFirstOrThrow({ where: { userId: id } })).state;

test('a service that hangs on every slot does not hold up files of the other engine', async () => {
  vira.odd('request', ({ response, answer }) => held.push(() => send(response, answer)));
  // Enough of them for the other engine's slots too, if these were shared.
  const others = await people(2 * slots);
  const hanging = await Promise.all(others.map((person) => asks(person, 'VIRA')));
  await until(() => held.length === slots);

  for (let file = 0; file < 3; file += 1) {
    const { note } = await asks(sara, 'ElevenLabs');
    expect(await answerTo(sara, note)).toEqual(whole);
  }
  expect((await Promise.all(others.map(stateOf))).toSorted()).toEqual([
    'PROCESSING',
    'PROCESSING',
    'QUEUED',
    'QUEUED',
  ]);
  expect(held, 'the others wait for a slot').toHaveLength(slots);

  recover();
  for (const { person, note } of hanging) expect(await answerTo(person, note)).toEqual(whole);
});

test('an account without credit fails its file at once, and the other engine transcribes the same file', async () => {
  vira.odd('request', ({ response }) =>
    send(response, { status: 402, body: { data: { message: `no credit: ${vira.key}` } } }),
  );
  const { note, status } = await asks(sara, 'VIRA');
  expect(await sara.ending(note)).toBe(`✗ ${sara.word('error-engine_account')}`);
  await sara.presses(status, sara.word('button-reopen'));
  await sara.presses(status, 'ElevenLabs');
  await sara.reads('سلام دنیا', note);
  expect(await answerTo(sara, note)).toEqual(whole);
});

test('a service that fails repeatedly is left alone for a while, and only that one', async () => {
  vira.odd('request', ({ response }) => send(response, { status: 500, body: `Error: ${vira.key}` }));
  const others = await people(5);
  const failing = await Promise.all(others.map((person) => asks(person, 'VIRA')));
  const changes = () =>
    worker.lines
      .filter((line) => line.includes('circuit changed'))
      .map((line) => (JSON.parse(line) as { engine: string }).engine);
  await until(() => changes().length > 0);

  const { note } = await asks(sara, 'ElevenLabs');
  expect(await answerTo(sara, note)).toEqual(whole);
  expect(new Set(changes())).toEqual(new Set(['vira']));
  const resting = sara.word('status-resting');
  await until(() => failing.some(({ person, status }) => person.looks(status).includes(resting)));
  for (const { person } of failing) expect(['QUEUED', 'PROCESSING']).toContain(await stateOf(person));
  // The metrics show for how long, also while it tries one file.
  const reported = await until(async () => {
    const rows = await dabir.database.engineReport.findMany({ where: { circuitOpenSince: { not: null } } });
    return rows.length > 0 && rows.map(({ engine }) => engine);
  });
  expect(reported).toEqual(['vira']);
});

test('no process logs a token, even one that a service repeats in its refusal', () => {
  const lines = [bot, worker].flatMap((process) => process.lines);
  expect(lines.filter((line) => /no credit|Error: /.test(line))).not.toEqual([]);
  expect(lines.filter((line) => line.includes(vira.key) || line.includes(elevenLabs.key))).toEqual([]);
});
