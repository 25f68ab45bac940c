import { deleteFile } from '../../../app/lane/delete-file.ts';
import { deleteShownHistory } from '../../../features/history/index.ts';
import type { PressHandler } from '../../file-press.ts';
import { replaceRows } from './replace-rows.ts';

const answers = { deleted: 'answer-deleted', unknown: 'answer-unknown' } as const;

/** Asks for a confirmation, which says what becomes of a document that was made of this upload and others. */
export const askWhetherToDelete: PressHandler<'delete'> = async ({ corrections }, press) => {
  const others = await corrections.listBundled(press.file.id, press.file.userId);
  press.answer(others.length > 0 ? 'answer-delete-sure-bundle' : 'answer-delete-sure');
  await replaceRows(press, ['delete'], ['erase', 'keep']);
};

/** Handles "No, keep it": shows the delete button again. */
export const keepFile: PressHandler<'keep'> = async (_dependencies, press) => {
  press.answer('answer-kept');
  await replaceRows(press, ['erase', 'keep'], ['delete']);
};

/** Handles "Yes, delete this transcript". */
export const eraseFile: PressHandler<'erase'> = async (dependencies, { ctx, file, confirm }) => {
  const { outcome, followUp } = await deleteFile(dependencies, file, file.userId);
  confirm(answers[outcome]);
  await followUp();
  await deleteShownHistory(dependencies.history, ctx.api, file.userId);
};
