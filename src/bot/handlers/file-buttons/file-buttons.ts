import { Composer } from 'grammy';
import type { User } from 'grammy/types';
import { logError } from '../../../app/log-error.ts';
import { type Button, parseButton } from '../../../domain/button.ts';
import { type BotContext, languageOf } from '../../context.ts';
import type { Feature } from '../../feature.ts';
import type { FileButtonDependencies, Press, PressHandler } from '../../file-press.ts';
import { cancelFile } from './cancel-file.ts';
import {
  chooseAnotherEngine,
  goOn,
  pressAlwaysWith,
  pressEngine,
  pressSwitch,
  refreshPicker,
  retryFile,
  setDefaultEngine,
  transcribeInOtherLanguage,
} from './choose.ts';
import { askWhetherToDelete, eraseFile, keepFile } from './delete.ts';
import { foldButtons } from './fold.ts';
import { sendOneBundleFormat, sendOneFormat, sendSegmentTimes } from './more-formats.ts';
import { sendFilesOnRequest } from './on-request.ts';
import { giveThumb } from './thumbs.ts';

/** The handler of each button under a status message. */
type Handlers = { readonly [Action in Button['action']]: PressHandler<Action> };

/** The handlers of the buttons that open other features. */
type HandlersOfFeatures = Pick<Handlers, 'fix' | 'low-confidence' | 'replaced' | 'speakers'>;

/** The handlers of all other buttons. */
const ownHandlers: Omit<Handlers, keyof HandlersOfFeatures> = {
  engine: pressEngine,
  switch: pressSwitch,
  'go-on': goOn,
  'always-with': pressAlwaysWith,
  refresh: refreshPicker,
  always: setDefaultEngine,
  retry: retryFile,
  reopen: retryFile,
  cancel: cancelFile,
  other: chooseAnotherEngine,
  language: transcribeInOtherLanguage,
  format: sendOneFormat,
  bundle: sendOneBundleFormat,
  times: sendSegmentTimes,
  more: foldButtons,
  less: foldButtons,
  'on-request': sendFilesOnRequest,
  good: giveThumb,
  bad: giveThumb,
  delete: askWhetherToDelete,
  keep: keepFile,
  erase: eraseFile,
};

/**
 * Creates the feature of the buttons under a status message. The database decides whose
 * transcription it is and whether it may still change: a forged button, another user's or an old one
 * changes nothing. Every press is answered.
 */
export const createFileButtonsFeature = (
  ofFeatures: HandlersOfFeatures,
): Feature<FileButtonDependencies> => ({
  install(dependencies) {
    const handlers: Handlers = { ...ownHandlers, ...ofFeatures };
    const composer = new Composer<BotContext>();
    composer.on('callback_query:data', async (ctx) => {
      const button = parseButton(ctx.callbackQuery.data);
      const file = button && (await findPressedFile(dependencies, ctx, button));
      // Not awaited: the answer to a press is soon out of date, and nothing depends on it.
      const answer = (key: string) => {
        ctx
          .answerCallbackQuery(ctx.say(key))
          .catch((error) => logError(dependencies.log, 'debug', {}, error, 'press not answered'));
      };
      const confirm = (key: string) => {
        ctx.confirmUpdate();
        answer(key);
      };
      if (button === undefined || file === undefined) return answer('answer-unknown');
      // The type of a handler depends on its button, which TypeScript cannot follow through the lookup.
      const handle = handlers[button.action] as PressHandler<Button['action']>;
      await handle(dependencies, { ctx, file, answer, confirm }, button);
    });
    return composer;
  },
});

/**
 * Returns the user's own transcription, or the one that a group admin acts on, with its status
 * message. Saves the pressed message as the status message when none is stored, unless it has become that of a burst.
 */
async function findPressedFile(
  { lanes }: FileButtonDependencies,
  ctx: BotContext & { from: User },
  button: Button,
): Promise<Press['file'] | undefined> {
  const file =
    ctx.actsFor === undefined && ctx.pressed !== undefined
      ? ctx.pressed
      : await lanes.find(button.id, ctx.actsFor ?? ctx.from.id);
  const pressed = ctx.callbackQuery?.message;
  if (file === null || pressed === undefined || pressed.chat.id !== file.chatId) return undefined;
  const languageCode = languageOf(ctx);
  if (file.statusMessageId !== null) return { ...file, languageCode };
  const isSet = await lanes.setStatusMessage(file.id, pressed.message_id);
  return { ...file, statusMessageId: isSet ? pressed.message_id : null, languageCode };
}
