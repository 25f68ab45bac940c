import { setTimeout as sleep } from 'node:timers/promises';
import { toDabirError } from '../domain/errors.ts';
import type { EngineOffer, StatusView } from '../domain/status.ts';
import { dispatch } from './dispatch.ts';
import type { Replies } from './ports/answers.ts';
import type { Addressee, ChooseResult, Lanes, Tokens } from './ports/lanes.ts';
import type { Log } from './ports/operations.ts';
import { retryWhileDatabaseIsAway } from './retry-database.ts';

/** The worker waits no longer than this for the place to be shown, in milliseconds. */
const longestHeadStartMs = 1_000;

/** A message that could not be stored for so long stays without its file, in milliseconds. */
const longestAwayMs = 30_000;

/** Between tries to take a message away, in milliseconds. */
const restsMs = [5_000, 20_000];

/** A file has got its place in the lane: shows it, and wakes a worker when its turn has come. */
export async function startTurn(
  dependencies: { lanes: Pick<Lanes, 'offerStatusMessage'>; tokens: Tokens; replies: Replies; log: Log },
  to: Addressee,
  choice: ChooseResult & { outcome: 'chosen' },
  readiness: EngineOffer['readiness'],
): Promise<void> {
  const { lanes, replies, log } = dependencies;
  log.info({ transcription: to.id, state: choice.state, before: choice.before }, 'in line');
  const shown = replies
    .showStatus(to, viewOf(choice, readiness))
    .then(async (id) => {
      // A file that nobody was asked about has no message yet, unless Telegram was slow and the worker came first.
      if (to.statusMessageId !== null || id === null) return;
      const isTaken = await retryWhileDatabaseIsAway(() => lanes.offerStatusMessage(to.id, id), {
        withinMs: longestAwayMs,
      });
      if (!isTaken) await takeAway(replies, to, id);
    })
    .catch((error) =>
      log.warn({ transcription: to.id, cause: toDabirError(error).message }, 'place not shown'),
    );
  // The worker starts only now, so that this edit cannot come after its own; but a slow Telegram holds up nobody.
  await Promise.race([shown, sleep(longestHeadStartMs)]);
  await dispatch(dependencies, choice.next);
  await shown;
}

/** Removes a message that came too late; a flood that made it late may hold up this too. */
async function takeAway(replies: Replies, to: Addressee, messageId: number): Promise<void> {
  for (const restMs of restsMs) {
    const isGone = await replies.remove(to, [messageId]).then(
      () => true,
      () => false,
    );
    if (isGone) return;
    await sleep(restMs, undefined, { ref: false });
  }
  await replies.remove(to, [messageId]);
}

function viewOf(
  { state, before }: { state: string; before: number },
  readiness: EngineOffer['readiness'],
): StatusView {
  if (state !== 'QUEUED' || readiness.state === 'ready') return { kind: 'waiting', before };
  if (readiness.state === 'resting' || readiness.state === 'paused') return { kind: readiness.state };
  return { kind: 'preparing', stage: readiness.stage, fraction: readiness.fraction };
}
