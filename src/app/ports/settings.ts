import type { DocumentChoice } from '../../domain/document-choice.ts';
import type { EngineId } from '../../domain/engine-names.ts';
import type { UserId } from '../../domain/ids.ts';
import type { Upload } from '../../domain/transcription.ts';

/** The users' own settings. */
export type Settings = {
  /** Returns the language of the user's audio; null: to be detected. */
  speechLanguage(userId: UserId): Promise<string | null>;
  setSpeechLanguage(user: Upload['user'], language: string | null): Promise<void>;
  /** Returns the engine that is used without asking; null: the user picks one. */
  defaultEngine(userId: UserId): Promise<EngineId | null>;
  setDefaultEngine(user: Upload['user'], engine: EngineId | null): Promise<void>;
  /** Returns the settings for documents. */
  documents(userId: UserId): Promise<DocumentChoice>;
  setDocuments(user: Upload['user'], choice: DocumentChoice): Promise<void>;
  /** Returns whether one document is offered for uploads that arrive together. */
  offersBundles(userId: UserId): Promise<boolean>;
  setOffersBundles(user: Upload['user'], offers: boolean): Promise<void>;
  /** Resets all settings to their defaults, except the retention, because a shorter one would delete transcripts. */
  reset(userId: UserId): Promise<void>;
};
