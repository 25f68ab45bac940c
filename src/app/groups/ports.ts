import type { DocumentFormat } from '../../domain/document.ts';
import type { EngineId } from '../../domain/engine-names.ts';
import type { ChatId, UserId } from '../../domain/ids.ts';
import type { Transcription, Upload } from '../../domain/transcription.ts';

/** Settings of a group, chosen by its admins. */
export type GroupSettings = {
  /**
  /**
   * The admin who switched on automatic transcription of every voice message, and who pays for it; null: the bot
   * transcribes only on request.
   */
  readonly automaticBy: UserId | null;
  /** True when the account of that admin was deleted and the group was not told yet. */
  readonly isAbandoned?: boolean;
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
  change(
    chat: Upload['chat'],
    change: Partial<Omit<GroupSettings, 'formats' | 'isAbandoned'>>,
  ): Promise<void>;
  /**
   * Ends automatic mode if this admin enabled it; null: an admin whose account was deleted. Resolves to false when it
   * has ended already, or another admin has enabled it.
   */
  stopAutomatic(chatId: ChatId, by: UserId | null): Promise<boolean>;
  /** Notes that the admin's minutes are used up until then. Resolves to false when the group was told already. */
  noteSpent(chatId: ChatId, by: UserId, until: Date): Promise<boolean>;
  /** Adds or removes one format; two admins at the same time do not undo each other's changes. */
  setFormat(chat: Upload['chat'], format: DocumentFormat, isOn: boolean): Promise<void>;
  /** Returns the owner of the transcription that a message of the bot belongs to; null when it belongs to none. */
  ownerOf(chatId: ChatId, messageId: number): Promise<UserId | null>;
  /** Moves transcriptions, answers and settings of a group that became a supergroup. A second call changes nothing. */
  move(from: ChatId, to: ChatId): Promise<void>;
  /** Returns transcriptions of the group that have not ended, at most `limit`. */
  open(chatId: ChatId, limit: number): Promise<readonly Pick<Transcription, 'id' | 'userId'>[]>;
};
