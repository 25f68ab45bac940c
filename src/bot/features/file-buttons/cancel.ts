import { cancel } from '../../../app/cancel.ts';
import type { PressHandler } from './press.ts';

const answers = {
  cancelled: 'answer-cancelled',
  requested: 'answer-cancelling',
  ended: 'answer-ended',
  unknown: 'answer-unknown',
} as const;

/** Cancels the transcription in whatever state it is. */
export const cancelFile: PressHandler<'cancel'> = (dependencies, { file, committed }) =>
  cancel(dependencies, file, file.userId, (outcome) => committed(answers[outcome]));
