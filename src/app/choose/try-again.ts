import type { UserId } from '../../domain/ids.ts';
import type { Transcription } from '../../domain/transcription.ts';
import { type WithFollowUp, withFollowUp } from '../follow-up.ts';
import type { EngineReports } from '../ports/engine-reports.ts';
import type { Lanes } from '../ports/lanes.ts';
import type { Log } from '../ports/log.ts';
import type { Messenger } from '../ports/messenger.ts';
import type { Tokens } from '../ports/tokens.ts';
import { showAndDispatch } from './show-and-dispatch.ts';
import { buildPickerView } from './show-picker.ts';

/** Outcome of a retry, for the notification above the chat. */
export type TryAgainResult = 'started' | 'waiting' | 'choosing' | 'already' | 'unknown';

/**
 * Retries a failed transcription at the end of its user's lane: on the same engine while some worker can run it; else,
 * or with `choose`, on an engine that the user picks.
 */
export async function tryAgain(
  dependencies: { lanes: Lanes; tokens: Tokens; reports: EngineReports; messenger: Messenger; log: Log },
  file: Transcription,
  userId: UserId,
  choose: boolean,
): Promise<WithFollowUp<TryAgainResult>> {
  const { lanes, reports, messenger } = dependencies;
  const offer = choose ? undefined : (await reports.offers()).find(({ id }) => id === file.engine);
  const reopened = await lanes.reopen(file.id, userId, offer === undefined);
  if (reopened.outcome !== 'chosen') return withFollowUp(reopened.outcome);
  if (offer === undefined) {
    return withFollowUp('choosing', async () => {
      await messenger.showStatus(file, await buildPickerView(reports, file.engine, file));
    });
  }
  return withFollowUp(reopened.before === 0 ? 'started' : 'waiting', () =>
    showAndDispatch(dependencies, file, reopened, offer.readiness),
  );
}
