import type { Word } from './transcript.ts';

/** One word as a document shows it. Times are in seconds from the start of the audio. */
export type DocumentWord = Word;

/** A segment as a document shows it. Times are in seconds from the start of the audio. */
export type DocumentSegment = {
  readonly start: number;
  readonly end: number;
  /** Text as the document shows it. */
  readonly text: string;
  /** Text as the engine wrote it, unchanged. */
  readonly original: string;
  /** The words of `text` in order, with only white space between them; empty without word times. */
  readonly words: readonly DocumentWord[];
};

/** Segments shown as one paragraph, joined by one space. */
export type DocumentParagraph = {
  /** Name of the speaker as the document shows it; null when unknown. */
  readonly speaker: string | null;
  readonly segments: readonly DocumentSegment[];
  /** A heading above it: of a chapter, or of what a language model made. */
  readonly heading?: string;
  /** True for text that was not said, such as a summary. Subtitles and JSON leave it out. */
  readonly isAside?: true;
  /** The same text in the language of the content's translation. DOCX and PDF show it beside the text. */
  readonly translation?: string;
};

/** Origin of the words, for programs that read the document. */
export type DocumentSource = {
  readonly fileName: string | null;
  /** Date and time of the upload, ISO 8601. */
  readonly sentAt: string;
  readonly durationSeconds: number;
  readonly engine: string;
  /** Language of the speech as a BCP 47 tag; null when unknown. */
  readonly language: string | null;
};

/** Fixed words in a document, in the user's language. */
export type DocumentLabels = {
  /** Headings of the table's columns. */
  readonly time: string;
  readonly speaker: string;
  readonly text: string;
  /** Text before the list of characters for which no font has a glyph. */
  readonly missingGlyphs: string;
};

/** Settings for the look of a document. */
export type DocumentLook = {
  readonly page: 'a4' | 'letter';
  /** Justified lines, else ragged ones. PDF. */
  readonly isJustified: boolean;
  /** The time of each paragraph, in the margin or before it. PDF, DOCX, TXT. */
  readonly hasTimes: boolean;
  /** Light marks on words with low confidence. PDF, DOCX. */
  readonly marksLowConfidence: boolean;
  /** A table of time, speaker and text in place of paragraphs. DOCX. */
  readonly isTable: boolean;
  /** Latin digits in page numbers and times, even where the language has its own digits. */
  readonly hasLatinDigits: boolean;
};

/** Default look of a document. */
export const defaultLook: DocumentLook = {
  page: 'a4',
  isJustified: true,
  hasTimes: false,
  marksLowConfidence: false,
  isTable: false,
  hasLatinDigits: false,
};

/** The second column of a bilingual document, and the headings of both, in the user's language. */
export type DocumentTranslation = {
  /** BCP 47 tag. */
  readonly language: string;
  readonly headings: { readonly original: string; readonly translation: string };
};

/** Content of a document. The writers add nothing and leave nothing out. */
export type DocumentContent = {
  readonly title: string;
  /**
   * Direction of the title and the labels. A paragraph's direction comes from `language` and from its own words
   * (`baseDirection`).
   */
  readonly direction: 'rtl' | 'ltr';
  /** BCP 47 tag for language attributes, such as `fa`. */
  readonly language: string;
  /** Lines under the title, in the user's language: date, duration, engine. */
  readonly facts: readonly { readonly label: string; readonly value: string }[];
  readonly source: DocumentSource;
  /** The second column of a bilingual document; absent: there is one column. DOCX, PDF. */
  readonly translation?: DocumentTranslation;
  /** Iterable more than once. Hours of paragraphs need not be in memory at the same time. */
  readonly paragraphs: Iterable<DocumentParagraph>;
  readonly labels: DocumentLabels;
  readonly look: DocumentLook;
  /**
   * Words below this probability are marked, if the look marks low confidence; default: the limit in
   * `low-confidence.ts`.
   */
  readonly lowConfidenceBelow?: number;
};

/** Formats sent with a transcript by default. */
export const defaultFormats = ['txt', 'docx', 'pdf'] as const satisfies readonly DocumentFormat[];
/** All formats that a user can ask for. */
export const documentFormats = ['txt', 'docx', 'pdf', 'srt', 'vtt', 'md', 'json', 'odt', 'epub'] as const;
export type DocumentFormat = (typeof documentFormats)[number];

/** Returns true for the name of a format. */
export function isDocumentFormat(name: string | undefined): name is DocumentFormat {
  return (documentFormats as readonly (string | undefined)[]).includes(name);
}

/** A rendered document. */
export type DocumentFile = {
  readonly fileName: string;
  readonly contentType: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Characters that no installed font has, each once. The document shows U+FFFD in their place and lists them. */
  readonly missingGlyphs: readonly string[];
};

/** Returns a paragraph as running text. */
export function paragraphText({ segments }: DocumentParagraph): string {
  return segments.map(({ text }) => text).join(' ');
}

/** Returns the names of the speakers, each once, in the order of their first words. */
export function speakersOf({ paragraphs }: Pick<DocumentContent, 'paragraphs'>): string[] {
  const speakers = new Set<string>();
  for (const { speaker } of paragraphs) if (speaker !== null) speakers.add(speaker);
  return [...speakers];
}

/** Returns a format's name as users know it. */
export function formatName(format: DocumentFormat): string {
  return format === 'docx' ? 'Word' : format.toUpperCase();
}
