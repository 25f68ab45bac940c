import type { Word } from './transcript.ts';

/** One recognised word as a document shows it. Times are seconds from the start of the file. */
export type DocumentWord = Word;

/** A stretch of speech. Times are seconds from the start of the file. */
export type DocumentSegment = {
  readonly start: number;
  readonly end: number;
  /** As the document shows it. */
  readonly text: string;
  /** As the engine heard it, untouched. */
  readonly heard: string;
  /** The words of `text` in their order, nothing but white space between them; empty without word times. */
  readonly words: readonly DocumentWord[];
};

/** Segments that are read together, joined by one space. */
export type DocumentParagraph = {
  /** Who speaks, as the document names them; null where nobody knows. */
  readonly speaker: string | null;
  readonly segments: readonly DocumentSegment[];
};

/** Where the words come from, for programs. */
export type DocumentSource = {
  readonly fileName: string | null;
  /** When the recording was sent, ISO 8601. */
  readonly sentAt: string;
  readonly durationSeconds: number;
  readonly engine: string;
  /** BCP 47 tag of the speech, null when nobody said. */
  readonly language: string | null;
};

/** The document's own words, in the person's language. */
export type DocumentLabels = {
  /** Heads of the table: when, who, what. */
  readonly time: string;
  readonly speaker: string;
  readonly text: string;
  /** Stands before the list of characters for which there was no font. */
  readonly undrawn: string;
};

/** What a person may choose about the look. */
export type DocumentLook = {
  readonly page: 'a4' | 'letter';
  /** Lines of the same width, or ragged. PDF. */
  readonly isJustified: boolean;
  /** When each paragraph was said: in the margin, or before it. PDF, DOCX, TXT. */
  readonly hasTimes: boolean;
  /** Words that the engine was unsure of are lightly marked. PDF, DOCX. */
  readonly marksDoubt: boolean;
  /** Time, speaker and text as a table in place of paragraphs. DOCX. */
  readonly isTable: boolean;
  /** Page numbers and times in Latin digits, also where the language has its own. */
  readonly hasLatinDigits: boolean;
};

/** The look of a document when nobody chose. */
export const usualLook: DocumentLook = {
  page: 'a4',
  isJustified: true,
  hasTimes: false,
  marksDoubt: false,
  isTable: false,
  hasLatinDigits: false,
};

/** What a document shows; writers add nothing and leave nothing out. */
export type DocumentContent = {
  readonly title: string;
  /** `rtl` sets the title and labels from the right; paragraphs decide for themselves by their first strong letter. */
  readonly direction: 'rtl' | 'ltr';
  /** BCP 47 tag for language attributes, such as `fa`. */
  readonly language: string;
  /** Lines under the title, already in the person's language: date, duration, engine. */
  readonly facts: readonly { readonly label: string; readonly value: string }[];
  readonly source: DocumentSource;
  /** Hours of them need not be in memory at once; they can be gone through more than once. */
  readonly paragraphs: Iterable<DocumentParagraph>;
  readonly labels: DocumentLabels;
  readonly look: DocumentLook;
  /** Words of a lower probability are marked, where the look marks doubt; the usual limit when nobody says. */
  readonly doubtBelow?: number;
};

/** What is attached to a transcript unless its person chose otherwise. */
export const documentFormats = ['txt', 'docx', 'pdf'] as const satisfies readonly DocumentFormat[];
/** Every format that can be asked for. */
export const allDocumentFormats = ['txt', 'docx', 'pdf', 'srt', 'vtt', 'md', 'json'] as const;
export type DocumentFormat = (typeof allDocumentFormats)[number];

/** True for the name of a format. */
export function isDocumentFormat(name: string | undefined): name is DocumentFormat {
  return (allDocumentFormats as readonly (string | undefined)[]).includes(name);
}

/** A finished file. */
export type DocumentFile = {
  readonly fileName: string;
  readonly contentType: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Characters that no installed font has, each once; the file shows U+FFFD in their place and lists them. */
  readonly undrawn: readonly string[];
};

/** A paragraph as running text. */
export function paragraphText({ segments }: DocumentParagraph): string {
  return segments.map(({ text }) => text).join(' ');
}

/** Who speaks, each once, in the order in which they begin to. */
export function speakersOf({ paragraphs }: Pick<DocumentContent, 'paragraphs'>): string[] {
  const speakers = new Set<string>();
  for (const { speaker } of paragraphs) if (speaker !== null) speakers.add(speaker);
  return [...speakers];
}
