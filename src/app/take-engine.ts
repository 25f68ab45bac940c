import type { UserId } from '../domain/ids.ts';
import type { EngineOffer } from '../domain/status.ts';
import type { Replies } from './ports/answers.ts';
import type { Addressee, ChooseResult, Lanes, Tokens } from './ports/lanes.ts';
import type { Log } from './ports/operations.ts';
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
  const choice = await dependencies.lanes.choose(to.id, userId, offer.id);
  if (choice.outcome !== 'chosen') return committed(choice.outcome);
  committed(choice.before === 0 ? 'started' : 'waiting');
  await startTurn(dependencies, to, choice, offer.readiness);
}
