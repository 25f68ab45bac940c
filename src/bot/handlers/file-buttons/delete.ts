import { deleteFile } from '../../../app/lane/delete-file.ts';
import { takeBackHistory } from '../../../features/history/index.ts';
import type { PressHandler } from '../../file-press.ts';
import { replaceRows } from './replace-rows.ts';

const answers = { deleted: 'answer-deleted', unknown: 'answer-unknown' } as const;

/** Asks for a confirmation. */
export const askWhetherToDelete: PressHandler<'delete'> = async (_dependencies, press) => {
  press.answer('answer-delete-sure');
  await replaceRows(press, ['delete'], ['erase', 'keep']);
};

/** Handles "No, keep it": shows the delete button again. */
export const keepFile: PressHandler<'keep'> = async (_dependencies, press) => {
  press.answer('answer-kept');
  await replaceRows(press, ['erase', 'keep'], ['delete']);
};

/** Handles "Yes, delete everything". */
export const eraseFile: PressHandler<'erase'> = async (dependencies, { ctx, file, confirm }) => {
  const { outcome, followUp } = await deleteFile(dependencies, file, file.userId);
  confirm(answers[outcome]);
  await followUp();
  await takeBackHistory(dependencies.history, ctx.api, file.userId);
};
