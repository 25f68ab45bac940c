import type { InlineKeyboardButton, InlineKeyboardMarkup } from 'grammy/types';
import type { ChatId } from '../../../domain/ids.ts';
import { textLanguage } from '../../../domain/languages.ts';
import type { EngineOffer } from '../../../domain/status.ts';
import { isolate } from '../../../texts/format.ts';
import type { Texts } from '../../../texts/texts.ts';
import {
  type Connection,
  noteChoices,
  type Peer,
  retentionHoursChoices,
  senderChoices,
} from '../store/connections.ts';

export type SecretaryPage = 'main' | 'engine';

type Rendered = { readonly text: string; readonly reply_markup: InlineKeyboardMarkup };

/** Returns what a user has chosen for a connection, with a button to change each. */
export function renderConnection(
  texts: Texts,
  languageCode: string | null,
  connection: Connection,
  offers: readonly EngineOffer[],
  page: SecretaryPage,
): Rendered {
  const say = (key: string, variables?: Record<string, string | number>) =>
    texts(languageCode, key, variables);
  const button = (text: string, data: string): InlineKeyboardButton => ({
    text,
    callback_data: `secretary:set:${connection.id}:${data}`,
  });
  if (page === 'engine') return renderEngines(texts, languageCode, connection, offers, button);
  const { notes, senders, engine, withFiles, removesDeleted, retentionHours, canReply } = connection;
  const name = offers.find(({ id }) => id === engine)?.name[textLanguage(languageCode)] ?? engine;
  const kept = say('secretary-kept', { hours: retentionHours });
  const lines = [
    say('secretary-notes-line', { notes }),
    say('secretary-senders-line', { senders }),
    name === null ? say('secretary-engine-none') : say('secretary-engine-line', { engine: isolate(name) }),
    say('secretary-kept-line', { kept }),
    ...(canReply ? [] : [say('secretary-no-reply')]),
  ];
  return {
    text: lines.map((line) => `• ${line}`).join('\n'),
    reply_markup: {
      inline_keyboard: [
        [
          button(say('secretary-notes', { notes }), `notes:${nextOf(noteChoices, notes)}`),
          button(say('secretary-senders', { senders }), `senders:${nextOf(senderChoices, senders)}`),
        ],
        [button(say('secretary-engine', { engine: name ?? say('secretary-engine-choose') }), 'page:engine')],
        [
          button(
            say('secretary-files', { files: withFiles ? 'on' : 'off' }),
            `files:${withFiles ? 'off' : 'on'}`,
          ),
        ],
        [
          button(
            say('secretary-deleted', { removes: removesDeleted ? 'yes' : 'no' }),
            `deleted:${removesDeleted ? 'stay' : 'go'}`,
          ),
        ],
        [button(say('secretary-keep', { kept }), `kept:${nextOf(retentionHoursChoices, retentionHours)}`)],
        ...(senders === 'chosen' || notes !== 'none' ? [[button(say('secretary-people'), 'people')]] : []),
      ],
    },
  };
}

function renderEngines(
  texts: Texts,
  languageCode: string | null,
  { engine }: Connection,
  offers: readonly EngineOffer[],
  button: (text: string, data: string) => InlineKeyboardButton,
): Rendered {
  const rows = offers.map(({ id, name, privacy }) => {
    const where =
      privacy.destination === null
        ? texts(languageCode, 'stays-here')
        : texts(languageCode, 'secretary-sent-to', { host: privacy.destination });
    const label = `${name[textLanguage(languageCode)]} · ${where}`;
    return [button(id === engine ? `✓ ${label}` : label, `engine:${id}`)];
  });
  return {
    text: texts(languageCode, offers.length === 0 ? 'secretary-engines-none' : 'secretary-engines'),
    reply_markup: {
      inline_keyboard: [...rows, [button(texts(languageCode, 'secretary-back'), 'page:main')]],
    },
  };
}

/** Returns the list of those about whom the user has decided; a press turns a decision round. */
export function renderPeers(
  texts: Texts,
  languageCode: string | null,
  connection: Connection,
  peers: readonly Peer[],
): Rendered {
  const rows = peers.map(({ peerId, name, isAllowed }) => [
    {
      text: `${isAllowed ? '✓' : '✗'} ${isolate(name)}`,
      callback_data: `secretary:peer:${connection.id}:${peerId}:${isAllowed ? 'no' : 'yes'}`,
    },
  ]);
  const back = {
    text: texts(languageCode, 'secretary-back'),
    callback_data: `secretary:set:${connection.id}:page:main`,
  };
  return {
    text: texts(languageCode, peers.length === 0 ? 'secretary-people-none' : 'secretary-people-page', {
      senders: connection.senders,
    }),
    reply_markup: { inline_keyboard: [...rows, [back]] },
  };
}

/** Returns the question whether notes of somebody are wanted, for a user who chooses. */
export function renderAsk(
  texts: Texts,
  languageCode: string | null,
  connectionId: number,
  peerId: ChatId,
  about: { readonly name: string; readonly duration: string },
): Rendered {
  const button = (answer: 'yes' | 'no') => ({
    text: texts(languageCode, `secretary-ask-${answer}`),
    callback_data: `secretary:peer:${connectionId}:${peerId}:${answer}`,
  });
  return {
    text: texts(languageCode, 'secretary-ask', about),
    reply_markup: { inline_keyboard: [[button('yes'), button('no')]] },
  };
}

function nextOf<Value>(values: readonly Value[], value: Value): Value {
  const next = values[(values.indexOf(value) + 1) % values.length];
  return next ?? value;
}
