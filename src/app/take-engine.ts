import type { UserId } from '../domain/ids.ts';
import type { EngineOffer } from '../domain/status.ts';
import type { Replies } from './ports/answers.ts';
import type { Addressee, ChooseResult, Lanes, Tokens } from './ports/lanes.ts';
import type { Log } from './ports/operations.ts';
import { retryWhileDatabaseIsAway } from './retry-database.ts';
import { type ReuseDependencies, reuseEarlier } from './reuse-earlier.ts';
import { startTurn } from './start-turn.ts';

export type TakeEngineDependencies = ReuseDependencies & {
  lanes: Lanes;
  tokens: Tokens;
  replies: Replies;
  log: Log;
};

/** What came of it, for the small answer above the chat. */
export type EngineTaken = 'repeated' | 'started' | 'waiting' | Exclude<ChooseResult['outcome'], 'chosen'>;

/**
 * The engine of a file is known: what its person has had of the same recording answers at once, else the file goes into
 * their lane, and its place is shown.
 * @param committed called with what came of it as soon as that is safe in the database
 */
export async function takeEngine(
  dependencies: TakeEngineDependencies,
  to: Addressee,
  userId: UserId,
  offer: EngineOffer,
  committed: (taken: EngineTaken) => void,
): Promise<void> {
  if (await reuseEarlier(dependencies, to, userId, offer)) return committed('repeated');
  const choice = await choose(dependencies, to, userId, offer);
  if (choice.outcome !== 'chosen') return committed(choice.outcome);
  committed(choice.before === 0 ? 'started' : 'waiting');
  await startTurn(dependencies, to, choice, offer.readiness);
}

/** So many open files are looked through for one whose choice went through without an answer. */
const mostLookedAt = 100;

/** A press that waits for longer is handled anew, in milliseconds. */
const longestAwayMs = 5_000;

/** Chooses, and recognises an own choice whose answer was lost; the sweeper sends its token. */
async function choose(
  { lanes }: TakeEngineDependencies,
  { id }: Addressee,
  userId: UserId,
  offer: EngineOffer,
): Promise<ChooseResult> {
  return retryWhileDatabaseIsAway(
    async (again) => {
      const choice = await lanes.choose(id, userId, offer.id);
      if (choice.outcome !== 'already' || !again) return choice;
      const own = (await lanes.open(userId, mostLookedAt)).find((file) => file.id === id);
      if (own === undefined || own.engine !== offer.id) return choice;
      return { outcome: 'chosen', state: own.state, before: own.before, next: null };
    },
    { withinMs: longestAwayMs },
  );
}
