import type { InlineKeyboardMarkup } from 'grammy/types';
import { type PlainAction, packButton } from '../domain/button.ts';
import { expectedSeconds } from '../domain/expected-time.ts';
import type { TranscriptionId } from '../domain/ids.ts';
import { textLanguage } from '../domain/languages.ts';
import type { EngineOffer, StatusView } from '../domain/status.ts';
import { formatDuration, formatMoney, isolate } from '../texts/format.ts';
import type { Texts } from '../texts/texts.ts';

export type StatusMessage = { readonly text: string; readonly keyboard: InlineKeyboardMarkup };

export type MakeButton = (action: PlainAction) => {
  text: string;
  callback_data: string;
};

/**
 * Returns the message that asks for an engine: a button with the relevant facts for each, the last
 * choice first.
 */
export function renderPicker(
  texts: Texts,
  languageCode: string | null,
  id: TranscriptionId,
  { engines, lastEngine, seconds }: StatusView & { kind: 'choosing' },
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
        text: renderLabel(texts, languageCode, offer, { seconds, isLast: offer.id === lastEngine }),
        callback_data: packButton({ action: 'engine', id, engine: offer.id }),
      },
    ]);
  return {
    text: renderQuestion(texts, languageCode, engines),
    keyboard: { inline_keyboard: [...rows, [button('cancel')]] },
  };
}

/**
 * Maximum length of an engine's name on a button, so that the facts fit on a phone; a self-hosted
 * engine's name contains its host.
 */
const maxNameLength = 24;

/**
 * Returns a button's label: the engine's name, with a star when it was chosen last, its price or
 * that it is free, the expected time, and whether the audio stays with the bot.
 */
function renderLabel(
  texts: Texts,
  languageCode: string | null,
  offer: EngineOffer,
  { seconds, isLast }: { readonly seconds: number | null; readonly isLast: boolean },
): string {
  const name = offer.name[textLanguage(languageCode)];
  const short = name.length > maxNameLength ? `${name.slice(0, maxNameLength - 1)}…` : name;
  const time =
    seconds === null || offer.realTimeFactor === null || offer.readiness.state !== 'ready'
      ? null
      : formatDuration(texts, languageCode, expectedSeconds(seconds, offer.realTimeFactor));
  const facts = [
    isLast ? `★ ${short}` : short,
    ...renderPrice(texts, languageCode, offer),
    ...(time === null ? [] : [texts(languageCode, 'expected-time', { time })]),
    ...(offer.privacy.destination === null ? [texts(languageCode, 'stays-here')] : []),
  ];
  return texts(languageCode, 'button-engine', { facts: facts.join(' · ') });
}

/** Returns the price in words; nothing for a remote engine of unknown price. */
function renderPrice(texts: Texts, languageCode: string | null, { kind, price }: EngineOffer): string[] {
  if (kind === 'local' || price?.perMinute === 0) return [texts(languageCode, 'price-free')];
  if (price === null) return [];
  const { perMinute: amount, currency } = price;
  return [
    texts(languageCode, 'price-a-minute', { price: formatMoney(texts, languageCode, { amount, currency }) }),
  ];
}

function renderQuestion(texts: Texts, languageCode: string | null, engines: readonly EngineOffer[]): string {
  const notes = engines.flatMap((offer) =>
    offer.readiness.state === 'ready'
      ? []
      : [
          texts(languageCode, `status-choosing-${offer.readiness.state}`, {
            engine: nameOf(offer, languageCode),
          }),
        ],
  );
  return [
    texts(languageCode, 'status-choosing'),
    ...notes,
    ...listDestinations(texts, languageCode, engines),
  ].join('\n');
}

/**
 * Returns a line for each engine on where it sends the audio; no lines when every engine keeps it
 * here.
 */
function listDestinations(
  texts: Texts,
  languageCode: string | null,
  engines: readonly EngineOffer[],
): string[] {
  const sending = engines.filter(({ privacy }) => privacy.destination !== null);
  if (sending.length === 0) return [];
  const lines = engines.map((offer) => {
    const { destination, keeps } = offer.privacy;
    const engine = nameOf(offer, languageCode);
    return destination === null
      ? texts(languageCode, 'sent-nowhere', { engine })
      : texts(languageCode, `sent-to-${keeps}`, { engine, host: isolate(destination) });
  });
  const someUnknown = sending.some(({ privacy }) => privacy.keeps === 'unknown');
  return [
    '',
    texts(languageCode, 'sent-where'),
    ...lines,
    ...(someUnknown ? [texts(languageCode, 'sent-retention-unknown')] : []),
  ];
}

function nameOf({ name }: EngineOffer, languageCode: string | null): string {
  return isolate(name[textLanguage(languageCode)]);
}
