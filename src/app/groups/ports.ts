import type { DocumentFormat } from '../../domain/document.ts';
import type { EngineId } from '../../domain/engine-names.ts';
import type { ChatId, UserId } from '../../domain/ids.ts';
import type { Transcription, Upload } from '../../domain/transcription.ts';

/** Settings of a group, chosen by its admins. */
export type GroupSettings = {
  /**
   * The admin who switched on automatic transcription of every voice message; null: the bot transcribes only on
   * request.
   */
  readonly automaticBy: UserId | null;
  /** Engine that is used without asking; null: the requesting user's. */
  readonly engine: EngineId | null;
  /** Language of the audio; null: the requesting user's. */
  readonly speechLanguage: string | null;
  /** Documents sent with every transcript. */
  readonly formats: readonly DocumentFormat[];
};

/** Groups with the bot in them. */
export type Groups = {
  /** Returns a group's settings; the defaults when its admins chose none. */
  settings(chatId: ChatId): Promise<GroupSettings>;
  change(chat: Upload['chat'], change: Partial<Omit<GroupSettings, 'formats'>>): Promise<void>;
  /** Adds or removes one format; two admins at the same time do not undo each other's changes. */
  setFormat(chat: Upload['chat'], format: DocumentFormat, isOn: boolean): Promise<void>;
  /** Returns the owner of the transcription that a message of the bot belongs to; null when it belongs to none. */
  ownerOf(chatId: ChatId, messageId: number): Promise<UserId | null>;
  /** Moves transcriptions, answers and settings of a group that became a supergroup. A second call changes nothing. */
  move(from: ChatId, to: ChatId): Promise<void>;
  /** Returns transcriptions of the group that have not ended, at most `limit`. */
  open(chatId: ChatId, limit: number): Promise<readonly Pick<Transcription, 'id' | 'userId'>[]>;
};
