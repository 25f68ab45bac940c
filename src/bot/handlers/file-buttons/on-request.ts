import type { PressHandler } from '../../file-press.ts';
import { accountOf } from '../../upload.ts';
import { replaceRows } from './replace-rows.ts';

/** Sends files only on request from now on: buttons under each text offer them. */
export const sendFilesOnRequest: PressHandler<'on-request'> = async ({ settings }, press) => {
  const { ctx, confirm } = press;
  const choice = await settings.documents(ctx.from.id);
  await settings.setDocuments(accountOf(ctx.from), { ...choice, formats: [] });
  confirm('answer-on-request');
  await replaceRows(press, ['on-request'], []);
};
