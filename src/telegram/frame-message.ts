import type { InlineKeyboardButton, MessageEntity } from 'grammy/types';
import { type Button, parseButton } from '../domain/button.ts';
import { type DraftFrame, draftActions, type Frame, type NoteFrame } from '../domain/frame.ts';
import type { TranscriptionId } from '../domain/ids.ts';
import { formatTimeOfDay, isolate } from '../texts/format.ts';
import type { Texts } from '../texts/texts.ts';
import type { StatusMessage } from './status-message.ts';

/** Longest name in a heading, in UTF-16 units: the rest of the message has room for no more. */
const maxNameLength = 60;

/**
 * Actions that a note has no buttons for: only the engine of its connection may transcribe it, and its files come as
 * the user has chosen for the connection.
 */
const notForNotes: ReadonlySet<Button['action'] | undefined> = new Set([
  ...(['other', 'reopen', 'language', 'always', 'on-request'] as const),
]);

/** Returns a status message with its frame: a heading above the text, and the frame's buttons. */
export function frameMessage(
  texts: Texts,
  languageCode: string | null,
  id: TranscriptionId,
  frame: Frame,
  message: StatusMessage,
  isCompleted: boolean,
): StatusMessage {
  const heading =
    frame.kind === 'note'
      ? noteHeading(texts, languageCode, frame)
      : draftHeading(texts, languageCode, frame);
  const offset = heading.text.length + 2;
  const inline_keyboard =
    frame.kind === 'draft'
      ? isCompleted
        ? renderDraftButtons(texts, languageCode, frame)
        : message.keyboard.inline_keyboard
      : [
          ...(isCompleted ? renderNoteButtons(texts, languageCode, id, frame) : []),
          ...message.keyboard.inline_keyboard
            .map((row) => row.filter(isForNotes))
            .filter((row) => row.length > 0),
        ];
  return {
    text: `${heading.text}\n\n${message.text}`,
    entities: [
      ...heading.entities,
      ...message.entities.map((entity) => ({ ...entity, offset: entity.offset + offset })),
    ],
    keyboard: { inline_keyboard },
  };
}

type Heading = { readonly text: string; readonly entities: readonly MessageEntity[] };

/** Returns who said it and when; the name is a link to the chat. */
function noteHeading(texts: Texts, languageCode: string | null, note: NoteFrame): Heading {
  const { isMine, sentAt, timeZone, peerId, username } = note;
  const name = isolate(shorten(note.peerName));
  const text = texts(languageCode, isMine ? 'secretary-heading-mine' : 'secretary-heading', {
    name,
    time: formatTimeOfDay(languageCode, sentAt, timeZone),
  });
  // Telegram turns the second form into a mention, where it knows the user.
  const url = username === null ? `tg://user?id=${peerId}` : `https://t.me/${username}`;
  const entities: MessageEntity[] = [
    { type: 'bold', offset: 0, length: text.length },
    { type: 'text_link', offset: text.indexOf(name), length: name.length, url },
  ];
  return { text, entities };
}

function draftHeading(texts: Texts, languageCode: string | null, { to, state }: DraftFrame): Heading {
  const text = texts(languageCode, 'secretary-draft', { name: isolate(shorten(to)), state });
  return { text, entities: [{ type: 'bold', offset: 0, length: text.length }] };
}

function shorten(name: string): string {
  return name.length > maxNameLength ? `${name.slice(0, maxNameLength - 1)}…` : name;
}

function isForNotes(button: InlineKeyboardButton): boolean {
  return !('callback_data' in button) || !notForNotes.has(parseButton(button.callback_data)?.action);
}

function renderNoteButtons(
  texts: Texts,
  languageCode: string | null,
  id: TranscriptionId,
  { canReply, isMine, username }: NoteFrame,
): InlineKeyboardButton[][] {
  const button = (action: string) => ({
    text: texts(languageCode, `secretary-button-${action}`),
    callback_data: `secretary:${action}:${id}`,
  });
  const chat =
    username === null
      ? []
      : [{ text: texts(languageCode, 'secretary-button-chat'), url: `https://t.me/${username}` }];
  return [
    [...(canReply ? [button('draft')] : []), button('later')],
    [...(isMine ? [] : [button('never')]), ...chat],
  ].filter((row) => row.length > 0);
}

function renderDraftButtons(
  texts: Texts,
  languageCode: string | null,
  { draftId, state }: DraftFrame,
): InlineKeyboardButton[][] {
  return draftActions(state).map((row) =>
    row.map((action) => ({
      text: texts(languageCode, `secretary-button-${action}`),
      callback_data: `secretary:${action}:${draftId}`,
    })),
  );
}
