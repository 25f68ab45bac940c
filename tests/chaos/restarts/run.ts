import { setTimeout as sleep } from 'node:timers/promises';
import { startForkedDabir } from '../../support/forked-dabir.ts';
import { LoadBalancer } from '../../support/load-balancer.ts';
import { RestartedPostgres } from '../../support/restarted-postgres.ts';
import { startOpenAiService } from '../../support/services/openai-service.ts';
import { send } from '../../support/services/service.ts';
import { seeded } from '../random.ts';
import { type NoteAnswer, Sender } from './sender.ts';

export type RestartSettings = {
  readonly restarts: number;
  readonly seed: number;
  readonly bots: number;
  readonly workers: number;
  readonly users: number;
  /** Maximum time between two restarts, in ms. */
  readonly pauseMs: number;
  /** Maximum downtime of the server in a restart, in ms. */
  readonly awayMs: number;
  readonly onProgress?: (line: string) => void;
};

export type RestartReport = {
  readonly restarts: { readonly fast: number; readonly immediate: number };
  /** Longest time from the order to restart to the first accepted connection, in ms. */
  readonly longestRestartMs: number;
  readonly notes: number;
  /** Messages of each kind beyond the expected one. */
  readonly doubled: { readonly texts: number; readonly documents: number; readonly statuses: number };
  /** Files that the engine was sent more than once. */
  readonly repeatedEngineCalls: number;
  readonly engineCalls: number;
  /** Notes without a complete answer. */
  readonly unanswered: number;
  /** Notes whose file did not complete. */
  readonly failed: number;
  /** Processes that ended by themselves. */
  readonly deaths: number;
  readonly seconds: number;
  /** Details of the figures that are not 0. */
  readonly findings: readonly string[];
};

/** Returns true when nothing came twice, was paid twice, failed or was lost, and every process lived. */
export function isClean({
  doubled,
  repeatedEngineCalls,
  unanswered,
  failed,
  deaths,
}: RestartReport): boolean {
  const { texts, documents, statuses } = doubled;
  return texts + documents + statuses + repeatedEngineCalls + unanswered + failed + deaths === 0;
}

/** Range of the engine's time for a note, in ms: many restarts come in the middle of it. */
const engineMs = { least: 100, most: 3_000 };

/** Documents of an answer with default settings, which has also the text and the status message. */
const documentsEach = 3;

/**
 * Sends notes through real bots and workers while their PostgreSQL is restarted repeatedly and no other
 * process is touched. Counts the messages that users got twice and the files that the engine was sent twice.
 */
export async function runRestarts(settings: RestartSettings): Promise<RestartReport> {
  const { seed, onProgress } = settings;
  const startedAt = performance.now();
  const random = seeded(seed);
  const postgres = await RestartedPostgres.start();
  const engine = await startOpenAiService('speaches');
  const engineRandom = seeded(seed + 1);
  engine.odd('transcribe', async ({ response, answer }) => {
    await sleep(engineMs.least + engineRandom() * (engineMs.most - engineMs.least));
    send(response, answer);
  });
  const balancer = await LoadBalancer.open();
  const dabir = await startForkedDabir({
    databaseUrl: postgres.url,
    env: {
      LEASE_SECONDS: '8',
      OPENAI_BASE_URL: engine.url,
      UPDATES: 'webhook',
      PUBLIC_URL: balancer.url,
      WORKER_LOCAL: '0',
      WORKER_REMOTE: '4',
    },
  });
  try {
    const forks = [];
    for (let worker = 0; worker < settings.workers; worker += 1) forks.push(await dabir.startEngineWorker());
    for (let bot = 0; bot < settings.bots; bot += 1) {
      const fork = await dabir.startBot();
      balancer.targets.add((JSON.parse(await fork.logs('"web":')) as { web: number }).web);
      forks.push(fork);
    }
    const deaths: string[] = [];
    let isOver = false;
    for (const fork of forks)
      void fork.end().then((how) => {
        if (!isOver)
          deaths.push(`a process ended with ${how}: ${fork.lines.slice(-lastWords).join('\n    ')}`);
      });

    let number = seed;
    const enough = new AbortController();
    const senders = await Promise.all(
      Array.from({ length: settings.users }, async (_, index) => {
        const person = await dabir.person(`P${index}`, 'en');
        return new Sender(person, 'Whisper');
      }),
    );
    const sending = Promise.all(senders.map((sender) => sender.send(() => number++, enough.signal)));
    // A failed sender ends the run, at the latest when it is awaited.
    sending.catch(() => undefined);
    const restarts = { fast: 0, immediate: 0 };
    let longestRestartMs = 0;
    for (let round = 0; round < settings.restarts; round += 1) {
      await sleep(settings.pauseMs * (0.2 + 0.8 * random()));
      const mode = round % 2 === 0 ? 'fast' : 'immediate';
      const ms = await postgres.restart(mode, settings.awayMs * random());
      restarts[mode] += 1;
      longestRestartMs = Math.max(longestRestartMs, ms);
      onProgress?.(`restart ${round + 1} (${mode}): away for ${Math.round(ms)} ms`);
    }
    enough.abort();
    await sending;
    isOver = true;
    const answers = senders.flatMap((sender) => sender.answers());
    const judged = judge(answers);
    return {
      restarts,
      longestRestartMs: Math.round(longestRestartMs),
      ...judged,
      findings: [...judged.findings, ...deaths],
      repeatedEngineCalls: [...engine.uploads.values()].filter((times) => times > 1).length,
      engineCalls: [...engine.uploads.values()].reduce((sum, times) => sum + times, 0),
      deaths: deaths.length,
      seconds: Math.round((performance.now() - startedAt) / 1000),
    };
  } finally {
    await dabir.close();
    await balancer.close();
    await engine.close();
    await postgres.remove();
  }
}

/** Lines of a dead process's log that are shown. */
const lastWords = 20;

/** Returns how many of `count` exceed the expected one. */
const beyondOne = (count: number) => Math.max(0, count - 1);

function judge(
  answers: readonly NoteAnswer[],
): Omit<
  RestartReport,
  'restarts' | 'longestRestartMs' | 'repeatedEngineCalls' | 'engineCalls' | 'deaths' | 'seconds'
> {
  const doubled = { texts: 0, documents: 0, statuses: 0 };
  let unanswered = 0;
  let failed = 0;
  const findings: string[] = [];
  for (const { note, texts, statuses, documents, ending } of answers) {
    const extra = {
      texts: beyondOne(texts),
      // The status message becomes the text, so that beside one none is left.
      statuses: texts > 0 ? statuses : beyondOne(statuses),
      documents: [...documents.values()].reduce((sum, count) => sum + beyondOne(count), 0),
    };
    doubled.texts += extra.texts;
    doubled.statuses += extra.statuses;
    doubled.documents += extra.documents;
    const isWell = texts > 0;
    if (!isWell) failed += 1;
    const isWhole = texts > 0 && documents.size === documentsEach;
    if (isWell && !isWhole) unanswered += 1;
    if (!isWell || !isWhole || extra.texts + extra.statuses + extra.documents > 0)
      findings.push(
        `note ${note}: ${texts} texts, ${[...documents.values()].join('+')} documents, ${statuses} statuses, "${ending.split('\n')[0]}"`,
      );
  }
  return { notes: answers.length, doubled, unanswered, failed, findings };
}
