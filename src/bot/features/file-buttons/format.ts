import { sendFormat } from '../../../app/send-format.ts';
import type { PressHandler } from './press.ts';

const answers = { added: 'answer-format', already: 'answer-format', unknown: 'answer-unknown' } as const;

/** The transcript in one more format. */
export const oneMoreFormat: PressHandler<'format'> = async (dependencies, press, { format }) =>
  press.committed(answers[await sendFormat(dependencies, press.file.id, press.ctx.from.id, format)]);
