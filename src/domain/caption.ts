import { type DocumentFormat, isDocumentFormat } from './document.ts';
import { type EngineId, engineIds, engineNames } from './engine-names.ts';
import { speechLanguages } from './languages.ts';

/** Options that a caption sets for its upload. */
export type CaptionOptions = {
  /** Language of the speech, ISO 639-1. */
  readonly language: string | null;
  readonly engine: EngineId | null;
  /** Document formats in place of the user's own; empty: the user's own. */
  readonly formats: readonly DocumentFormat[];
};

const none: CaptionOptions = { language: null, engine: null, formats: [] };

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

/**
 * Returns the options that a caption sets. The caption must consist of option words, in any order: at most one language
 * code, at most one engine name, and document formats ("fa", "vira srt", "ویرا، docx"). Beside the name of an engine,
 * polite words may stand ("with vira please"). Any other caption sets no options.
 */
export function parseCaption(caption: string | undefined): CaptionOptions {
  const words = (caption ?? '')
    .toLowerCase()
    .split(/[\s,،]+/)
    .filter(Boolean);
  const exact = readOptions(words);
  if (exact !== null) return exact;
  const bare = words.map((word) => word.replace(/[.!؛:]+$/, '')).filter((word) => !politeWords.has(word));
  const polite = readOptions(bare);
  return polite === null || polite.engine === null ? none : polite;
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
