import type { Account, UserRole } from '../../domain/account.ts';
import type { Cost, EngineReadiness } from '../../domain/engine.ts';
import type { EngineId } from '../../domain/engine-names.ts';
import type { TranscriptionId, UserId } from '../../domain/ids.ts';
import type { TextLanguage } from '../../domain/languages.ts';
import type { Quota } from '../../domain/quota.ts';
import type { Upload } from '../../domain/transcription.ts';
import type { Spent } from '../ports/lanes.ts';

/** Accounts of the users. */
export type Accounts = {
  /**
   * Returns the account of a user who has just written; creates it at the first contact and updates its names from
   * Telegram.
   */
  upsert(person: Upload['user']): Promise<Account>;
  find(id: UserId): Promise<Account | null>;
  /** Finds a user by Telegram's @name, regardless of case; the latest user who had it. */
  findByName(username: string): Promise<Account | null>;
  /** Resolves to true once in `quietMs` (ms): the user should then be told that they may not use the bot. */
  noteRefusal(id: UserId, quietMs: number): Promise<boolean>;
  /**
   * Blocks or unblocks. This method and the next four resolve to false when there is no such user, or nothing to
   * change.
   */
  setBlocked(id: UserId, blocked: boolean): Promise<boolean>;
  /** Admits a user as if with an invitation. */
  admit(id: UserId): Promise<boolean>;
  setRole(id: UserId, role: UserRole): Promise<boolean>;
  setQuota(id: UserId, quota: Partial<Quota>): Promise<boolean>;
  setAnnouncements(id: UserId, wanted: boolean): Promise<boolean>;
  /**
   * Sets the language of the texts.
   * @param chosen null: the language that Telegram reports
   * @param telegrams the language that Telegram reports now
   */
  setLanguage(id: UserId, chosen: TextLanguage | null, telegrams: string | null): Promise<void>;
  /** Returns how much of the quota a user has used. */
  spent(id: UserId): Promise<Consumption>;
};

/**
 * Usage of a user: today and in the last 30 days, by the calendar of TIME_ZONE, and in transcriptions that have not
 * ended.
 */
export type Consumption = {
  readonly today: Amount;
  readonly month: Amount & { readonly costs: readonly Cost[] };
  /** Transcriptions that have not ended; seconds as announced. */
  readonly open: Amount;
};

type Amount = { readonly files: number; readonly seconds: number };

/** Checks against the users' quotas. */
export type Quotas = {
  /**
   * Returns null when this many seconds of a transcription fit into the rest of its user's quota. What the
   * transcription itself used before does not count.
   */
  refusal(id: TranscriptionId, seconds: number): Promise<Spent | null>;
};

/** Invitations, for ACCESS=invitation. */
export type Invitations = {
  add(invitation: {
    readonly codeHash: string;
    readonly madeBy: UserId;
    readonly uses: number;
    readonly validMs: number;
  }): Promise<void>;
  /** Uses an invitation. `already`: the user was admitted before, and no use is counted. */
  take(id: UserId, codeHash: string): Promise<'taken' | 'already' | 'invalid'>;
};

/** Ratings of transcripts by their users. */
export type Feedback = {
  /** Stores a rating; the last one counts. Resolves to false when the user has no such transcript. */
  give(id: TranscriptionId, userId: UserId, good: boolean): Promise<boolean>;
};

/**
 * Records an action of an admin.
 * @param action one or two words, such as `block` or `quota`
 * @param subject the user or thing concerned, such as a user's id
 */
export type Audit = (
  actor: UserId,
  action: string,
  subject: string | null,
  details?: Readonly<Record<string, string | number | boolean | null>>,
) => Promise<void>;

/** Figures about the whole bot, for admins. */
export type Figures = {
  /** Returns the totals of the last calendar days, including today. */
  totals(days: number): Promise<Totals>;
  /** Returns the number of transcriptions that have not ended, at most `most`. */
  open(most: number): Promise<number>;
  /** Returns every engine that a worker reported recently. */
  engines(): Promise<EngineFigures[]>;
  /** Returns the failures of the last seven days, the most frequent first. */
  failures(): Promise<FailureGroup[]>;
};

export type Totals = Amount & {
  readonly people: number;
  readonly failures: number;
  readonly costs: readonly Cost[];
};

export type EngineFigures = {
  readonly engine: EngineId;
  /** The best readiness that a worker reports. */
  readonly readiness: EngineReadiness;
  /** Share of its last transcriptions (at most 100) that it did not fail; null before there were any. */
  readonly success: number | null;
};

export type FailureGroup = {
  readonly code: string;
  readonly engine: string;
  readonly count: number;
  readonly last: Date;
};

/** Content of a broadcast. */
export type BroadcastText = {
  readonly text: string;
  /** Formatting such as bold text and links, as Telegram describes it (MessageEntity). */
  readonly entities: readonly object[];
};

/** Broadcasts. One process at a time sends one; if it dies, another continues. */
export type Broadcasts = {
  /** Stores a draft. Resolves to its id. */
  draft(madeBy: UserId, announcement: BroadcastText): Promise<number>;
  /** Returns the number of users who would get a broadcast: those who may use the bot and want broadcasts. */
  people(): Promise<number>;
  /** Starts a draft. This method and `stop` resolve to false when the state no longer allows it. */
  start(id: number): Promise<boolean>;
  stop(id: number): Promise<boolean>;
  /** Takes a broadcast that no process is sending, for `leaseMs` (ms); null when there is none. */
  take(holder: string, leaseMs: number): Promise<Broadcast | null>;
  /** Returns the next users who have not had it, at most `limit`. */
  next(broadcast: Broadcast, limit: number): Promise<Recipient[]>;
  /**
   * Records the result for a user: `sent`, `missed` (could not be delivered) or `left` (the user stopped the bot).
   * Resolves to false when the broadcast was stopped, or another process has taken it over.
   */
  mark(
    broadcast: Broadcast,
    to: Recipient,
    how: 'sent' | 'missed' | 'left',
    leaseMs: number,
  ): Promise<boolean>;
  /** Renews the lease, so that no other process takes the broadcast. Resolves to false as `mark` does. */
  keep(broadcast: Broadcast, leaseMs: number): Promise<boolean>;
  /**
   * Ends a broadcast that all users have had. Resolves to the counts; null when it was stopped, or another process has
   * taken it over.
   */
  finish(broadcast: Broadcast): Promise<{ readonly sent: number; readonly missed: number } | null>;
  /** Releases the lease, so that another process can continue at once. */
  release(broadcast: Broadcast): Promise<void>;
};

export type Broadcast = BroadcastText & {
  readonly id: number;
  readonly madeBy: Recipient;
  /** The process that is sending it. */
  readonly holder: string;
  /** All users up to this id have had it. */
  readonly lastUserId: UserId;
};

export type Recipient = { readonly id: UserId; readonly languageCode: string | null };

/** Sends a broadcast to single users. Methods reject with a DeliveryError. */
export type BroadcastSender = {
  /** Sends the broadcast, with a button to unsubscribe. */
  announce(to: Recipient, announcement: BroadcastText): Promise<void>;
  /** Tells its author that all users have had it. */
  tellDone(madeBy: Recipient, result: { readonly sent: number; readonly missed: number }): Promise<void>;
};
