import type { DocumentContent } from '../../domain/document.ts';
import type { DocumentChoice } from '../../domain/document-choice.ts';
import type { DocumentExtras } from '../../domain/document-extras.ts';
import type { Transcription } from '../../domain/transcription.ts';

/** A file of a result of a language model: a document that is to be written, or the file itself. */
export type UnderstoodContent =
  | {
      readonly kind: 'document';
      readonly content: DocumentContent;
      readonly baseName: string;
      readonly format: 'docx' | 'pdf';
    }
  | { readonly kind: 'file'; readonly fileName: string; readonly bytes: Uint8Array<ArrayBuffer> };

/** What a language model made of transcripts. */
export type Understood = {
  /** Returns what the documents of a transcript show besides its text; null when there is nothing. */
  findExtras(
    transcription: Pick<Transcription, 'id' | 'languageCode'>,
    choice: Pick<DocumentChoice, 'summary'>,
  ): Promise<DocumentExtras | null>;
  /** Returns a file of a result; null when it was deleted, or has no such file. */
  find(
    transcription: Transcription,
    task: number,
    file: 'docx' | 'pdf' | 'ics',
  ): Promise<UnderstoodContent | null>;
};
