import type { UserId } from '../../domain/ids.ts';
import type { Transcription } from '../../domain/transcription.ts';
import { type WithFollowUp, withFollowUp } from '../follow-up.ts';
import type { Copies } from '../ports/copies.ts';
import type { EngineReports } from '../ports/engine-reports.ts';
import type { Refusal } from '../ports/lanes.ts';
import {
  applyEngineChoice,
  type EngineChoiceDependencies,
  type EngineChoiceResult,
} from './apply-engine-choice.ts';
import { type ShowPickerDependencies, showPicker } from './show-picker.ts';

/** Outcome; a refusal has the reason why the lane is full. `choosing`: the engine is away, so the user picks one. */
export type OtherLanguageResult = EngineChoiceResult | 'choosing' | Refusal;

/**
 * Transcribes an upload again as speech in another language, on the same engine. The first transcript stays; the second
 * one comes below it.
 * @param language ISO 639-1
 */
export async function transcribeInLanguage(
  dependencies: EngineChoiceDependencies &
    ShowPickerDependencies & { copies: Copies; reports: EngineReports },
  file: Transcription,
  userId: UserId,
  language: string,
): Promise<WithFollowUp<OtherLanguageResult>> {
  const { copies, reports } = dependencies;
  const copy = await copies.create(file.id, userId, language);
  if (copy.outcome === 'full' || copy.outcome === 'spent') return withFollowUp(copy);
  if (copy.outcome !== 'accepted') return withFollowUp(copy.outcome);
  // The picker of an unchosen copy becomes its status message.
  const to = { ...file, id: copy.id, statusMessageId: copy.statusMessageId };
  const offer = (await reports.offers()).find(({ id }) => id === file.engine);
  if (offer !== undefined) return applyEngineChoice(dependencies, to, userId, offer);
  return withFollowUp('choosing', () => showPicker(dependencies, to, userId, file.engine));
}
