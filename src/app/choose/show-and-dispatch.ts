import { setTimeout as sleep } from 'node:timers/promises';
import { isSpokenFor } from '../../domain/burst.ts';
import type { EngineOffer, StatusView } from '../../domain/status.ts';
import { waitAtMost } from '../../lib/wait-at-most.ts';
import { databaseWaitMs } from '../database-wait.ts';
import { dispatch } from '../lane/dispatch.ts';
import { showEndingAgain } from '../lane/transient-status.ts';
import { logError } from '../log-error.ts';
import type { Addressee, ChooseResult, Lanes } from '../ports/lanes.ts';
import type { Log } from '../ports/log.ts';
import type { Messenger } from '../ports/messenger.ts';
import type { Tokens } from '../ports/tokens.ts';
import { retryWhileDatabaseIsAway } from '../retry-database.ts';

/** Maximum time that the token waits for the position to be shown, in ms. */
const maxHeadStartMs = 1_000;

/** Delays between attempts to remove a message, in ms. */
const retryDelaysMs = [5_000, 20_000];

/** Shows the position of a transcription that has entered the lane, and dispatches its token when it is due. */
export async function showAndDispatch(
  dependencies: {
    lanes: Pick<Lanes, 'offerStatusMessage' | 'findEnding'>;
    tokens: Tokens;
    messenger: Messenger;
    log: Log;
  },
  to: Addressee,
  choice: ChooseResult & { outcome: 'chosen' },
  readiness: EngineOffer['readiness'],
): Promise<void> {
  const { lanes, messenger, log } = dependencies;
  log.info({ transcription: to.id, state: choice.state, before: choice.before }, 'added to the lane');
  // The message of its burst shows where it is.
  if (isSpokenFor(to)) return dispatch(dependencies, choice.next);
  const shown = messenger
    .showStatus(to, viewOf(choice, readiness))
    .then(async (id) => {
      // A transcription without a picker has no message yet, unless Telegram was slow and its worker sent one first.
      if (to.statusMessageId !== null || id === null) return;
      const isTaken = await retryWhileDatabaseIsAway(() => lanes.offerStatusMessage(to.id, id), {
        withinMs: databaseWaitMs.statusMessage,
      });
      if (!isTaken) await removeMessage(messenger, to, id);
    })
    .catch((error) => logError(log, 'warn', { transcription: to.id }, error, 'position not shown'));
  // The token is sent only now, so that this edit cannot come after the worker's. A slow Telegram delays it only a
  // little.
  const isInTime = await waitAtMost(
    maxHeadStartMs,
    shown.then(() => true),
  );
  await dispatch(dependencies, choice.next);
  await shown;
  // Without a token of its own, this process does not know when the worker begins.
  const isUnordered = !isInTime || choice.next === null;
  if (isUnordered && to.statusMessageId !== null) showEndingAgain(dependencies, to);
}

/** Removes a message that came too late. A 429, which may have delayed it, can delay the removal too. */
async function removeMessage(messenger: Messenger, to: Addressee, messageId: number): Promise<void> {
  for (const delayMs of retryDelaysMs) {
    const isGone = await messenger.remove(to, [messageId]).then(
      () => true,
      () => false,
    );
    if (isGone) return;
    await sleep(delayMs, undefined, { ref: false });
  }
  await messenger.remove(to, [messageId]);
}

function viewOf(
  { state, before }: { state: string; before: number },
  readiness: EngineOffer['readiness'],
): StatusView {
  if (state !== 'QUEUED' || readiness.state === 'ready') return { kind: 'waiting', before };
  if (readiness.state === 'resting' || readiness.state === 'paused') return { kind: readiness.state };
  return { kind: 'preparing', stage: readiness.stage, fraction: readiness.fraction };
}
