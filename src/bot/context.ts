import type { ConversationFlavor } from '@grammyjs/conversations';
import type { Context } from 'grammy';
import type { Figures } from '../app/admin/figures.ts';
import type { SignIns } from '../app/admin/ports.ts';
import type { Watch } from '../app/operations/tell-admins.ts';
import type { Deliveries, Replies } from '../app/ports/answers.ts';
import type { Audit } from '../app/ports/audit.ts';
import type { BroadcastSender } from '../app/ports/broadcast-sender.ts';
import type { EngineReports } from '../app/ports/engine-reports.ts';
import type { Feedback } from '../app/ports/feedback.ts';
import type { Lanes, Tokens } from '../app/ports/lanes.ts';
import type { Log, Meter } from '../app/ports/operations.ts';
import type { Settings } from '../app/ports/settings.ts';
import type { Repeats } from '../app/repeats.ts';
import type { SentRecord } from '../app/sent-record.ts';
import type { AccessRules, Account } from '../domain/account.ts';
import type { UserId } from '../domain/ids.ts';
import type { UsualQuota } from '../domain/quota.ts';
import type { Accounts, Invitations } from '../features/accounts/index.ts';
import type { Broadcasts } from '../features/broadcasts/index.ts';
import type { Bundles } from '../features/bundles/index.ts';
import type { Corrections, CorrectionThread } from '../features/corrections/index.ts';
import type { Dialogs } from '../features/dialogs/index.ts';
import type { Glossary } from '../features/glossary/index.ts';
import type { Groups } from '../features/groups/index.ts';
import type { History } from '../features/history/index.ts';
import type { Links } from '../features/links/index.ts';
import type { Erasures, Exports, Retention } from '../features/my-data/index.ts';
import type { Texts, TextVariables } from '../texts/texts.ts';

/** The ports and settings that the bot's features use. */
export type BotDependencies = {
  readonly lanes: Lanes;
  readonly tokens: Tokens;
  readonly reports: EngineReports;
  readonly repeats: Repeats;
  readonly bundles: Bundles;
  readonly replies: Replies;
  readonly deliveries: Deliveries;
  readonly sent: SentRecord;
  readonly groups: Groups;
  readonly corrections: Corrections;
  readonly corrector: Pick<CorrectionThread, 'correct'>;
  readonly links: Links;
  readonly glossary: Glossary;
  readonly dialogs: Dialogs;
  readonly settings: Settings;
  readonly history: History;
  readonly keeping: Retention;
  readonly forgetting: Erasures;
  readonly exports: Exports;
  /**
   * Retention for users who chose none, in ms; null when transcripts are kept until their users
   * delete them.
   */
  readonly keptForMs: number | null;
  readonly texts: Texts;
  readonly log: Log;
  readonly meter: Meter;
  /** Maximum size of a file that can be fetched from Telegram, in bytes. */
  readonly downloadLimitBytes: number;
  readonly accounts: Accounts;
  readonly invitations: Invitations;
  readonly feedback: Feedback;
  readonly audit: Audit;
  readonly figures: Figures;
  readonly broadcasts: Broadcasts;
  readonly broadcastSender: BroadcastSender;
  readonly watch: Watch;
  readonly access: AccessRules;
  readonly usualQuota: UsualQuota;
  readonly adminPage: {
    readonly signIns: SignIns;
    /** Resolves to the page's address as soon as this process listens. */
    address(): Promise<string>;
  };
  /** IANA time zone in which days begin and end, and of the times in messages. */
  readonly timeZone: string;
};

/** grammY's context, with dialogs (in private chats, features/dialogs) and Dabir's additions. */
export type BotContext = ConversationFlavor<Context> & {
  /** Returns a text in the user's language. */
  say(key: string, variables?: TextVariables): string;
  /** The account of the update's sender, as the database has it now. */
  account: Account;
  /**
   * The user whose transcription a group admin's press changes; undefined when it is the sender's
   * own.
   */
  actsFor?: UserId;
  /**
   * Reports that the update's data is safe in the database; the update then counts as handled, even
   * if the rest fails.
   */
  committed(): void;
};

/**
 * Returns the language in which Dabir addresses the user: the chosen one, or else Telegram's; null
 * when neither is known.
 */
export function languageOf(ctx: Context & { readonly account?: Account }): string | null {
  // Before the gate has read the account, only Telegram's language is known.
  return ctx.account === undefined ? (ctx.from?.language_code ?? null) : ctx.account.languageCode;
}
