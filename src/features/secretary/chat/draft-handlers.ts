import { setTimeout as sleep } from 'node:timers/promises';
import { Composer } from 'grammy';
import type { Message, User } from 'grammy/types';
import { type SubmitUploadDependencies, submitUpload } from '../../../app/receive/submit-upload.ts';
import { type BotContext, languageOf } from '../../../bot/context.ts';
import { type ZoneDependencies, zoneOf } from '../../../bot/reader.ts';
import { accountOf, attachmentOf, toUpload } from '../../../bot/upload.ts';
import { draftActions } from '../../../domain/frame.ts';
import { inPlace } from '../../../domain/status.ts';
import { compactAnswer } from '../../../domain/transcription.ts';
import { isolate } from '../../../texts/format.ts';
import { renderRefusal } from '../../../texts/refusal.ts';
import type { Texts } from '../../../texts/texts.ts';
import { hasArrow } from '../../corrections/index.ts';
import { type SendDraftDependencies, sendDraft } from '../send-draft.ts';
import type { Draft, Drafts } from '../store/drafts.ts';
import type { Note, Notes } from '../store/notes.ts';

/** Callback data of the buttons under a draft. */
const draftPress = /^secretary:(send|again|edit|discard):([1-9]\d{0,14})$/;

/** Maximum length of a message, in UTF-16 units (Bot API, `sendMessage`), with room for the heading of the draft. */
const maxTextLength = 3_900;

export type DraftDependencies = SubmitUploadDependencies &
  SendDraftDependencies &
  ZoneDependencies & {
    readonly notes: Notes;
    readonly drafts: Drafts;
    readonly texts: Texts;
  };

type PrivateContext = BotContext & { readonly from: User };

/**
 * Returns the handlers of answers to notes: a voice message as a reply to the text of a note, words as a reply to the
 * question for an answer, and either as a reply to a draft, which it replaces. Nothing is sent to anybody before a
 * press on "Send as me".
 */
export function createDraftHandlers(dependencies: DraftDependencies): Composer<BotContext> {
  const composer = new Composer<BotContext>();
  const chat = composer.chatType('private');
  chat.on(['message:voice', 'message:video_note', 'message:audio'], async (ctx, next) => {
    const note = await noteOf(dependencies, ctx);
    if (note === null) return next();
    await draftFromSpeech(dependencies, ctx, note.note);
  });
  chat.on('message:text', async (ctx, next) => {
    const { text } = ctx.message;
    if (text.startsWith('/')) return next();
    const found = await noteOf(dependencies, ctx);
    // Words as a reply to the text of a note correct it.
    if (found === null || (!found.isDraft && !found.isPrompt) || hasArrow(text)) return next();
    await draftFromText(dependencies, ctx, found.note, text);
  });
  chat.callbackQuery(draftPress, async (ctx, next) => {
    const [, action = '', id = ''] = ctx.match;
    const draft = await dependencies.drafts.find(Number(id), ctx.from.id);
    if (draft === null) return next();
    if (action === 'edit') {
      await ctx.answerCallbackQuery({ text: ctx.say('secretary-edit-how'), show_alert: true });
      return;
    }
    if (action === 'discard') {
      const isDone = await dependencies.drafts.discard(draft.id, ctx.from.id);
      ctx.confirmUpdate();
      await ctx.answerCallbackQuery(ctx.say(isDone ? 'secretary-discarded' : 'answer-unknown'));
    } else {
      const outcome = await sendDraft(dependencies, draft.id, ctx.from.id, action === 'again');
      ctx.confirmUpdate();
      await ctx.answerCallbackQuery({
        text: ctx.say(`secretary-send-${outcome}`, { name: isolate(draft.to) }),
        show_alert: outcome !== 'sent' && outcome !== 'sending',
      });
    }
    await showDraft(dependencies, ctx, draft.id);
  });
  return composer;
}

/** Returns the note that a reply answers, and to which of the bot's messages it replies; null when it is no answer. */
async function noteOf(
  { notes, drafts }: Pick<DraftDependencies, 'notes' | 'drafts'>,
  ctx: PrivateContext,
  isAgain = false,
): Promise<{ readonly note: Note; readonly isDraft: boolean; readonly isPrompt: boolean } | null> {
  const replied = ctx.message?.reply_to_message;
  if (replied === undefined || replied.from?.id !== ctx.me.id) return null;
  const { message_id: messageId } = replied;
  const draftId = await drafts.idOfMessage(ctx.from.id, messageId);
  const draft = draftId === null ? null : await drafts.find(draftId, ctx.from.id);
  if (draft !== null) {
    const note = await notes.find(draft.noteId, ctx.from.id);
    return note && { note, isDraft: true, isPrompt: false };
  }
  const note = await notes.findByMessage(ctx.from.id, messageId);
  if (note !== null) return { note, isDraft: false, isPrompt: note.promptId === messageId };
  // The worker records a message a moment after it was sent (app/deliver/deliver.ts).
  if (isAgain || !looksLikeNote(replied)) return null;
  await sleep(recordedMs);
  return noteOf({ notes, drafts }, ctx, true);
}

/** Time after which the id of a message that was sent is recorded, in ms. */
const recordedMs = 1_000;

function looksLikeNote({ entities = [], text = '' }: Pick<Message, 'entities' | 'text'>): boolean {
  return text.startsWith('🎙') && entities.some(({ type, offset }) => type === 'bold' && offset === 0);
}

/** Puts a spoken answer into the user's lane; its text becomes the draft. */
async function draftFromSpeech(
  dependencies: DraftDependencies,
  ctx: PrivateContext,
  note: Note,
): Promise<void> {
  const { drafts, texts } = dependencies;
  const { message } = ctx;
  const attachment = message && attachmentOf(message);
  if (message === undefined || attachment === undefined || attachment.kind === 'not-media') return;
  const user = { ...accountOf(ctx.from), languageCode: languageOf(ctx) };
  const upload = { ...toUpload(ctx.me.id, message, attachment, user), formats: [compactAnswer] as const };
  const { outcome: submitted, followUp } = await submitUpload(dependencies, upload);
  if (submitted.outcome !== 'accepted') {
    const refusal = renderRefusal(texts, languageOf(ctx), submitted, await zoneOf(dependencies, ctx));
    await ctx.reply(refusal, { reply_parameters: { message_id: message.message_id } });
    return;
  }
  // Before its engine is chosen, so that its text comes as a draft.
  const { replaced } = await drafts.add(note, { transcriptionId: submitted.id });
  ctx.confirmUpdate();
  await followUp();
  for (const id of replaced) await showDraft(dependencies, ctx, id);
}

/** Shows a typed answer as the draft. */
async function draftFromText(
  dependencies: DraftDependencies,
  ctx: PrivateContext,
  note: Note,
  text: string,
): Promise<void> {
  const { drafts, notes } = dependencies;
  const reply_parameters = { message_id: ctx.message?.message_id ?? 0, allow_sending_without_reply: true };
  if (text.length > maxTextLength) {
    await ctx.reply(ctx.say('secretary-send-long'), { reply_parameters });
    return;
  }
  const { id, replaced } = await drafts.add(note, { text });
  ctx.confirmUpdate();
  const draft = await drafts.find(id, ctx.from.id);
  if (draft === null) return;
  const { text: shown, ...markup } = renderTyped(ctx, draft);
  const sent = await ctx.reply(shown, { reply_parameters, ...markup });
  await drafts.setMessage(id, sent.message_id);
  await notes.addMessage(note, sent.message_id);
  for (const other of replaced) await showDraft(dependencies, ctx, other);
}

/** Shows the state of a draft in its message. */
async function showDraft(dependencies: DraftDependencies, ctx: PrivateContext, id: number): Promise<void> {
  const { drafts, lanes, messenger } = dependencies;
  const draft = await drafts.find(id, ctx.from.id);
  if (draft === null) return;
  if (draft.transcriptionId !== null) {
    const file = await lanes.find(draft.transcriptionId, ctx.from.id);
    const ending = file === null ? null : await lanes.findEnding(file.id);
    // Without a message the end is still to come, and shows the state by itself.
    if (file !== null && file.statusMessageId !== null && ending !== null)
      await messenger.showStatus(file, inPlace(ending.view));
    return;
  }
  if (draft.messageId === null) return;
  const { text, ...markup } = renderTyped(ctx, draft);
  // Telegram refuses an edit that changes nothing, and that of a message which the user has deleted.
  await ctx.api.editMessageText(ctx.from.id, draft.messageId, text, markup).catch(() => undefined);
}

/** Returns the message of a typed answer; that of a spoken one is its status message (telegram/frame-message.ts). */
function renderTyped(ctx: PrivateContext, { id, state, to, text }: Draft) {
  const heading = ctx.say('secretary-draft', { name: isolate(to), state });
  const inline_keyboard = draftActions(state).map((row) =>
    row.map((action) => ({
      text: ctx.say(`secretary-button-${action}`),
      callback_data: `secretary:${action}:${id}`,
    })),
  );
  return {
    text: `${heading}\n\n${text ?? ''}`,
    entities: [{ type: 'bold' as const, offset: 0, length: heading.length }],
    reply_markup: { inline_keyboard },
  };
}
