import type { Context } from 'hono';
import type { BulkChanges } from '../app/admin/bulk-ports.ts';
import type { Figures } from '../app/admin/figures.ts';
import type { Files, Session, SignIns, UnsentAnswers } from '../app/admin/file-ports.ts';
import type { LogLines } from '../app/admin/log-lines.ts';
import type {
  AuditLog,
  Charts,
  EngineOverview,
  EngineTests,
  Processes,
  Setting,
  SystemState,
} from '../app/admin/system-ports.ts';
import type { CancelDependencies } from '../app/lane/cancel.ts';
import type { Readings } from '../app/monitoring/standstills.ts';
import type { Audit } from '../app/ports/audit.ts';
import type { Copies } from '../app/ports/copies.ts';
import type { NumberSpeakerIn } from '../app/ports/documents.ts';
import type { EarlierTranscripts } from '../app/ports/earlier-transcripts.ts';
import type { EngineReports } from '../app/ports/engine-reports.ts';
import type { ModelWishes } from '../app/ports/model-wishes.ts';
import type { Pauses } from '../app/ports/pauses.ts';
import type { NotifyRole } from '../app/ports/role-messages.ts';
import type { Transcripts } from '../app/ports/transcripts.ts';
import type { AccessRules } from '../domain/account.ts';
import type { UserId } from '../domain/ids.ts';
import type { TextLanguage } from '../domain/languages.ts';
import type { DefaultQuota } from '../domain/quota.ts';
import type { Accounts, UserList } from '../features/accounts/index.ts';
import type { Texts, TextVariables } from '../texts/texts.ts';

/** Dependencies of the admin page. */
export type AdminDependencies = CancelDependencies & {
  readonly copies: Copies;
  readonly earlierTranscripts: EarlierTranscripts;
  readonly numberSpeakerIn: NumberSpeakerIn;
  readonly signIns: SignIns;
  readonly files: Files;
  readonly bulkChanges: BulkChanges;
  readonly unsentAnswers: UnsentAnswers;
  readonly users: UserList;
  /** Transcripts, if the operator lets admins read them, else null. */
  readonly transcripts: Transcripts | null;
  readonly accounts: Accounts;
  readonly access: AccessRules;
  readonly notifyRole: NotifyRole;
  readonly defaultQuota: DefaultQuota;
  readonly reports: EngineReports;
  readonly audit: Audit;
  readonly auditLog: AuditLog;
  readonly figures: Figures;
  readonly charts: Charts;
  readonly engines: EngineOverview;
  readonly pauses: Pauses;
  readonly modelWishes: ModelWishes;
  readonly logLines: LogLines;
  readonly engineTests: EngineTests;
  readonly texts: Texts;
  readonly configuration: readonly Setting[];
  readonly processes: Pick<Processes, 'list'>;
  systemState(): Promise<SystemState>;
  /** Returns the operators' readings, at most 10 s old. Rejects while the database does not answer. */
  readings(): Promise<Readings>;
  /** Returns true if a user is an admin now. */
  isAdmin(id: UserId): Promise<boolean>;
  /** True if users reach the page over https; cookies are then restricted to it. */
  readonly isSecure: boolean;
  readonly timeZone: string;
  /** Returns the address of the client, also behind a trusted proxy. */
  visitor(context: Context): string;
};

/** Variables that every page has. */
export type AdminVariables = {
  readonly session: Session;
  readonly language: TextLanguage;
  /** Returns a text in the language of the page. */
  say(key: string, variables?: TextVariables): string;
  /** Path and query of a page that was opened by an address; absent for the answer to a form. */
  readonly path?: string;
};

export type AdminEnvironment = { Variables: AdminVariables };
export type AdminContext = Context<AdminEnvironment>;
