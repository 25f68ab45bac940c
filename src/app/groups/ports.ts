import type { DocumentFormat } from '../../domain/document.ts';
import type { EngineId } from '../../domain/engine-names.ts';
import type { ChatId, UserId } from '../../domain/ids.ts';
import type { Transcription, Upload } from '../../domain/transcription.ts';

/** What the admins of a group have chosen for it. */
export type GroupSettings = {
  /**
   * Every voice message is written down unasked, as this admin has switched on, who pays for it; null: only what is
   * asked for.
   */
  readonly automaticBy: UserId | null;
  /** Whoever had switched that on has had their account deleted, and the group has not been told. */
  readonly isAbandoned?: boolean;
  /** Taken without asking; null: that of whoever asks. */
  readonly engine: EngineId | null;
  /** Of the recordings; null: that of whoever asks. */
  readonly speechLanguage: string | null;
  /** Documents that come with every transcript. */
  readonly formats: readonly DocumentFormat[];
};

/** Groups in which the bot is. */
export type Groups = {
  /** The usual ones where nobody has chosen any. */
  settings(chatId: ChatId): Promise<GroupSettings>;
  change(
    chat: Upload['chat'],
    change: Partial<Omit<GroupSettings, 'formats' | 'isAbandoned'>>,
  ): Promise<void>;
  /**
   * Ends automatic mode where this admin had switched it on, null: somebody whose account is gone. Resolves to false when
   * it has ended already, or another admin has switched it on.
   */
  stopAutomatic(chatId: ChatId, by: UserId | null): Promise<boolean>;
  /**
   * The admin's minutes are used up until then. Resolves to false when the group has been told that already.
   */
  noteSpent(chatId: ChatId, by: UserId, until: Date): Promise<boolean>;
  /** One format more, or one less; two admins at once do not undo each other's. */
  setFormat(chat: Upload['chat'], format: DocumentFormat, isOn: boolean): Promise<void>;
  /** Whose file a message of ours belongs to; null when it belongs to none. */
  ownerOf(chatId: ChatId, messageId: number): Promise<UserId | null>;
  /** A group has become a supergroup: its files, answers and settings follow. A second time changes nothing. */
  move(from: ChatId, to: ChatId): Promise<void>;
  /** Files of the group that have not ended, `limit` at most. */
  open(chatId: ChatId, limit: number): Promise<readonly Pick<Transcription, 'id' | 'userId'>[]>;
};
