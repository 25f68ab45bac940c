import { Composer } from 'grammy';
import type { Lanes } from '../../../app/ports/lanes.ts';
import type { Messenger } from '../../../app/ports/messenger.ts';
import type { BotContext } from '../../../bot/context.ts';
import { isolate } from '../../../texts/format.ts';
import type { Connections } from '../store/connections.ts';
import type { Notes } from '../store/notes.ts';

/** Callback data of the buttons under a note: `secretary:later:7`, and `secretary:in:7:4` for four hours. */
const notePress = /^secretary:(draft|later|never|back):([1-9]\d{0,14})$/;

/** After how many hours users can be reminded. */
const remindHours = [1, 4, 16] as const;

const remindPress = new RegExp(`^secretary:in:([1-9]\\d{0,14}):(${remindHours.join('|')})$`);

const hourMs = 3_600_000;

export type NotePressDependencies = {
  readonly connections: Connections;
  readonly notes: Notes;
  readonly lanes: Lanes;
  readonly messenger: Messenger;
};

/** Returns the handlers of the buttons under a note. The database decides whether the note is the user's own. */
export function createNotePressHandlers(dependencies: NotePressDependencies): Composer<BotContext> {
  const { connections, notes, lanes, messenger } = dependencies;
  const composer = new Composer<BotContext>();
  const chat = composer.chatType('private');

  /** Shows the usual buttons under a note again. */
  const showButtons = async (id: number, userId: number) => {
    const file = await lanes.find(id, userId);
    const ending = file === null ? null : await lanes.findEnding(id);
    if (file !== null && ending !== null) await messenger.showButtons(file, ending.view, false);
  };

  chat.callbackQuery(notePress, async (ctx, next) => {
    const [, action, id = ''] = ctx.match;
    const note = await notes.find(Number(id), ctx.from.id);
    if (note === null) return next();
    const pressed = ctx.callbackQuery.message?.message_id ?? 0;
    switch (action) {
      case 'draft': {
        await ctx.answerCallbackQuery();
        const prompt = await ctx.reply(ctx.say('secretary-prompt', { name: isolate(note.peerName) }), {
          reply_parameters: { message_id: pressed, allow_sending_without_reply: true },
          reply_markup: { force_reply: true, input_field_placeholder: ctx.say('secretary-prompt-field') },
        });
        await notes.addMessage(note, prompt.message_id);
        await notes.setPrompt(note.id, prompt.message_id);
        return;
      }
      case 'later': {
        await ctx.answerCallbackQuery();
        const rows = [
          remindHours.map((hours) => ({
            text: ctx.say('secretary-button-in', { hours }),
            callback_data: `secretary:in:${note.id}:${hours}`,
          })),
          [{ text: ctx.say('secretary-back'), callback_data: `secretary:back:${note.id}` }],
        ];
        await ctx.editMessageReplyMarkup({ reply_markup: { inline_keyboard: rows } });
        return;
      }
      case 'never': {
        const { connectionId, peerId, peerName } = note;
        const isDone = await connections.decide(connectionId, ctx.from.id, {
          ...{ peerId, name: peerName, isAllowed: false },
        });
        ctx.confirmUpdate();
        const key = isDone ? 'secretary-never' : 'answer-unknown';
        await ctx.answerCallbackQuery({ text: ctx.say(key, { name: isolate(peerName) }), show_alert: true });
        return;
      }
      default:
        await ctx.answerCallbackQuery();
        await showButtons(note.id, ctx.from.id);
    }
  });
  chat.callbackQuery(remindPress, async (ctx, next) => {
    const [, id = '', hours] = ctx.match;
    const note = await notes.find(Number(id), ctx.from.id);
    if (note === null) return next();
    await notes.remindIn(note.id, Number(hours) * hourMs);
    ctx.confirmUpdate();
    await ctx.answerCallbackQuery(ctx.say('secretary-later', { hours: Number(hours) }));
    await showButtons(note.id, ctx.from.id);
  });
  return composer;
}
