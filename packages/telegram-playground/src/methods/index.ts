import { businessMethods } from '../business/methods.ts';
import type { Method } from '../core.ts';
import { answerMethods } from './callbacks.ts';
import { chatMethods } from './chats.ts';
import { commandMethods } from './commands.ts';
import { draftMethods } from './drafts.ts';
import { editMediaMethods } from './edit-media.ts';
import { fileMethods } from './files.ts';
import { mediaMethods } from './media.ts';
import { mediaGroupMethods } from './media-group.ts';
import { messageMethods } from './messages.ts';
import { pinMethods } from './pins.ts';
import { profileMethods } from './profile.ts';
import { updateMethods } from './updates.ts';

/** Every method of the playground, by its name in lower case: Telegram ignores the case. */
export const methods: ReadonlyMap<string, { readonly name: string; readonly run: Method }> = new Map(
  Object.entries({
    ...chatMethods,
    ...messageMethods,
    ...mediaMethods,
    ...mediaGroupMethods,
    ...editMediaMethods,
    ...fileMethods,
    ...updateMethods,
    ...answerMethods,
    ...commandMethods,
    ...profileMethods,
    ...pinMethods,
    ...draftMethods,
    ...businessMethods,
  }).map(([name, run]) => [name.toLowerCase(), { name, run }]),
);
