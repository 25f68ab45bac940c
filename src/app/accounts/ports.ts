import type { Account, Role } from '../../domain/account.ts';
import type { Cost, EngineReadiness } from '../../domain/engine.ts';
import type { EngineId } from '../../domain/engine-names.ts';
import type { TranscriptionId, UserId } from '../../domain/ids.ts';
import type { Quota } from '../../domain/quota.ts';
import type { Upload } from '../../domain/transcription.ts';

/** People's accounts. */
export type Accounts = {
  /** Somebody is there: their account, made at first contact, with the names that Telegram tells now. */
  meet(person: Upload['user']): Promise<Account>;
  find(id: UserId): Promise<Account | null>;
  /** By Telegram's @name, whatever its case; the latest who had it. */
  findByName(username: string): Promise<Account | null>;
  /** True once in `quietMs`: then they are to be told that they may not use the bot. */
  noteRefusal(id: UserId, quietMs: number): Promise<boolean>;
  /** These four resolve to false when there is no such person, or nothing to change. */
  setBlocked(id: UserId, blocked: boolean): Promise<boolean>;
  setRole(id: UserId, role: Role): Promise<boolean>;
  setQuota(id: UserId, quota: Partial<Quota>): Promise<boolean>;
  setAnnouncements(id: UserId, wanted: boolean): Promise<boolean>;
  /** What they have used of their minutes. */
  spent(id: UserId): Promise<Spent>;
};

/** What a person has used: today and in the last 30 days by the calendar of TIME_ZONE, and what is under way. */
export type Spent = {
  readonly today: Amount;
  readonly month: Amount & { readonly costs: readonly Cost[] };
  /** Not ended yet; seconds as announced. */
  readonly open: Amount;
};

type Amount = { readonly files: number; readonly seconds: number };

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
