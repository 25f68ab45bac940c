import type { PressHandler } from '../../file-press.ts';

/** Shows all buttons under a text, or folds them to one row. */
export const foldButtons: PressHandler<'more' | 'less'> = async (
  { lanes, messenger },
  { ctx, file, answer },
  { action },
) => {
  const ending = await lanes.findEnding(file.id);
  if (ending === null || ending.view.kind !== 'completed') return answer('answer-unknown');
  // Without a text: the buttons themselves are the answer.
  ctx.answerCallbackQuery().catch(() => undefined);
  await messenger.showButtons(file, ending.view, action === 'more');
};
