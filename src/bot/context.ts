import type { ConversationFlavor } from '@grammyjs/conversations';
import type { Context } from 'grammy';
import type {
  Accounts,
  Announcer,
  Audit,
  Broadcasts,
  Feedback,
  Figures,
  Invitations,
} from '../app/accounts/ports.ts';
import type { SignIns } from '../app/admin/ports.ts';
import type { Bundles } from '../app/bundles.ts';
import type { Groups } from '../app/groups/ports.ts';
import type { History } from '../app/history/ports.ts';
import type { Links } from '../app/links/ports.ts';
import type { Exports, Forgetting, Keeping } from '../app/my-data/ports.ts';
import type { Watch } from '../app/operations/tell-admins.ts';
import type { Deliveries, Replies } from '../app/ports/answers.ts';
import type { EngineReports } from '../app/ports/engine-reports.ts';
import type { Lanes, Tokens } from '../app/ports/lanes.ts';
import type { Log, Meter } from '../app/ports/operations.ts';
import type { Settings } from '../app/ports/settings.ts';
import type { Repeats } from '../app/repeats.ts';
import type { Corrections, Dialogs, Glossary } from '../app/text/ports.ts';
import type { AccessRules, Account } from '../domain/account.ts';
import type { UserId } from '../domain/ids.ts';
import type { UsualQuota } from '../domain/quota.ts';
import type { Texts, TextVariables } from '../texts/texts.ts';

/** What the bot's features work with. */
export type BotDependencies = {
  readonly lanes: Lanes;
  readonly tokens: Tokens;
  readonly reports: EngineReports;
  readonly repeats: Repeats;
  readonly bundles: Bundles;
  readonly replies: Replies;
  readonly deliveries: Deliveries;
  readonly groups: Groups;
  readonly corrections: Corrections;
  readonly links: Links;
  readonly glossary: Glossary;
  readonly dialogs: Dialogs;
  readonly settings: Settings;
  readonly history: History;
  readonly keeping: Keeping;
  readonly forgetting: Forgetting;
  readonly exports: Exports;
  /** For how long transcripts are kept of who has not chosen, in milliseconds; null: until they delete them. */
  readonly keptForMs: number | null;
  readonly texts: Texts;
  readonly log: Log;
  readonly meter: Meter;
  /** Bytes that can be fetched from Telegram. */
  readonly downloadLimitBytes: number;
  readonly accounts: Accounts;
  readonly invitations: Invitations;
  readonly feedback: Feedback;
  readonly audit: Audit;
  readonly figures: Figures;
  readonly broadcasts: Broadcasts;
  readonly announcer: Announcer;
  readonly watch: Watch;
  readonly access: AccessRules;
  readonly usualQuota: UsualQuota;
  readonly adminPage: {
    readonly signIns: SignIns;
    /** Where it is; known once this process listens. */
    address(): Promise<string>;
  };
  /** Where days begin and end, and for times that people read. */
  readonly timeZone: string;
};

/** grammY's context, with dialogs (in private chats, features/dialogs) and a few words of ours. */
export type BotContext = ConversationFlavor<Context> & {
  /** A text in the person's language. */
  say(key: string, variables?: TextVariables): string;
  /** Whoever wrote or pressed, as the database knows them now. */
  account: Account;
  /** Whose file it is that an admin of a group takes care of; else their own. */
  actsFor?: UserId;
  /** What the update brought is safe in the database: it counts as handled, whatever comes after. */
  committed(): void;
};

/** The language in which Dabir speaks to the person: as they chose, else their Telegram's; null when nobody says. */
export function languageOf(ctx: Context & { readonly account?: Account }): string | null {
  // Before the gate has met them there is only what Telegram says.
  return ctx.account === undefined ? (ctx.from?.language_code ?? null) : ctx.account.languageCode;
}
