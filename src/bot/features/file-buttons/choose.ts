import { type ChoiceAnswer, chooseEngine } from '../../../app/choose-engine.ts';
import { otherEngine } from '../../../app/other-engine.ts';
import { pickerView } from '../../../app/show-picker.ts';
import { tryAgain } from '../../../app/try-again.ts';
import { refusalText } from '../../../texts/refusal.ts';
import { languageOf } from '../../context.ts';
import type { FileButtonDependencies, Press, PressHandler } from '../../file-press.ts';
import { accountOf } from '../../upload.ts';
import { replaceRows } from './replace-rows.ts';

const answers: Readonly<Record<ChoiceAnswer | 'choosing', string>> = {
  repeated: 'answer-repeated',
  started: 'answer-started',
  waiting: 'answer-waiting',
  choosing: 'answer-choose',
  already: 'answer-already',
  unknown: 'answer-unknown',
  engine_gone: 'answer-engine-gone',
};

/** Chooses the engine for a transcription that has none. */
export const pressEngine: PressHandler<'engine'> = async (dependencies, press, { engine }) => {
  const { ctx, file, committed } = press;
  if (file.state !== 'CHOOSING') {
    press.answer('answer-already');
    return removeStray(dependencies, press);
  }
  const { outcome, show } = await chooseEngine(dependencies, file, ctx.from.id, engine);
  committed(answers[outcome]);
  await show();
  await removeStray(dependencies, press);
};

/**
 * Removes a picker that is not the status message. A process that dies between sending a picker and storing its id
 * leaves one: the sweep sends another.
 */
async function removeStray({ replies }: FileButtonDependencies, { ctx, file }: Press): Promise<void> {
  const pressed = ctx.callbackQuery?.message?.message_id;
  if (pressed !== undefined && pressed !== file.statusMessageId) await replies.remove(file, [pressed]);
}

/** Refreshes the picker with the engines that are available now. */
export const lookAgain: PressHandler<'refresh'> = async (dependencies, press) => {
  const { reports, replies } = dependencies;
  const { ctx, file, answer } = press;
  if (file.state !== 'CHOOSING') {
    answer('answer-already');
    return removeStray(dependencies, press);
  }
  const view = await pickerView(reports, await reports.lastEngine(ctx.from.id), file.announcedSeconds);
  answer(view.engines.length === 0 ? 'answer-still-none' : 'answer-refreshed');
  await replies.showStatus(file, view);
};

/** Retries a failed transcription, on its engine or another one. */
export const again: PressHandler<'retry' | 'reopen'> = async (dependencies, press, { action }) => {
  const { ctx, file, committed } = press;
  const { outcome, show } = await tryAgain(dependencies, file, ctx.from.id, action === 'reopen');
  committed(answers[outcome]);
  await show();
};

/** Makes the transcription's engine the user's default. */
export const alwaysThis: PressHandler<'always'> = async ({ settings }, press) => {
  const { ctx, file, committed } = press;
  if (file.engine === null) return press.answer('answer-unknown');
  await settings.setDefaultEngine(accountOf(ctx.from), file.engine);
  committed('answer-always');
  await replaceRows(press, ['always'], []);
};

/** Transcribes again with another engine, whatever state the transcription is in. */
export const anotherEngine: PressHandler<'other'> = async (dependencies, { ctx, file, committed }) => {
  const { texts, timeZone } = dependencies;
  const { outcome, show } = await otherEngine(dependencies, file, ctx.from.id);
  if (typeof outcome === 'string') {
    committed(answers[outcome]);
    await show();
  } else {
    committed('answer-not-taken');
    await ctx.reply(refusalText(texts, languageOf(ctx), outcome, timeZone));
  }
};
