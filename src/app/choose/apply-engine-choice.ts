import type { UserId } from '../../domain/ids.ts';
import type { EngineOffer } from '../../domain/status.ts';
import { databaseWaitMs } from '../database-wait.ts';
import { type WithFollowUp, withFollowUp } from '../follow-up.ts';
import type { Addressee, ChooseResult, EarlierFound, Lanes } from '../ports/lanes.ts';
import type { Log } from '../ports/log.ts';
import type { Messenger } from '../ports/messenger.ts';
import type { Tokens } from '../ports/tokens.ts';
import { retryWhileDatabaseIsAway } from '../retry-database.ts';
import { type ReuseDependencies, reuseEarlier } from './reuse-earlier.ts';
import { showAndDispatch } from './show-and-dispatch.ts';

export type EngineChoiceDependencies = ReuseDependencies & {
  lanes: Lanes;
  tokens: Tokens;
  messenger: Messenger;
  log: Log;
};

/** Outcome, for the notification above the chat. */
export type EngineChoiceResult =
  | 'reused'
  | 'started'
  | 'waiting'
  | Exclude<ChooseResult['outcome'], 'chosen'>;

/**
 * Applies the choice of an engine: an earlier transcript of the same audio is reused at once; else the transcription
 * enters the user's lane and its position is shown.
 */
export async function applyEngineChoice(
  dependencies: EngineChoiceDependencies,
  to: Addressee,
  userId: UserId,
  offer: EngineOffer,
): Promise<WithFollowUp<EngineChoiceResult>> {
  const found = await chooseInLane(dependencies, to, userId, offer, () =>
    dependencies.earlierTranscripts.chooseOrFind(to.id, userId, offer.id),
  );
  return completeChoice(dependencies, to, userId, offer, found);
}

/**
 * Settles a choice after the lane has taken the choice of an engine, or has found an earlier transcript of the same
 * audio.
 */
export async function completeChoice(
  dependencies: EngineChoiceDependencies,
  to: Addressee,
  userId: UserId,
  offer: EngineOffer,
  found: ChooseResult | EarlierFound,
): Promise<WithFollowUp<EngineChoiceResult>> {
  if (found.outcome === 'earlier' && (await reuseEarlier(dependencies, to, userId, offer, found.earlier))) {
    return withFollowUp('reused');
  }
  const choice =
    found.outcome === 'earlier'
      ? await chooseInLane(dependencies, to, userId, offer, () =>
          dependencies.lanes.choose(to.id, userId, offer.id),
        )
      : found;
  if (choice.outcome !== 'chosen') return withFollowUp(choice.outcome);
  return withFollowUp(choice.before === 0 ? 'started' : 'waiting', () =>
    showAndDispatch(dependencies, { ...to, engine: offer.id }, choice, offer.readiness),
  );
}

/** Maximum number of open transcriptions that are searched for a choice whose response was lost. */
const maxCandidates = 100;

/**
 * Chooses an engine in the lane. Recognises its own choice when the first response was lost; the sweep then sends the
 * token.
 */
async function chooseInLane<Result extends { readonly outcome: string }>(
  { lanes }: EngineChoiceDependencies,
  { id }: Addressee,
  userId: UserId,
  offer: EngineOffer,
  choose: () => Promise<ChooseResult | Result>,
): Promise<ChooseResult | Result> {
  return retryWhileDatabaseIsAway(
    async (again) => {
      const choice = await choose();
      if (choice.outcome !== 'already' || !again) return choice;
      const own = (await lanes.listOpen(userId, maxCandidates)).find((file) => file.id === id);
      if (own === undefined || own.engine !== offer.id) return choice;
      return { outcome: 'chosen', state: own.state, before: own.before, next: null };
    },
    { withinMs: databaseWaitMs.choice },
  );
}
