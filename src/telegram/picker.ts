import type { InlineKeyboardMarkup, MessageEntity } from 'grammy/types';
import { type PlainAction, packButton } from '../domain/button.ts';
import { type EngineId, engineNames, tokenVariables } from '../domain/engine-names.ts';
import { expectedSeconds } from '../domain/expected-time.ts';
import type { TranscriptionId } from '../domain/ids.ts';
import { textLanguage } from '../domain/languages.ts';
import type { EngineOffer, StatusView } from '../domain/status.ts';
import { formatDuration, formatMoney, isolate } from '../texts/format.ts';
import type { Texts } from '../texts/texts.ts';

export type StatusMessage = {
  readonly text: string;
  readonly entities: readonly MessageEntity[];
  readonly keyboard: InlineKeyboardMarkup;
};

export type MakeButton = (action: PlainAction) => {
  text: string;
  callback_data: string;
};

/**
 * Returns the message that asks for an engine: a button with the relevant facts for each, the
 * recommended one first with a star. Below the last choice is a button that makes it the default.
 */
export function renderPicker(
  texts: Texts,
  languageCode: string | null,
  id: TranscriptionId,
  view: StatusView & { kind: 'choosing' },
  button: MakeButton,
): StatusMessage {
  const { engines, lastEngine, seconds, offersAlways, missing = [], runningOn } = view;
  const toSetUp = listMissing(texts, languageCode, missing);
  if (engines.length === 0 && runningOn === undefined) {
    return {
      text: [texts(languageCode, 'status-no-engine'), ...toSetUp].join('\n'),
      entities: [],
      keyboard: { inline_keyboard: [[button('refresh')], [button('cancel')]] },
    };
  }
  if (runningOn !== undefined) return renderOtherEngines(texts, languageCode, id, view, runningOn, button);
  const rows = labelEngines(texts, languageCode, { engines, lastEngine, seconds }).flatMap(
    ({ offer, label }) => {
      const { id: engine } = offer;
      const choose = { text: label, callback_data: packButton({ action: 'engine', id, engine }) };
      if (!offersAlways || engine !== lastEngine || engines.length === 1) return [[choose]];
      const always = {
        text: texts(languageCode, 'button-always', { engine: offer.name[textLanguage(languageCode)] }),
        callback_data: packButton({ action: 'always-with', id, engine }),
      };
      return [[choose], [always]];
    },
  );
  return {
    text: [
      renderQuestion(texts, languageCode, engines),
      ...listNotes(texts, languageCode, engines),
      ...toSetUp,
    ].join('\n'),
    entities: [],
    keyboard: { inline_keyboard: [...rows, [button('cancel')]] },
  };
}

/** Returns the question above the engines. A single one is named, because whoever opened the picker wants another. */
function renderQuestion(texts: Texts, languageCode: string | null, engines: readonly EngineOffer[]): string {
  const [only, ...others] = engines;
  return only === undefined || others.length > 0
    ? texts(languageCode, 'status-choosing')
    : texts(languageCode, 'status-choosing-only', { engine: nameOf(only, languageCode) });
}

/**
 * Returns the message of a running transcription that offers other engines: a button for each, and one to go on as
 * before.
 */
function renderOtherEngines(
  texts: Texts,
  languageCode: string | null,
  id: TranscriptionId,
  { engines, seconds, missing = [] }: StatusView & { kind: 'choosing' },
  runningOn: EngineId,
  button: MakeButton,
): StatusMessage {
  const running = engineNames[runningOn][textLanguage(languageCode)];
  const others = engines.filter(({ id: engine }) => engine !== runningOn);
  const rows = others.map((offer) => [
    {
      text: renderLabel(texts, languageCode, offer, {
        seconds,
        isRecommended: false,
        nameOn: (name) => name,
      }),
      callback_data: packButton({ action: 'switch', id, engine: offer.id }),
    },
  ]);
  const goOn = {
    text: texts(languageCode, 'button-go-on', { engine: running }),
    callback_data: packButton({ action: 'go-on', id }),
  };
  const question = texts(
    languageCode,
    others.length === 0 ? 'status-no-other-engine' : 'status-other-engine',
    {
      engine: isolate(running),
    },
  );
  const text = [
    question,
    ...listDestinations(texts, languageCode, others),
    ...listMissing(texts, languageCode, missing),
  ];
  return {
    text: text.join('\n'),
    entities: [],
    keyboard: { inline_keyboard: [...rows, [goOn], [button('cancel')]] },
  };
}

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

/** Returns a line for each engine that is not set up, for admins: the variable that it needs. */
function listMissing(texts: Texts, languageCode: string | null, missing: readonly EngineId[]): string[] {
  if (missing.length === 0) return [];
  const lines = missing.map((id) => {
    const engine = isolate(engineNames[id][textLanguage(languageCode)]);
    const variable = tokenVariables[id];
    return variable === null
      ? texts(languageCode, 'picker-missing-local', { engine })
      : texts(languageCode, 'picker-missing', { engine, variable: isolate(variable) });
  });
  return ['', texts(languageCode, 'picker-missing-title'), ...lines];
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
function renderLabel(
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

/** Returns the lines below the question for an engine: engines that are not ready, and where each sends the audio. */
export function listNotes(
  texts: Texts,
  languageCode: string | null,
  engines: readonly EngineOffer[],
): string[] {
  const notes = engines.flatMap((offer) =>
    offer.readiness.state === 'ready'
      ? []
      : [
          texts(languageCode, `status-choosing-${offer.readiness.state}`, {
            engine: nameOf(offer, languageCode),
          }),
        ],
  );
  return [...notes, ...listDestinations(texts, languageCode, engines)];
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
