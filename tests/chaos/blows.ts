import { setTimeout as sleep } from 'node:timers/promises';
import type { Aim } from './aim.ts';
import type { Breakage } from './broken-rules.ts';
import type { Member } from './fleet.ts';
import type { Redis } from './redis.ts';

/** A disturbance of the fleet. */
export type Blow = {
  readonly name: string;
  /** Relative frequency. */
  readonly weight: number;
  /** Whether it kills processes between any two of their steps. */
  readonly kills: boolean;
  /** @param luck from 0 to 1: selects the process that is hit */
  readonly strike: (luck: number) => unknown;
};

export type Targets = {
  readonly workers: readonly Member[];
  readonly bots: readonly Member[];
  readonly redis: Redis | undefined;
  readonly aim: Aim;
  readonly crashDatabase: () => Promise<void>;
};

/** Time without memory for writes, in ms. */
const outOfMemoryMs = 3_000;
/** Pause of a bot, in ms. */
const botPauseMs = 3_000;

/**
 * The blow that shows whether a worker receives tokens although its first connection to Redis was refused.
 */
const deafening = 'worker started while Redis is down';

const pausedAtWork = 'busy worker paused until others have its files';
const pausedBeforeCommit = 'worker paused before a commit until others have its files';
const oldTokens = 'old tokens sent again';

/**
 * Names of the blows that show a breakage. All others hide it: they kill the paused worker before it commits, or the
 * deaf one before it is seen to be deaf.
 */
export const showing: Readonly<Record<Breakage, readonly string[]>> = {
  fence: [pausedAtWork, pausedBeforeCommit, oldTokens],
  // Floods show it.
  slot: [oldTokens],
  deaf: [deafening],
};

/** Time within which a ready process has tried to connect, in ms. */
const refusedMs = 300;

/** Returns the blows that are possible on this machine with these parts. */
export function blowsAt({ workers, bots, redis, aim, crashDatabase }: Targets): Blow[] {
  // A paused process is not killed: it does its harm when it resumes.
  const one = (members: readonly Member[], luck: number) => {
    const awake = members.filter(({ paused }) => !paused);
    const from = awake.length > 0 ? awake : members;
    return from[Math.floor(luck * from.length)] as Member;
  };
  const blow = (name: string, weight: number, strike: Blow['strike'], kills = false): Blow => ({
    name,
    weight,
    kills,
    strike,
  });
  return [
    blow('worker killed', 5, (luck) => one(workers, luck).kill(), true),
    blow('busy worker killed', 9, async (luck) => (await aim.busyWorker(luck)).kill(), true),
    blow('bot killed', 5, (luck) => one(bots, luck).kill(), true),
    blow('database crashed', 1, crashDatabase, true),
    blow('worker redeployed', 1, (luck) => one(workers, luck).redeploy()),
    blow('bot redeployed', 1, (luck) => one(bots, luck).redeploy()),
    blow('all workers redeployed, one by one', 1, async () => {
      for (const worker of workers) await worker.redeploy();
    }),
    blow(oldTokens, 2, () => aim.resendOldTokens()),
    ...(process.platform === 'win32'
      ? []
      : [
          blow(pausedAtWork, 2, async (luck) => {
            const worker = await aim.busyWorker(luck);
            if (!worker.paused) await worker.pause(aim.filesTaken(worker.pid));
          }),
          blow(pausedBeforeCommit, 3, (luck) => {
            const worker = one(workers, luck);
            worker.pauseBeforeCommit(() => aim.filesTaken(worker.pid));
          }),
          blow('bot paused', 1, async (luck) => {
            const bot = one(bots, luck);
            if (!bot.paused) await bot.pause(sleep(botPauseMs));
          }),
        ]),
    ...(redis === undefined
      ? []
      : [
          blow('Redis emptied', 2, () => redis.flush()),
          blow('Redis killed', 1, () => redis.restart()),
          blow(
            deafening,
            1,
            (luck) => {
              const worker = one(workers, luck);
              // Its connection was refused by then.
              const refused = async () => {
                await worker.restart();
                await sleep(refusedMs);
              };
              return redis.restart(refused);
            },
            true,
          ),
          blow('Redis out of memory', 1, () => redis.outOfMemory(outOfMemoryMs)),
        ]),
  ];
}

/**
 * Strikes by a seeded plan until `signal` aborts, one blow about every `everyMs` ms, also while an earlier
 * one is still under way.
 * @param most maximum number of blows
 * @returns the number of times each blow was struck, once all of them are over
 */
export async function beat(
  blows: readonly Blow[],
  random: () => number,
  everyMs: number,
  most: number,
  signal: AbortSignal,
): Promise<Map<Blow, number>> {
  const struck = new Map<Blow, number>();
  const underWay: unknown[] = [];
  let strikes = 0;
  for (const blow of planned(blows, random)) {
    if (strikes === most) break;
    strikes += 1;
    const luck = random();
    await sleep(everyMs * (0.5 + random()), undefined, { signal }).catch(() => undefined);
    if (signal.aborted) break;
    struck.set(blow, (struck.get(blow) ?? 0) + 1);
    underWay.push(blow.strike(luck));
  }
  await Promise.all(underWay);
  return struck;
}

/** Yields blows without an end, in shuffled rounds in which each comes as often as its weight. */
function* planned(blows: readonly Blow[], random: () => number): Generator<Blow> {
  const cards = blows.flatMap((blow) => Array.from({ length: blow.weight }, () => blow));
  for (;;) {
    const dealt = cards.map((blow) => ({ blow, place: random() }));
    for (const { blow } of dealt.sort((one, other) => one.place - other.place)) yield blow;
  }
}
