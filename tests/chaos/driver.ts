import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { Aim } from './aim.ts';
import { answeredOnce } from './answers.ts';
import { planArrivals } from './arrivals.ts';
import { beat, blowsAt, showing } from './blows.ts';
import { isRule } from './broken-rules.ts';
import { type BurstFigures, burstsAreOver } from './burst-messages.ts';
import { Crowd } from './crowd.ts';
import { type Event, readCommits, readHistory } from './history.ts';
import {
  endedOnce,
  fencesHeld,
  lanesInOrder,
  nobodyToBlame,
  oneResultEach,
  takenOnce,
  type Violation,
} from './invariants.ts';
import { nothingIsLeft } from './leftovers.ts';
import { Liveness } from './liveness.ts';
import { seeded } from './random.ts';
import { type StageSettings, setStage } from './stage.ts';
import { noTokenIsLeft } from './tokens-left.ts';
import { Wishes } from './wishes.ts';

export type ChaosSettings = StageSettings & {
  readonly uploads: number;
  /** Time over which the uploads are sent, in seconds. */
  readonly seconds: number;
  readonly users: number;
  /** Uploads of one person at once in a flood. */
  readonly floodSize: number;
  /** Average time between two blows, in ms. */
  readonly blowMs: number;
  readonly onProgress?: (line: string) => void;
};

export type ChaosReport = {
  readonly uploads: number;
  /** Final states of the existing files with their counts, and the count of deleted files. */
  readonly endings: Readonly<Record<string, number>>;
  /** The blows with their counts. */
  readonly blows: Readonly<Record<string, number>>;
  /** Blows by which processes died. */
  readonly kills: number;
  readonly retried: number;
  /** Files that a worker lost and another claimed. */
  readonly takenOver: number;
  readonly refusedCommits: number;
  readonly duplicateAnswers: number;
  readonly bursts: BurstFigures;
  readonly seconds: number;
  readonly violations: readonly Violation[];
};

/**
 * Sends uploads through a fleet of real processes that is hit by a seeded plan of blows, then checks the
 * history against the invariants.
 */
export async function runChaos(settings: ChaosSettings): Promise<ChaosReport> {
  const startedAt = performance.now();
  const stage = await setStage(settings);
  const { database, workers, bots, redis, tokens } = stage;
  try {
    const crowd = await Crowd.gather(stage.playgroundUrl, settings.users);
    const wishes = new Wishes(database.pool, bots);
    const aim = new Aim(database.pool, workers, tokens);
    const all = blowsAt({ workers, bots, redis, aim, crashDatabase: () => database.crash() });
    const { broken } = settings;
    const blows = broken === undefined ? all : all.filter(({ name }) => showing[broken].includes(name));
    const arrivals = planArrivals(settings, seeded(settings.seed));
    const [sent, over] = [new AbortController(), new AbortController()];
    // On a loaded machine the uploads take longer. Blows would prolong that time, which brings further blows. A broken
    // rule shows at any time, so that its blows go on.
    const most =
      broken === undefined
        ? Math.ceil((settings.seconds * 1000) / settings.blowMs)
        : Number.POSITIVE_INFINITY;
    const beating = beat(blows, seeded(settings.seed + 1), settings.blowMs, most, sent.signal);
    const watching = wishes.watch(over.signal);
    const liveness = new Liveness(database.pool, workers);
    const listening = liveness.watch(over.signal);
    await crowd.send(arrivals, bots, wishes, settings.onProgress);
    sent.abort();
    const struck = await beating;
    const longestMs = settings.broken === undefined ? patienceMs : brokenPatienceMs;
    const { size: uploads } = crowd.uploadKeys;
    await quiet(database.pool, wishes, longestMs);
    over.abort();
    await Promise.all([watching, listening]);
    if (settings.broken === undefined || !isRule(settings.broken)) {
      await liveness.allTakeFiles(async (files) => {
        await crowd.sendSome(Math.min(files, settings.users), bots);
        await quiet(database.pool, wishes, longestMs);
      });
    }
    // With a rule broken the invariants say nothing, and waiting would be in vain.
    const tokensLeft = settings.broken === undefined ? await noTokenIsLeft(tokens) : [];
    await stage.stopFleet();

    const history = await readHistory(database.pool);
    const commits = await readCommits(stage.logFile);
    const kills = [...struck].reduce((sum, [{ kills }, count]) => sum + (kills ? count : 0), 0);
    const chats = await crowd.read();
    const answers = await answeredOnce(database.pool, chats, kills);
    const bursts = await burstsAreOver(database.pool, chats);
    return {
      uploads,
      endings: endingsIn(history),
      blows: Object.fromEntries([...struck].map(([{ name }, count]) => [name, count])),
      kills,
      retried: wishes.retried.size,
      takenOver: history.filter(({ from, to }) => from === 'PROCESSING' && to === 'QUEUED').length,
      refusedCommits: commits.refused,
      duplicateAnswers: answers.duplicates,
      bursts: bursts.figures,
      seconds: Math.round((performance.now() - startedAt) / 1000),
      violations: [
        ...takenOnce(history, crowd.uploadKeys),
        ...endedOnce(history, wishes.retried),
        ...lanesInOrder(history),
        ...fencesHeld(history, commits),
        ...(await oneResultEach(database.pool)),
        ...(await nobodyToBlame(database.pool)),
        ...liveness.violations,
        ...answers.violations,
        ...bursts.violations,
        ...(await nothingIsLeft(database.pool, wishes.deleted, stage.temporaryFolder)),
        ...tokensLeft,
      ],
    };
  } finally {
    await stage.close();
  }
}

/** Time without any end of a file after which the open ones count as stuck, in ms. */
const patienceMs = 60_000;
/** The same with a rule broken, where files are stuck for good and the violation was seen already. */
const brokenPatienceMs = 5_000;

/**
 * Waits until every file has ended, every answer is sent, every burst's message is up to date and every wish is
 * fulfilled, or until nothing moves.
 */
async function quiet(database: pg.Pool, wishes: Wishes, longestMs: number): Promise<void> {
  let left = Number.POSITIVE_INFINITY;
  for (let since = performance.now(); performance.now() - since < longestMs; await sleep(500)) {
    // The last crash of PostgreSQL ends connections a moment later.
    const open = await countOpen(database).catch(() => null);
    if (open === null) continue;
    if (open.files + open.bursts === 0 && (await wishes.look().catch(() => false))) return;
    // The message of a burst with a stuck file is due again and again, which is no progress.
    if (open.files < left) since = performance.now();
    left = open.files;
  }
}

/** Counts the files that have not ended, or whose answer is not sent, and the messages of bursts that are out of date. */
async function countOpen(database: pg.Pool): Promise<{ files: number; bursts: number }> {
  const { rows } = await database.query<{ files: number; bursts: number }>(
    `SELECT (SELECT count(*) FROM transcription
              WHERE state NOT IN ('COMPLETED', 'FAILED', 'CANCELLED') OR "deliverAfter" IS NOT NULL)::int AS files,
            (SELECT count(*) FROM burst WHERE "updateAfter" IS NOT NULL)::int AS bursts`,
  );
  return rows[0] ?? { files: 0, bursts: 0 };
}

/** Counts the files in each final state. */
function endingsIn(history: readonly Event[]): Record<string, number> {
  const last = new Map<number, string>();
  for (const { file, from, to } of history) {
    if (to !== 'CLAIMED') last.set(file, to === 'DELETED' ? `deleted while ${from}` : to);
  }
  const counts = [...Map.groupBy(last.values(), (end) => end)].map(([end, files]) => [end, files.length]);
  return Object.fromEntries(counts.sort());
}
