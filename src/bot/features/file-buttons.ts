import { Composer } from 'grammy';
import type { User } from 'grammy/types';
import { cancel } from '../../app/cancel.ts';
import { chooseEngine } from '../../app/choose-engine.ts';
import { deleteFile } from '../../app/delete-file.ts';
import { sendFormat } from '../../app/send-format.ts';
import { pickerView } from '../../app/show-picker.ts';
import { tryAgain } from '../../app/try-again.ts';
import { type Button, type PlainAction, packButton, parseButton } from '../../domain/button.ts';
import type { Transcription } from '../../domain/transcription.ts';
import { type BotContext, type BotDependencies, languageOf } from '../context.ts';
import type { Press } from '../press.ts';
import { giveThumb } from '../thumbs.ts';
import { personOf } from '../upload.ts';

/**
 * The buttons under a status message. Whose file it is, and whether it may still be changed, is decided in the
 * database: a forged, foreign or old button changes nothing and says so. Every press is answered.
 */
export function fileButtonsFeature(dependencies: BotDependencies): Composer<BotContext> {
  const composer = new Composer<BotContext>();
  composer.on('callback_query:data', async (ctx) => {
    const button = parseButton(ctx.callbackQuery.data);
    const file = button && (await fileOf(dependencies, ctx, button));
    // Nothing waits for the answer: it is out of date in a moment.
    const answer = (key: string) => {
      ctx
        .answerCallbackQuery(ctx.say(key))
        .catch((error: Error) => dependencies.log.debug({ cause: error.message }, 'a press not answered'));
    };
    const committed = (key: string) => {
      ctx.committed();
      answer(key);
    };
    if (button === undefined || file === undefined) return answer('answer-unknown');
    await act(dependencies, button, { ctx, file, answer, committed });
  });
  return composer;
}

async function act(dependencies: BotDependencies, button: Button, press: Press): Promise<void> {
  const { ctx, file, committed } = press;
  const userId = ctx.from.id;
  switch (button.action) {
    case 'engine':
      if (file.state !== 'CHOOSING') return press.answer('answer-already');
      return chooseEngine(dependencies, file, userId, button.engine, (choice) =>
        committed(choiceAnswers[choice]),
      );
    case 'always':
      return always(dependencies, press);
    case 'format':
      return committed(formatAnswers[await sendFormat(dependencies, file.id, userId, button.format)]);
    case 'refresh':
      return refreshPicker(dependencies, press);
    case 'cancel':
      return cancel(dependencies, file, userId, (outcome) => committed(cancelAnswers[outcome]));
    case 'retry':
    case 'reopen':
      return tryAgain(dependencies, file, userId, button.action === 'reopen', (choice) =>
        committed(choiceAnswers[choice]),
      );
    case 'good':
    case 'bad':
      return giveThumb(dependencies, press, button.action);
    case 'delete':
      return askWhetherToDelete(press);
    case 'keep':
      return keep(press);
    case 'erase':
      return deleteFile(dependencies, file, userId, (outcome) => committed(deleteAnswers[outcome]));
  }
}

/** From now on files of this person start with the engine that this one had. */
async function always({ settings }: BotDependencies, press: Press): Promise<void> {
  const { ctx, file, committed } = press;
  if (file.engine === null) return press.answer('answer-unknown');
  await settings.setDefaultEngine(personOf(ctx.from), file.engine);
  committed('answer-always');
  await replaceRows(press, ['always'], []);
}

async function refreshPicker({ reports, replies }: BotDependencies, press: Press): Promise<void> {
  const { ctx, file, answer } = press;
  if (file.state !== 'CHOOSING') return answer('answer-already');
  const view = await pickerView(reports, await reports.lastEngine(ctx.from.id), file.announcedSeconds);
  answer(view.engines.length === 0 ? 'answer-still-none' : 'answer-refreshed');
  await replies.showStatus(file, view);
}

async function askWhetherToDelete(press: Press): Promise<void> {
  press.answer('answer-delete-sure');
  await replaceRows(press, ['delete'], ['erase', 'keep']);
}

async function keep(press: Press): Promise<void> {
  press.answer('answer-kept');
  await replaceRows(press, ['erase', 'keep'], ['delete']);
}

/** Other buttons in the place of some; those of the formats stay. */
async function replaceRows(
  { ctx, file }: Press,
  old: readonly PlainAction[],
  instead: readonly PlainAction[],
): Promise<void> {
  const carried = (action: PlainAction) => packButton({ action, id: file.id });
  const gone = new Set(old.map(carried));
  const stay = (ctx.callbackQuery?.message?.reply_markup?.inline_keyboard ?? []).filter(
    ([button]) => button !== undefined && 'callback_data' in button && !gone.has(button.callback_data),
  );
  const rows = instead.map((action) => [
    { text: ctx.say(`button-${action}`), callback_data: carried(action) },
  ]);
  await ctx.editMessageReplyMarkup({ reply_markup: { inline_keyboard: [...stay, ...rows] } });
}

const choiceAnswers = {
  started: 'answer-started',
  waiting: 'answer-waiting',
  choosing: 'answer-choose',
  already: 'answer-already',
  unknown: 'answer-unknown',
  engine_gone: 'answer-engine-gone',
} as const;

const cancelAnswers = {
  cancelled: 'answer-cancelled',
  requested: 'answer-cancelling',
  ended: 'answer-ended',
  unknown: 'answer-unknown',
} as const;

const formatAnswers = {
  added: 'answer-format',
  already: 'answer-format',
  unknown: 'answer-unknown',
} as const;

const deleteAnswers = { deleted: 'answer-deleted', unknown: 'answer-unknown' } as const;

/** The person's own file and its status message; the pressed one, where the database does not know of any. */
async function fileOf(
  { lanes }: BotDependencies,
  ctx: BotContext & { from: User },
  button: Button,
): Promise<Transcription | undefined> {
  const file = await lanes.find(button.id, ctx.from.id);
  const pressed = ctx.callbackQuery?.message;
  if (file === null || pressed === undefined || pressed.chat.id !== file.chatId) return undefined;
  const languageCode = languageOf(ctx);
  if (file.statusMessageId !== null) return { ...file, languageCode };
  await lanes.setStatusMessage(file.id, pressed.message_id);
  return { ...file, statusMessageId: pressed.message_id, languageCode };
}
