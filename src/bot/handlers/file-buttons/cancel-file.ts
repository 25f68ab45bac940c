import { cancel } from '../../../app/lane/cancel.ts';
import type { PressHandler } from '../../file-press.ts';

const answers = {
  cancelled: 'answer-cancelled',
  requested: 'answer-cancelling',
  ended: 'answer-ended',
  unknown: 'answer-unknown',
} as const;

/** Cancels the transcription in any state. */
export const cancelFile: PressHandler<'cancel'> = async (dependencies, { file, confirm }) => {
  const { outcome, followUp } = await cancel(dependencies, file, file.userId);
  confirm(answers[outcome]);
  await followUp();
};
