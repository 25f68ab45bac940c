import { type DocumentFormat, isDocumentFormat } from './document.ts';
import { type EngineId, engineIds, engineNames } from './engine-names.ts';
import { speechLanguages } from './languages.ts';

/** What the caption of a file asks for. */
export type Wishes = {
  /** Of the speech, ISO 639-1. */
  readonly language: string | null;
  readonly engine: EngineId | null;
  /** In place of the usual ones; none: the usual ones. */
  readonly formats: readonly DocumentFormat[];
};

const none: Wishes = { language: null, engine: null, formats: [] };

/** Every word by which an engine is called, in small letters. */
const engineWords = new Map(
  engineIds.flatMap((id) =>
    [id, engineNames[id].fa, engineNames[id].en].map((name) => [name.toLowerCase(), id]),
  ),
);

/**
 * What a caption asks for, when it is nothing but such words, in any order: one language's code, one engine's name,
 * formats ("fa", "vira srt", "ویرا، docx"). Any other caption is a caption.
 */
export function wishesInCaption(caption: string | undefined): Wishes {
  const words = (caption ?? '')
    .toLowerCase()
    .split(/[\s,،]+/)
    .filter(Boolean);
  let wishes = none;
  for (const word of words) {
    const engine = engineWords.get(word);
    if (isDocumentFormat(word)) wishes = { ...wishes, formats: [...new Set([...wishes.formats, word])] };
    else if (engine !== undefined && wishes.engine === null) wishes = { ...wishes, engine };
    else if (speechLanguages.has(word) && wishes.language === null) wishes = { ...wishes, language: word };
    else return none;
  }
  return wishes;
}
