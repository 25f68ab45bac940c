import { type DocumentFormat, isDocumentFormat } from './document.ts';
import { type EngineId, engineIds, engineNames } from './engine-names.ts';
import { speechLanguages } from './languages.ts';
import { writeDigits } from './persian/digits.ts';

/** Options that a caption sets for its upload. */
export type CaptionOptions = {
  /** Language of the speech, ISO 639-1. */
  readonly language: string | null;
  readonly engine: EngineId | null;
  /** Document formats in place of the user's own; empty: the user's own. */
  readonly formats: readonly DocumentFormat[];
  /** Number of speakers to tell apart, 0 if it has to be found; null: as the user has set. */
  readonly speakers: number | null;
};

const none: CaptionOptions = { language: null, engine: null, formats: [], speakers: null };

/** All names of the engines, in lower case. */
const engineWords = new Map(
  engineIds.flatMap((id) =>
    [id, engineNames[id].fa, engineNames[id].en].map((name) => [name.toLowerCase(), id]),
  ),
);
/**
 * Words that users put around the name of an engine: "vira please", «با ویرا لطفاً». Some are codes of languages too
 * (`it`, `my`), which they mean only where nothing else is written.
 */
const politeWords: ReadonlySet<string> = new Set(
  (
    'a an and as by do engine file files for format from i in into it language me my of plz please pls thank thanks the ' +
    'this to use using via want with you ' +
    'از این با به بفرست بفرستید بنویس بنویسید تو خواهش در را رو زبان سپاس فایل فرمت کن کنید لطف لطفا لطفاً متشکرم مرسی ' +
    'ممنون ممنونم موتور می‌کنم می‌خواهم هم همین و'
  ).split(' '),
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
function extractSpeakers(caption: string): { readonly rest: string; readonly speakers: number | null } {
  const [phrase, digits = ''] = numberOfSpeakers.exec(caption) ?? [];
  const count = Number(writeDigits(digits, 'latin'));
  if (phrase !== undefined && count >= 1 && count <= maxSpeakers)
    return { rest: caption.replace(phrase, ' '), speakers: count };
  const rest = caption.replace(anySpeakers, ' ');
  return { rest, speakers: rest === caption ? null : 0 };
}

/**
 * Returns the options that a caption sets. The caption must consist of option words, in any order: at most one language
 * code, at most one engine name, document formats ("fa", "vira srt", "ویرا، docx"), and the number of
 * speakers ("2 people", "۲ نفر") or the wish to find them ("who said what"). Beside the name of an engine,
 * polite words may stand ("with vira please"). Any other caption sets no options.
 */
export function parseCaption(caption: string | undefined): CaptionOptions {
  const { rest, speakers } = extractSpeakers((caption ?? '').toLowerCase());
  const words = rest.split(/[\s,،]+/).filter(Boolean);
  const exact = readOptions(words);
  if (exact !== null) return { ...exact, speakers };
  const bare = words.map((word) => word.replace(/[.!؛:]+$/, '')).filter((word) => !politeWords.has(word));
  const polite = readOptions(bare);
  return polite === null || polite.engine === null ? none : { ...polite, speakers };
}

/** Returns the options that these words set; null when one of them is no option. */
function readOptions(words: readonly string[]): CaptionOptions | null {
  let options = none;
  for (const word of words) {
    const engine = engineWords.get(word);
    if (isDocumentFormat(word)) options = { ...options, formats: [...new Set([...options.formats, word])] };
    else if (engine !== undefined && options.engine === null) options = { ...options, engine };
    else if (speechLanguages.has(word) && options.language === null) options = { ...options, language: word };
    else return null;
  }
  return options;
}
