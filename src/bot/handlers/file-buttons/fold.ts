import type { PressHandler } from '../../file-press.ts';

/** Shows all buttons under a text, or folds them to one row. */
export const foldButtons: PressHandler<'more' | 'less'> = async (
  { lanes, messenger, findUnderstandingOffer },
  { ctx, file, answer },
  { action },
) => {
  const ending = await lanes.findEnding(file.id);
  if (ending === null || ending.view.kind !== 'completed') return answer('answer-unknown');
  // Without a text: the buttons themselves are the answer.
  ctx.answerCallbackQuery().catch(() => undefined);
  const offer = action === 'more' ? await findUnderstandingOffer(file) : null;
  const view = offer === null ? ending.view : { ...ending.view, understanding: offer };
  await messenger.showButtons(file, view, action === 'more');
};
