import type { EngineId } from '../../domain/engine-names.ts';
import type { UserId } from '../../domain/ids.ts';
import type { EngineOffer } from '../../domain/status.ts';
import type { Transcription } from '../../domain/transcription.ts';
import { type WithFollowUp, withFollowUp } from '../follow-up.ts';
import { type CancelDependencies, cancel } from '../lane/cancel.ts';
import type { Copies } from '../ports/copies.ts';
import type { EngineReports } from '../ports/engine-reports.ts';
import type { Addressee } from '../ports/lanes.ts';
import {
  applyEngineChoice,
  type EngineChoiceDependencies,
  type EngineChoiceResult,
} from './apply-engine-choice.ts';
import { buildPickerView } from './show-picker.ts';

/** Outcome of a press on an engine's button, for the notification above the chat. */
export type ChoiceResult = EngineChoiceResult | 'engine_gone';

/**
 * Puts the transcription into its user's lane on the chosen engine and shows its position. A second press, an old
 * button or another user's button changes nothing. Where the choice is another engine for a running transcription, that
 * one ends now.
 */
export async function chooseEngine(
  dependencies: EngineChoiceDependencies & CancelDependencies & { copies: Copies; reports: EngineReports },
  to: Addressee & Pick<Transcription, 'copyOf'>,
  userId: UserId,
  engine: EngineId,
): Promise<WithFollowUp<ChoiceResult>> {
  const { reports, messenger } = dependencies;
  const offer = (await reports.offers()).find(({ id }) => id === engine);
  if (offer !== undefined) return chooseOffer(dependencies, to, userId, offer);
  return withFollowUp('engine_gone', async () => {
    const view = await buildPickerView(reports, await reports.lastEngine(userId), to);
    await messenger.showStatus(to, view);
  });
}

/** Does the same for an engine that is known to be usable. */
export async function chooseOffer(
  dependencies: EngineChoiceDependencies & CancelDependencies & { copies: Copies },
  to: Addressee & Pick<Transcription, 'copyOf'>,
  userId: UserId,
  offer: EngineOffer,
): Promise<WithFollowUp<EngineChoiceResult>> {
  // An upload is never transcribed on two engines at once, so the running transcription ends first: a process that
  // dies in between leaves a picker, and not two jobs. A transcription that has ended is not affected.
  const original = to.copyOf === null ? null : await dependencies.copies.findOpenOriginal(to.id, userId);
  const cancelled = original === null ? null : await cancel(dependencies, original, userId);
  const chosen = await applyEngineChoice(dependencies, to, userId, offer);
  return withFollowUp(chosen.outcome, async () => {
    await cancelled?.followUp();
    await chosen.followUp();
  });
}
