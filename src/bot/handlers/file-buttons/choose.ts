import { type ChoiceResult, chooseEngine } from '../../../app/choose/choose-engine.ts';
import { type OtherEngineResult, offerOtherEngine } from '../../../app/choose/offer-other-engine.ts';
import { type OtherLanguageResult, transcribeInLanguage } from '../../../app/choose/other-language.ts';
import { buildPickerView } from '../../../app/choose/show-picker.ts';
import { type SwitchResult, switchEngine } from '../../../app/choose/switch-engine.ts';
import { tryAgain } from '../../../app/choose/try-again.ts';
import type { WithFollowUp } from '../../../app/follow-up.ts';
import type { EngineReports } from '../../../app/ports/engine-reports.ts';
import { isAdmin } from '../../../domain/account.ts';
import { type EngineId, engineIds } from '../../../domain/engine-names.ts';
import { renderRefusal } from '../../../texts/refusal.ts';
import { languageOf } from '../../context.ts';
import type { FileButtonDependencies, Press, PressHandler } from '../../file-press.ts';
import { zoneOf } from '../../reader.ts';
import { accountOf } from '../../upload.ts';
import { replaceRows } from './replace-rows.ts';

const answers: Readonly<Record<ChoiceResult | 'choosing' | 'asking', string>> = {
  reused: 'answer-reused',
  started: 'answer-started',
  waiting: 'answer-waiting',
  choosing: 'answer-choose',
  asking: 'answer-choose-other',
  already: 'answer-already',
  unknown: 'answer-unknown',
  engine_gone: 'answer-engine-gone',
};

/** Chooses the engine for a transcription that has none. */
export const pressEngine: PressHandler<'engine'> = async (dependencies, press, { engine }) => {
  if (await isChoiceOver(dependencies, press)) return;
  const { ctx, file, confirm } = press;
  const { outcome, followUp } = await chooseEngine(dependencies, file, ctx.from.id, engine);
  confirm(answers[outcome]);
  await followUp();
  await removeStray(dependencies, press);
};

/** Makes an engine the user's default, and chooses it for the transcription. */
export const pressAlwaysWith: PressHandler<'always-with'> = async (dependencies, press, { id, engine }) => {
  await dependencies.settings.setDefaultEngine(accountOf(press.ctx.from), engine);
  await pressEngine(dependencies, press, { action: 'engine', id, engine });
};

/**
 * Removes a picker that is not the status message. A process that dies between sending a picker and storing its id
 * leaves one: the sweep sends another.
 */
async function removeStray({ messenger }: FileButtonDependencies, { ctx, file }: Press): Promise<void> {
  const pressed = ctx.callbackQuery?.message?.message_id;
  // Without a status message, that of its burst was pressed while it still was a picker.
  if (file.statusMessageId === null) return;
  if (pressed !== undefined && pressed !== file.statusMessageId) await messenger.remove(file, [pressed]);
}

/** Returns whether the engine is chosen already; if so, answers the press and removes a stray picker. */
async function isChoiceOver(dependencies: FileButtonDependencies, press: Press): Promise<boolean> {
  if (press.file.state === 'CHOOSING') return false;
  press.answer('answer-already');
  await removeStray(dependencies, press);
  return true;
}

/** Refreshes the picker with the engines that are available now; a single one starts at once. */
export const refreshPicker: PressHandler<'refresh'> = async (dependencies, press) => {
  if (await isChoiceOver(dependencies, press)) return;
  const { reports, messenger } = dependencies;
  const { ctx, file, answer } = press;
  const lastEngine = await reports.lastEngine(ctx.from.id);
  const view = await buildPickerView(reports, lastEngine, file);
  const [only, ...others] = view.engines;
  // As for a new upload (lane_submit), an only engine does not start where the user last chose another one.
  if (only !== undefined && others.length === 0 && (lastEngine ?? only.id) === only.id)
    return pressEngine(dependencies, press, { action: 'engine', id: file.id, engine: only.id });
  answer(view.engines.length === 0 ? 'answer-still-none' : 'answer-refreshed');
  await messenger.showStatus(file, view);
};

/** Retries a failed transcription, on its engine or another one. */
export const retryFile: PressHandler<'retry' | 'reopen'> = async (dependencies, press, { action }) => {
  const { ctx, file, confirm } = press;
  const { outcome, followUp } = await tryAgain(dependencies, file, ctx.from.id, action === 'reopen');
  confirm(answers[outcome]);
  await followUp();
};

/** Makes the transcription's engine the user's default. */
export const setDefaultEngine: PressHandler<'always'> = async ({ settings }, press) => {
  const { ctx, file, confirm } = press;
  if (file.engine === null) return press.answer('answer-unknown');
  await settings.setDefaultEngine(accountOf(ctx.from), file.engine);
  confirm('answer-always');
  await replaceRows(press, ['always'], []);
};

/** Returns the engines that no worker offers. */
async function missingEngines(reports: EngineReports): Promise<EngineId[]> {
  const offered = (await reports.offers()).map(({ id }) => id);
  return engineIds.filter((id) => !offered.includes(id));
}

/** Ends the running transcription, and transcribes the upload on another engine. */
export const pressSwitch: PressHandler<'switch'> = async (dependencies, press, { engine }) =>
  answerCopy(dependencies, press, await switchEngine(dependencies, press.file, press.ctx.from.id, engine));

/** Goes on with the engine that runs; its worker shows the progress again. */
export const goOn: PressHandler<'go-on'> = async ({ lanes }, { ctx, file, confirm }) =>
  confirm((await lanes.setAsking(file.id, ctx.from.id, null)) ? 'answer-goes-on' : 'answer-already');

/** Offers another engine for the upload, in any state of the transcription. */
export const chooseAnotherEngine: PressHandler<'other'> = async (dependencies, press) => {
  const { file, ctx } = press;
  // Not in a group, where everybody reads the picker.
  const isForAdmin = file.chatId > 0 && isAdmin(ctx.account, dependencies.access);
  const missing = isForAdmin ? await missingEngines(dependencies.reports) : [];
  return answerCopy(dependencies, press, await offerOtherEngine(dependencies, file, ctx.from.id, missing));
};

/** Transcribes the upload again in the language that was detected. */
export const transcribeInOtherLanguage: PressHandler<'language'> = async (
  dependencies,
  press,
  { language },
) =>
  answerCopy(
    dependencies,
    press,
    await transcribeInLanguage(dependencies, press.file, press.ctx.from.id, language),
  );

async function answerCopy(
  dependencies: FileButtonDependencies,
  { ctx, confirm }: Press,
  { outcome, followUp }: WithFollowUp<OtherEngineResult | OtherLanguageResult | SwitchResult>,
): Promise<void> {
  if (typeof outcome === 'string') {
    confirm(answers[outcome]);
    await followUp();
  } else {
    confirm('answer-not-taken');
    const zone = await zoneOf(dependencies, ctx);
    await ctx.reply(renderRefusal(dependencies.texts, languageOf(ctx), outcome, zone));
  }
}
