import type { EngineId } from '../../domain/engine-names.ts';
import type { UserId } from '../../domain/ids.ts';
import type { Transcription } from '../../domain/transcription.ts';
import { type WithFollowUp, withFollowUp } from '../follow-up.ts';
import type { CancelDependencies } from '../lane/cancel.ts';
import type { Copies } from '../ports/copies.ts';
import type { EngineReports } from '../ports/engine-reports.ts';
import type { Refusal } from '../ports/lanes.ts';
import type { EngineChoiceDependencies } from './apply-engine-choice.ts';
import { type ChoiceResult, chooseOffer } from './choose-engine.ts';

/** Outcome; a refusal says why the copy is not accepted, and the running job goes on then. */
export type SwitchResult = ChoiceResult | Refusal;

/**
 * Ends a running transcription, and transcribes its upload on another engine: a copy, with a status message of its own.
 */
export async function switchEngine(
  dependencies: EngineChoiceDependencies & CancelDependencies & { copies: Copies; reports: EngineReports },
  file: Transcription,
  userId: UserId,
  engine: EngineId,
): Promise<WithFollowUp<SwitchResult>> {
  const { lanes, copies, reports } = dependencies;
  const offer = (await reports.offers()).find(({ id }) => id === engine);
  if (offer === undefined) return withFollowUp('engine_gone');
  // A second press, or one that comes after the end, changes nothing.
  if (!(await lanes.setAsking(file.id, userId, null))) return withFollowUp('already');
  // Without a copy the running job goes on.
  const copy = await copies.create(file.id, userId);
  if (copy.outcome === 'full' || copy.outcome === 'spent') return withFollowUp(copy);
  if (copy.outcome !== 'accepted') return withFollowUp(copy.outcome);
  const to = { ...file, id: copy.id, statusMessageId: copy.statusMessageId, copyOf: file.id };
  return chooseOffer(dependencies, to, userId, offer);
}
