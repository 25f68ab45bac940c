import type { Account, Role } from '../../domain/account.ts';
import type { Cost, EngineReadiness } from '../../domain/engine.ts';
import type { EngineId } from '../../domain/engine-names.ts';
import type { TranscriptionId, UserId } from '../../domain/ids.ts';
import type { TextLanguage } from '../../domain/languages.ts';
import type { Quota } from '../../domain/quota.ts';
import type { Upload } from '../../domain/transcription.ts';
import type { Spent } from '../ports/lanes.ts';

/** People's accounts. */
export type Accounts = {
  /** Somebody is there: their account, made at first contact, with the names that Telegram tells now. */
  meet(person: Upload['user']): Promise<Account>;
  find(id: UserId): Promise<Account | null>;
  /** By Telegram's @name, whatever its case; the latest who had it. */
  findByName(username: string): Promise<Account | null>;
  /** True once in `quietMs`: then they are to be told that they may not use the bot. */
  noteRefusal(id: UserId, quietMs: number): Promise<boolean>;
  /** These five resolve to false when there is no such person, or nothing to change. */
  setBlocked(id: UserId, blocked: boolean): Promise<boolean>;
  /** As if they had come with an invitation. */
  admit(id: UserId): Promise<boolean>;
  setRole(id: UserId, role: Role): Promise<boolean>;
  setQuota(id: UserId, quota: Partial<Quota>): Promise<boolean>;
  setAnnouncements(id: UserId, wanted: boolean): Promise<boolean>;
  /**
   * The language in which Dabir speaks to them from now on.
   * @param chosen null: as their Telegram says
   * @param telegrams what that says now
   */
  setLanguage(id: UserId, chosen: TextLanguage | null, telegrams: string | null): Promise<void>;
  /** What they have used of their minutes. */
  spent(id: UserId): Promise<Consumption>;
};

/** What a person has used: today and in the last 30 days by the calendar of TIME_ZONE, and what is under way. */
export type Consumption = {
  readonly today: Amount;
  readonly month: Amount & { readonly costs: readonly Cost[] };
  /** Not ended yet; seconds as announced. */
  readonly open: Amount;
};

type Amount = { readonly files: number; readonly seconds: number };

/** What is left of people's minutes. */
export type Quotas = {
  /** Null when so many seconds of this file fit into what its person has left; what it used before does not count. */
  refusal(id: TranscriptionId, seconds: number): Promise<Spent | null>;
};

/** Ways in while ACCESS is `invitation`. */
export type Invitations = {
  add(invitation: {
    readonly codeHash: string;
    readonly madeBy: UserId;
    readonly uses: number;
    readonly validMs: number;
  }): Promise<void>;
  /** `already`: they are in, and nothing is used up. */
  take(id: UserId, codeHash: string): Promise<'taken' | 'already' | 'invalid'>;
};

/** What people think of their transcripts. */
export type Feedback = {
  /** The last word counts. Resolves to false when there is no such transcript of theirs. */
  give(id: TranscriptionId, userId: UserId, good: boolean): Promise<boolean>;
};

/**
 * Keeps what an admin did.
 * @param action in one or two words, such as `block` or `quota`
 * @param subject whom or what it was done to, such as a person's id
 */
export type Audit = (
  actor: UserId,
  action: string,
  subject: string | null,
  details?: Readonly<Record<string, string | number | boolean | null>>,
) => Promise<void>;

/** How the whole bot fares, for its operator. */
export type Figures = {
  /** What was done in so many calendar days, of which today is the last. */
  totals(days: number): Promise<Totals>;
  /** Files that have not ended, up to `most`. */
  open(most: number): Promise<number>;
  /** Every engine that some worker has reported lately. */
  engines(): Promise<EngineFigures[]>;
  /** What went wrong in the last seven days, the most frequent first. */
  failures(): Promise<FailureGroup[]>;
};

export type Totals = Amount & {
  readonly people: number;
  readonly failures: number;
  readonly costs: readonly Cost[];
};

export type EngineFigures = {
  readonly engine: EngineId;
  /** The best that a worker says of it. */
  readonly readiness: EngineReadiness;
  /** Of its last files (100 at most), those that it did not fail; null before there were any. */
  readonly success: number | null;
};

export type FailureGroup = {
  readonly code: string;
  readonly engine: string;
  readonly count: number;
  readonly last: Date;
};

/** A message from the operator to everybody. */
export type Announcement = {
  readonly text: string;
  /** Bold, links …, as Telegram describes them (MessageEntity). */
  readonly entities: readonly object[];
};

/** Announcements under way. One process at a time sends one, and another goes on where that died. */
export type Broadcasts = {
  /** Not sent yet. Resolves to its id. */
  draft(madeBy: UserId, announcement: Announcement): Promise<number>;
  /** How many people would get one: those who may use the bot and want to hear from its operator. */
  people(): Promise<number>;
  /** These two resolve to false when it is not a draft, or not to be stopped, any more. */
  start(id: number): Promise<boolean>;
  stop(id: number): Promise<boolean>;
  /** One that nobody is sending just now, for `leaseMs`; null when there is none. */
  take(holder: string, leaseMs: number): Promise<Broadcast | null>;
  /** The next people who have not had it, `limit` at most. */
  next(broadcast: Broadcast, limit: number): Promise<Recipient[]>;
  /**
   * Somebody has had it (`sent`), could not get it (`missed`), or has stopped the bot (`left`). Resolves to false when it
   * was stopped, or is another process's by now.
   */
  mark(
    broadcast: Broadcast,
    to: Recipient,
    how: 'sent' | 'missed' | 'left',
    leaseMs: number,
  ): Promise<boolean>;
  /** Still being sent: nobody else takes it meanwhile. False as with `mark`. */
  keep(broadcast: Broadcast, leaseMs: number): Promise<boolean>;
  /** Everybody has had it. Resolves to how many that were; null when it was stopped, or is another's. */
  finish(broadcast: Broadcast): Promise<{ readonly sent: number; readonly missed: number } | null>;
  /** Somebody else may go on with it, at once. */
  release(broadcast: Broadcast): Promise<void>;
};

export type Broadcast = Announcement & {
  readonly id: number;
  readonly madeBy: Recipient;
  /** Whoever is sending it. */
  readonly holder: string;
  /** Everybody up to this id has had it. */
  readonly lastUserId: UserId;
};

export type Recipient = { readonly id: UserId; readonly languageCode: string | null };

/** What the operator has to say to one person. Rejects with a DeliveryError. */
export type Announcer = {
  /** With a button under it for those who want no more of them. */
  announce(to: Recipient, announcement: Announcement): Promise<void>;
  /** Tells whoever made it that everybody has had it. */
  tellDone(madeBy: Recipient, result: { readonly sent: number; readonly missed: number }): Promise<void>;
};
