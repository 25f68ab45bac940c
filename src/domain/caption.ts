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
 * Returns the options that a caption sets. The caption must consist of nothing but option words, in any order: at most
 * one language code, at most one engine name, and document formats ("fa", "vira srt", "ویرا، docx"). Any other caption
 * sets no options.
 */
export function parseCaption(caption: string | undefined): CaptionOptions {
  const words = (caption ?? '')
    .toLowerCase()
    .split(/[\s,،]+/)
    .filter(Boolean);
  let options = none;
  for (const word of words) {
    const engine = engineWords.get(word);
    if (isDocumentFormat(word)) options = { ...options, formats: [...new Set([...options.formats, word])] };
    else if (engine !== undefined && options.engine === null) options = { ...options, engine };
    else if (speechLanguages.has(word) && options.language === null) options = { ...options, language: word };
    else return none;
  }
  return options;
}
