import type { EngineId } from '../domain/engine-names.ts';
import { expectedSeconds } from '../domain/expected-time.ts';
import { textLanguage } from '../domain/languages.ts';
import type { EngineOffer } from '../domain/status.ts';
import { formatDuration, formatMoney } from '../texts/format.ts';
import type { Texts } from '../texts/texts.ts';

/**
 * Returns the engines with the labels of their buttons, the recommended one first with a star.
 * @param seconds length of the audio, in seconds; null when unknown
 * @param nameOn returns the words in which an engine's button names it
 */
export function labelEngines(
  texts: Texts,
  languageCode: string | null,
  {
    engines,
    lastEngine,
    seconds,
  }: {
    readonly engines: readonly EngineOffer[];
    readonly lastEngine: EngineId | null;
    readonly seconds: number | null;
  },
  nameOn: (name: string) => string = (name) => name,
): { readonly offer: EngineOffer; readonly label: string }[] {
  const recommended = recommendedEngine(engines, lastEngine);
  return engines
    .toSorted((a, b) => Number(b.id === recommended) - Number(a.id === recommended))
    .map((offer) => {
      const isRecommended = offer.id === recommended;
      return { offer, label: renderLabel(texts, languageCode, offer, { seconds, isRecommended, nameOn }) };
    });
}

/**
 * Returns the engine with the star: the user's last choice; before the first one an engine that keeps the audio
 * here, if it is ready, else the first that is ready.
 */
function recommendedEngine(engines: readonly EngineOffer[], lastEngine: EngineId | null): EngineId | null {
  const ready = engines.filter(({ readiness }) => readiness.state === 'ready');
  const first = ready.find(({ privacy }) => privacy.destination === null) ?? ready[0] ?? engines[0];
  return engines.find(({ id }) => id === lastEngine)?.id ?? first?.id ?? null;
}

/**
 * Maximum length of an engine's name on a button, so that the facts fit on a phone; a self-hosted
 * engine's name contains its host.
 */
const maxNameLength = 24;

/**
 * Returns a button's label: the engine's name, with a star when it is recommended, its price or
 * that it is free, the expected time, and whether the audio stays with the bot.
 */
export function renderLabel(
  texts: Texts,
  languageCode: string | null,
  offer: EngineOffer,
  {
    seconds,
    isRecommended,
    nameOn,
  }: {
    readonly seconds: number | null;
    readonly isRecommended: boolean;
    readonly nameOn: (name: string) => string;
  },
): string {
  const name = offer.name[textLanguage(languageCode)];
  const short = name.length > maxNameLength ? `${name.slice(0, maxNameLength - 1)}…` : name;
  const time =
    seconds === null || offer.realTimeFactor === null || offer.readiness.state !== 'ready'
      ? null
      : formatDuration(texts, languageCode, expectedSeconds(seconds, offer.realTimeFactor));
  const facts = [
    isRecommended ? `★ ${nameOn(short)}` : nameOn(short),
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
