import { packButton } from '../domain/button.ts';
import { type EngineId, engineNames, tokenVariables } from '../domain/engine-names.ts';
import type { TranscriptionId } from '../domain/ids.ts';
import { textLanguage } from '../domain/languages.ts';
import type { EngineOffer, StatusView } from '../domain/status.ts';
import { isolate } from '../texts/format.ts';
import type { Texts } from '../texts/texts.ts';
import { labelEngines, renderLabel } from './engine-labels.ts';
import { listDestinations, listRemarks } from './engine-remarks.ts';
import type { MakeButton, StatusMessage } from './status-message.ts';

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
      ...listRemarks(texts, languageCode, engines),
      ...toSetUp,
    ].join('\n'),
    entities: [],
    keyboard: { inline_keyboard: [...rows, [button('cancel')]] },
  };
}

/** Returns the question above the engines. A single one is named, because a user who opened the picker wants another. */
function renderQuestion(texts: Texts, languageCode: string | null, engines: readonly EngineOffer[]): string {
  const [only, ...others] = engines;
  return only === undefined || others.length > 0
    ? texts(languageCode, 'status-choosing')
    : texts(languageCode, 'status-choosing-only', {
        engine: isolate(only.name[textLanguage(languageCode)]),
      });
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
