import type { EngineId } from '../domain/engine-names.ts';
import type { UserId } from '../domain/ids.ts';
import type { EngineReports } from './ports/engine-reports.ts';
import type { Addressee } from './ports/lanes.ts';
import { pickerView } from './show-picker.ts';
import { type EngineTaken, type TakeEngineDependencies, takeEngine } from './take-engine.ts';

/** What came of a press on an engine's button, for the small answer above the chat. */
export type ChoiceAnswer = EngineTaken | 'engine_gone';

/**
 * Puts the file into its owner's lane on the chosen engine, and shows its place. A button pressed twice, an old one,
 * somebody else's: nothing changes.
 * @param committed called with what came of it as soon as that is safe in the database
 */
export async function chooseEngine(
  dependencies: TakeEngineDependencies & { reports: EngineReports },
  to: Addressee,
  userId: UserId,
  engine: EngineId,
  committed: (choice: ChoiceAnswer) => void,
): Promise<void> {
  const { reports, replies } = dependencies;
  const offer = (await reports.offers()).find(({ id }) => id === engine);
  if (offer !== undefined) return takeEngine(dependencies, to, userId, offer, committed);
  committed('engine_gone');
  const view = await pickerView(reports, await reports.lastEngine(userId), to.announcedSeconds);
  await replies.showStatus(to, view);
}
