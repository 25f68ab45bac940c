import type { DocumentChoice } from '../../domain/document-choice.ts';
import type { EngineId } from '../../domain/engine-names.ts';
import type { UserId } from '../../domain/ids.ts';
import type { Upload } from '../../domain/transcription.ts';

/** What people have chosen for themselves. */
export type Settings = {
  /** The language of their recordings; null: to be found out. */
  speechLanguage(userId: UserId): Promise<string | null>;
  setSpeechLanguage(user: Upload['user'], language: string | null): Promise<void>;
  /** The engine that is taken without asking; null: the person is asked. */
  defaultEngine(userId: UserId): Promise<EngineId | null>;
  setDefaultEngine(user: Upload['user'], engine: EngineId | null): Promise<void>;
  /** What their files are to be like. */
  documents(userId: UserId): Promise<DocumentChoice>;
  setDocuments(user: Upload['user'], choice: DocumentChoice): Promise<void>;
  /** As if they had never chosen anything; how long their history is kept stays, since nothing is to be lost by it. */
  reset(userId: UserId): Promise<void>;
};
