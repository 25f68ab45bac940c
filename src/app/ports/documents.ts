import type { DocumentContent, DocumentFile, DocumentFormat } from '../../domain/document.ts';
import type { DocumentChoice } from '../../domain/document-choice.ts';
import type { NumberSpeaker } from '../../domain/speakers.ts';
import type { Transcription } from '../../domain/transcription.ts';
import type { StoredTranscript, TitleSource } from './transcripts.ts';

export type Documents = {
  /** Writes a document in each of the formats, in their order. */
  render(
    content: DocumentContent,
    formats: readonly DocumentFormat[],
    baseName: string,
  ): Promise<DocumentFile[]>;
};

/** Texts for users, by key and language, including the format of dates, numbers and durations. */
export type Wording = {
  /** Returns the document of a transcript, in the user's language. */
  document(
    transcription: Transcription,
    stored: StoredTranscript,
    choice: DocumentChoice,
  ): { content: DocumentContent; baseName: string };
  /** Returns the heading of an upload among others: sender and time. */
  heading(
    languageCode: string | null,
    name: string,
    sentAt: Date,
    choice: Pick<DocumentChoice, 'timeZone'>,
  ): string;
  /** Returns the name of a transcript's files; null when neither the upload nor the text gives one. */
  fileTitle(source: TitleSource, choice: DocumentChoice): string | null;
  /** Returns what became of a voice that the user wants remembered. */
  voiceRemembered(languageCode: string | null, name: string, outcome: VoiceOutcome): string;
  /** Returns the name of the files of a transcript when earlier ones have the same. */
  numbered(languageCode: string | null, name: string, number: number): string;
};

/** `short`: the speaker speaks too briefly; `none`: there is no audio, or no model for voices. */
export type VoiceOutcome = 'remembered' | 'full' | 'short' | 'none';

/** Returns how unnamed speakers are called in a language. */
export type NumberSpeakerIn = (languageCode: string | null) => NumberSpeaker;
