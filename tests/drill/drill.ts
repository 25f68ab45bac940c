import { setTimeout as sleep } from 'node:timers/promises';
import { until } from '../support/until.ts';
import { blows } from './blows.ts';
import { Crowd } from './crowd.ts';
import { type Findings, findingsOf } from './findings.ts';
import { openStage, type Stage, type StageSettings } from './stage.ts';
import { deafWorkers } from './wake.ts';

export type DrillSettings = StageSettings & {
  readonly users: number;
  /** Pause of one person between two uploads, in ms. */
  readonly pauseMs: number;
  /** The blows to strike, by name, in this order. */
  readonly turns: Iterable<string>;
  readonly onProgress?: (line: string) => void;
};

export type DrillReport = Findings & {
  readonly notes: number;
  /** The blows with their counts. */
  readonly struck: Readonly<Record<string, number>>;
  /** Kills of Dabir's own processes. */
  readonly kills: number;
  /** Workers that took no file after a blow, with the blow. */
  readonly deaf: readonly string[];
  /** Processes that report at the end that they are not ready. */
  readonly notReady: readonly string[];
  readonly seconds: number;
};

/** Pause between recovery from a blow and the next blow, in ms. */
const breathMs = 1_500;

/**
 * Runs an installation as an operator would: users send, processes are killed, stopped and restarted, and
 * after each blow every worker has to take files again. Then checks the database, the chats and the engine's
 * bill.
 */
export async function runDrill(settings: DrillSettings): Promise<DrillReport> {
  const startedAt = performance.now();
  const stage = await openStage(settings);
  try {
    await ready(stage);
    const crowd = await Crowd.gather(stage.playground.url, settings.users);
    const sent = new AbortController();
    const sending = crowd.sendUntil(sent.signal, settings.pauseMs);
    const { struck, deaf } = await strikeInTurn(stage, settings);
    sent.abort();
    await sending;
    await quiet(stage, settings.onProgress);
    const notReady = await notReadyIn(stage);
    const findings = await findingsOf(stage, crowd.notes);
    crowd.leave();
    const lives = [...stage.bots, ...stage.workers].flatMap((member) => member.lives);
    return {
      notes: crowd.notes.length,
      struck: Object.fromEntries(struck),
      kills: lives.filter(({ killedAt }) => killedAt !== null).length,
      deaf,
      notReady,
      seconds: Math.round((performance.now() - startedAt) / 1000),
      ...findings,
    };
  } finally {
    await stage.close();
  }
}

async function ready({ bots, workers }: Stage): Promise<void> {
  const members = [...bots, ...workers];
  await until(() => members.every(({ life }) => life.ready));
}

async function strikeInTurn(
  stage: Stage,
  { turns, onProgress }: DrillSettings,
): Promise<{ struck: Map<string, number>; deaf: string[] }> {
  const [struck, deaf] = [new Map<string, number>(), [] as string[]];
  await sleep(breathMs);
  for (const name of turns) {
    const blow = blows.find((one) => one.name === name);
    if (blow === undefined) throw new Error(`no such blow: ${name}`);
    const since = Date.now();
    await blow.strike(stage);
    struck.set(blow.name, (struck.get(blow.name) ?? 0) + 1);
    const slept = await deafWorkers(stage, Date.now());
    deaf.push(...slept.map((name) => `${name}, after: ${blow.name}`));
    const seconds = ((Date.now() - since) / 1000).toFixed(1);
    onProgress?.(
      `${blow.name}: ${slept.length === 0 ? `all workers at work after ${seconds} s` : `deaf: ${slept}`}`,
    );
    await sleep(breathMs);
  }
  return { struck, deaf };
}

/** Time without any end of a file after which the open ones count as stuck, in ms. */
const patienceMs = 120_000;

/**
 * Resolves when every file has ended and every answer is sent, or when nothing has moved for `patienceMs`.
 */
async function quiet({ pool }: Stage, onProgress?: (line: string) => void): Promise<void> {
  let left = Number.POSITIVE_INFINITY;
  for (let since = performance.now(); performance.now() - since < patienceMs; await sleep(500)) {
    const { rows } = await pool.query<{ open: number }>(
      `SELECT count(*)::int AS open FROM transcription
        WHERE state NOT IN ('COMPLETED', 'FAILED', 'CANCELLED') OR "deliverAfter" IS NOT NULL`,
    );
    const open = rows[0]?.open ?? 0;
    if (open === 0) {
      // The last reactions and removals leave no mark in the database to wait for.
      await sleep(5_000);
      return;
    }
    if (open < left) since = performance.now();
    left = open;
  }
  onProgress?.(`${left} files or answers are still open`);
}

async function notReadyIn({ bots, workers }: Stage): Promise<string[]> {
  const said = await Promise.all(
    [...bots, ...workers].map(async (member) => ({ member, ...(await member.readiness()) })),
  );
  return said
    .filter(({ status }) => status !== 200)
    .map(({ member, lines }) => `${member.name}: ${lines.trim()}`);
}
