import type { InlineKeyboardMarkup } from 'grammy/types';
import { type Button, packButton } from '../domain/button.ts';
import type { TranscriptionId } from '../domain/ids.ts';
import { textLanguage } from '../domain/languages.ts';
import type { EngineOffer, StatusView } from '../domain/status.ts';
import { isolate, money } from '../texts/format.ts';
import type { Texts } from '../texts/texts.ts';

export type StatusMessage = { readonly text: string; readonly keyboard: InlineKeyboardMarkup };

export type MakeButton = (action: Exclude<Button['action'], 'engine'>) => {
  text: string;
  callback_data: string;
};

/** The question which engine is to hear a file: a button for each, with what matters on it, the last choice first. */
export function picker(
  texts: Texts,
  languageCode: string | null,
  id: TranscriptionId,
  { engines, lastEngine }: StatusView & { kind: 'choosing' },
  button: MakeButton,
): StatusMessage {
  if (engines.length === 0) {
    return {
      text: texts(languageCode, 'status-no-engine'),
      keyboard: { inline_keyboard: [[button('refresh')], [button('cancel')]] },
    };
  }
  const rows = engines
    .toSorted((a, b) => Number(b.id === lastEngine) - Number(a.id === lastEngine))
    .map((offer) => [
      {
        text: label(texts, languageCode, offer),
        callback_data: packButton({ action: 'engine', id, engine: offer.id }),
      },
    ]);
  return {
    text: question(texts, languageCode, engines),
    keyboard: { inline_keyboard: [...rows, [button('cancel')]] },
  };
}

/** Its name, then its price or that it is free, then whether the audio stays with the bot. */
function label(
  texts: Texts,
  languageCode: string | null,
  { name, kind, price, privacy }: EngineOffer,
): string {
  const engine = name[textLanguage(languageCode)];
  if (kind === 'local') return texts(languageCode, 'button-engine-local', { engine });
  const facts = [
    ...(price === null
      ? []
      : [texts(languageCode, 'price-a-minute', { price: money(texts, languageCode, price) })]),
    ...(privacy.destination === null ? [texts(languageCode, 'stays-here')] : []),
  ];
  return texts(languageCode, 'button-engine-remote', { facts: [engine, ...facts].join(' · ') });
}

function question(texts: Texts, languageCode: string | null, engines: readonly EngineOffer[]): string {
  const nameOf = ({ name }: EngineOffer) => isolate(name[textLanguage(languageCode)]);
  const notes = engines.flatMap((offer) =>
    offer.readiness.state === 'ready'
      ? []
      : [texts(languageCode, `status-choosing-${offer.readiness.state}`, { engine: nameOf(offer) })],
  );
  const sent = engines.flatMap((offer) =>
    offer.privacy.destination === null
      ? []
      : [
          texts(languageCode, `sent-to-${offer.privacy.keeps}`, {
            engine: nameOf(offer),
            host: isolate(offer.privacy.destination),
          }),
        ],
  );
  return [texts(languageCode, 'status-choosing'), ...notes, ...sent].join('\n');
}
