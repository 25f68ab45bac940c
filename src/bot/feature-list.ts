import { accountsAdminFeature } from '../features/accounts/chat/admin/accounts-admin.ts';
import { gateFeature } from '../features/accounts/chat/gate.ts';
import { usageFeature } from '../features/accounts/chat/usage.ts';
import { broadcastFeature } from '../features/broadcasts/chat/broadcast.ts';
import { muteBroadcastsFeature } from '../features/broadcasts/chat/mute-broadcasts.ts';
import { burstsFeature } from '../features/bursts/chat/bursts.ts';
import { correctFeature } from '../features/corrections/chat/correct.ts';
import { listLowConfidence, lowConfidenceFeature } from '../features/corrections/chat/low-confidence.ts';
import { explainCorrecting } from '../features/corrections/chat/prompt.ts';
import { createDialogsFeature } from '../features/dialogs/chat/dialogs.ts';
import { type DialogDependencies, spellingDialog } from '../features/glossary/chat/dialog.ts';
import { glossaryFeature } from '../features/glossary/chat/glossary.ts';
import { listReplaced } from '../features/glossary/chat/replaced.ts';
import { transcribeFeature } from '../features/groups/chat/command/command.ts';
import { groupsFeature } from '../features/groups/chat/groups.ts';
import { historyFeature } from '../features/history/chat/history.ts';
import { inlineFeature } from '../features/history/chat/inline.ts';
import { linksFeature } from '../features/links/chat/links.ts';
import { myDataFeature } from '../features/my-data/chat/my-data.ts';
import { privacyFeature } from '../features/my-data/chat/privacy.ts';
import { connectedAccountsFeature } from '../features/secretary/chat/incoming.ts';
import { secretaryFeature } from '../features/secretary/chat/secretary.ts';
import { listSpeakersOf } from '../features/speakers/chat/presses.ts';
import { speakersFeature } from '../features/speakers/chat/speakers.ts';
import { askFeature } from '../features/understanding/chat/ask.ts';
import { pressUnderstand } from '../features/understanding/chat/start-task.ts';
import {
  type TemplateDialogDependencies,
  templateDialog,
} from '../features/understanding/chat/template-dialog.ts';
import { templatesFeature } from '../features/understanding/chat/templates.ts';
import { understandingFeature } from '../features/understanding/chat/understanding.ts';
import type { WithMenus } from './feature.ts';
import { adminFeature } from './handlers/admin/admin.ts';
import { alertsFeature } from './handlers/alerts/alerts.ts';
import { cancelFeature } from './handlers/cancel/cancel.ts';
import { createFileButtonsFeature } from './handlers/file-buttons/file-buttons.ts';
import { languageFeature } from './handlers/language/language.ts';
import { queueFeature } from './handlers/queue/queue.ts';
import { settingsFeature } from './handlers/settings/settings.ts';
import { startFeature } from './handlers/start/start.ts';
import { unhandledFeature } from './handlers/unhandled/unhandled.ts';
import { uploadsFeature } from './handlers/uploads/uploads.ts';

/** All features. Updates pass through them in this order, and the menus list their commands in it. */
export const features = [
  // Somebody who writes to a connected account gets no account.
  connectedAccountsFeature,
  // Before the gate: a member who only talks in a group gets no account.
  transcribeFeature,
  groupsFeature,
  // Stops updates from users without access.
  gateFeature,
  inlineFeature,
  // Before every other feature that reads texts, because a dialog waits for one.
  createDialogsFeature<DialogDependencies & TemplateDialogDependencies>([spellingDialog, templateDialog]),
  startFeature,
  queueFeature,
  cancelFeature,
  usageFeature,
  historyFeature,
  askFeature,
  settingsFeature,
  myDataFeature,
  privacyFeature,
  languageFeature,
  // Before uploads and corrections: a reply to a note is an answer to it.
  secretaryFeature,
  glossaryFeature,
  templatesFeature,
  adminFeature,
  accountsAdminFeature,
  broadcastFeature,
  alertsFeature,
  muteBroadcastsFeature,
  uploadsFeature,
  burstsFeature,
  correctFeature,
  speakersFeature,
  lowConfidenceFeature,
  understandingFeature,
  createFileButtonsFeature({
    fix: explainCorrecting,
    'low-confidence': listLowConfidence,
    replaced: listReplaced,
    speakers: listSpeakersOf,
    understand: pressUnderstand,
  }),
  linksFeature,
  // Last: answers what no other feature recognised.
  unhandledFeature,
] as const;

/** The intersection of all features' dependencies, without the menus. */
export type BotDependencies = Omit<TakenBy<(typeof features)[number]>, keyof WithMenus>;

/** Infers what all features of a union take together. */
type TakenBy<F> = (
  F extends { install(dependencies: infer Taken): unknown }
    ? (taken: Taken) => void
    : never
) extends (taken: infer All) => void
  ? All
  : never;
