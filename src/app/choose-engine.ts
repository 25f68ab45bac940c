import type { EngineId } from '../domain/engine-names.ts';
import type { UserId } from '../domain/ids.ts';
import type { Addressee, EngineReports, Lanes, Log, Replies, Tokens } from './ports.ts';
import { pickerView } from './show-picker.ts';
import { startTurn } from './start-turn.ts';

/** What came of a press on an engine's button, for the small answer above the chat. */
export type ChoiceAnswer = 'started' | 'waiting' | 'already' | 'unknown' | 'engine_gone';

/**
 * Puts the file into its owner's lane on the chosen engine, and shows its place. A button pressed twice, an old one,
 * somebody else's: nothing changes.
 * @param committed called with what came of it as soon as that is safe in the database
 */
export async function chooseEngine(
  dependencies: { lanes: Lanes; tokens: Tokens; reports: EngineReports; replies: Replies; log: Log },
  to: Addressee,
  userId: UserId,
  engine: EngineId,
  committed: (choice: ChoiceAnswer) => void,
): Promise<void> {
  const { lanes, reports, replies } = dependencies;
  const offers = await reports.offers();
  const offer = offers.find(({ id }) => id === engine);
  if (offer === undefined) {
    committed('engine_gone');
    await replies.showStatus(
      to,
      await pickerView(reports, await reports.lastEngine(userId), to.announcedSeconds),
    );
    return;
  }
  const choice = await lanes.choose(to.id, userId, engine);
  if (choice.outcome !== 'chosen') return committed(choice.outcome);
  committed(choice.before === 0 ? 'started' : 'waiting');
  await startTurn(dependencies, to, choice, offer.readiness);
}
