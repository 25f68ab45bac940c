import type { EngineId } from '../../domain/engine-names.ts';
import type { UserId } from '../../domain/ids.ts';
import { type WithFollowUp, withFollowUp } from '../follow-up.ts';
import type { EngineReports } from '../ports/engine-reports.ts';
import type { Addressee } from '../ports/lanes.ts';
import { buildPickerView } from '../receive/show-picker.ts';
import {
  applyEngineChoice,
  type EngineChoiceDependencies,
  type EngineChoiceResult,
} from './apply-engine-choice.ts';

/** Outcome of a press on an engine's button, for the notification above the chat. */
export type ChoiceAnswer = EngineChoiceResult | 'engine_gone';

/**
 * Puts the transcription into its user's lane on the chosen engine and shows its position. A second press, an old
 * button or another user's button changes nothing.
 */
export async function chooseEngine(
  dependencies: EngineChoiceDependencies & { reports: EngineReports },
  to: Addressee,
  userId: UserId,
  engine: EngineId,
): Promise<WithFollowUp<ChoiceAnswer>> {
  const { reports, replies } = dependencies;
  const offer = (await reports.offers()).find(({ id }) => id === engine);
  if (offer !== undefined) return applyEngineChoice(dependencies, to, userId, offer);
  return withFollowUp('engine_gone', async () => {
    const view = await buildPickerView(reports, await reports.lastEngine(userId), to);
    await replies.showStatus(to, view);
  });
}
