import { type DocumentFormat, isDocumentFormat } from './document.ts';
import { type EngineId, engineIds, engineNames } from './engine-names.ts';
import { speechLanguages } from './languages.ts';
import { writeDigits } from './persian/digits.ts';

/** Options that a caption sets for its upload. */
export type Wishes = {
  /** Language of the speech, ISO 639-1. */
  readonly language: string | null;
  readonly engine: EngineId | null;
  /** Document formats in place of the user's own; empty: the user's own. */
  readonly formats: readonly DocumentFormat[];
  /** Number of speakers to tell apart, 0 if it has to be found; null: as the user has set. */
  readonly speakers: number | null;
};

const none: Wishes = { language: null, engine: null, formats: [], speakers: null };

/** All names of the engines, in lower case. */
const engineWords = new Map(
  engineIds.flatMap((id) =>
    [id, engineNames[id].fa, engineNames[id].en].map((name) => [name.toLowerCase(), id]),
  ),
);

/** Words for the number of speakers; the number itself may be in Persian or Arabic digits. */
const speakerWords = 'people|persons?|speakers?|voices?|نفره?|گوینده';
const wordBefore = '(?<=^|[\\s,،])';
const wordAfter = '(?=$|[\\s,،])';
const numberOfSpeakers = new RegExp(
  `${wordBefore}([0-9٠-٩۰-۹]{1,2})[\\s\\u200c]*(?:${speakerWords})${wordAfter}`,
  'u',
);
const anySpeakers = new RegExp(
  `${wordBefore}(?:who said what|speakers|گوینده[\\s\\u200c]?ها|(?:کی|چه کسی) چ[یه] گفت)${wordAfter}`,
  'u',
);
/** More are never told apart. */
const maxSpeakers = 20;

/** Takes the wish for speakers out of a caption. Returns the rest, and the number of speakers (0: to be found). */
function takeSpeakers(caption: string): { readonly rest: string; readonly speakers: number | null } {
  const [phrase, digits = ''] = numberOfSpeakers.exec(caption) ?? [];
  const count = Number(writeDigits(digits, 'latin'));
  if (phrase !== undefined && count >= 1 && count <= maxSpeakers)
    return { rest: caption.replace(phrase, ' '), speakers: count };
  const rest = caption.replace(anySpeakers, ' ');
  return { rest, speakers: rest === caption ? null : 0 };
}

/**
 * Returns the options that a caption sets. The caption must consist of nothing but option words, in any order: at most
 * one language code, at most one engine name, document formats ("fa", "vira srt", "ویرا، docx"), and the number of
 * speakers ("2 people", "۲ نفر") or the wish to find them ("who said what"). Any other caption sets no options.
 */
export function wishesInCaption(caption: string | undefined): Wishes {
  const { rest, speakers } = takeSpeakers((caption ?? '').toLowerCase());
  const words = rest.split(/[\s,،]+/).filter(Boolean);
  let wishes: Wishes = { ...none, speakers };
  for (const word of words) {
    const engine = engineWords.get(word);
    if (isDocumentFormat(word)) wishes = { ...wishes, formats: [...new Set([...wishes.formats, word])] };
    else if (engine !== undefined && wishes.engine === null) wishes = { ...wishes, engine };
    else if (speechLanguages.has(word) && wishes.language === null) wishes = { ...wishes, language: word };
    else return none;
  }
  return wishes;
}
