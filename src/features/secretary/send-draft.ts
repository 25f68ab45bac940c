import type { ConnectedAccounts, OwnerMessageResult } from '../../app/ports/connected-accounts.ts';
import type { Lanes } from '../../app/ports/lanes.ts';
import type { Log } from '../../app/ports/log.ts';
import type { UserId } from '../../domain/ids.ts';
import type { Draft, Drafts } from './store/drafts.ts';

export type SendDraftDependencies = {
  readonly drafts: Drafts;
  readonly connectedAccounts: ConnectedAccounts;
  readonly lanes: Pick<Lanes, 'findEnding'>;
  readonly log: Log;
};

/**
 * What became of a draft. `unknown`: there is none, or its state does not allow it. `sending`: another press sends it.
 * `lost`: it may have been sent. `long`: it is longer than one message. The rest as in OwnerMessageResult.
 */
export type SendDraftOutcome =
  | 'sent'
  | 'unknown'
  | 'sending'
  | 'lost'
  | 'long'
  | 'later'
  | (OwnerMessageResult & { outcome: 'refused' })['reason'];

/**
 * Sends a draft in its user's name, once: the press claims it first, so that a second press, or the same press handled
 * again after a crash, sends nothing. If it is unknown whether a draft was sent, only a press on "Send again" sends
 * it again.
 * @param isAgain true for that button
 */
export async function sendDraft(
  dependencies: SendDraftDependencies,
  id: number,
  userId: UserId,
  isAgain: boolean,
): Promise<SendDraftOutcome> {
  const { drafts, connectedAccounts, log } = dependencies;
  const draft = await drafts.find(id, userId);
  if (draft === null) return 'unknown';
  if (draft.state === 'SENDING') {
    if (!draft.isStale) return 'sending';
    await drafts.setState(id, 'UNKNOWN');
    return 'lost';
  }
  const text = await textOf(dependencies, draft);
  if (text === null) return 'long';
  if (!(await drafts.startSending(id, userId, isAgain ? 'UNKNOWN' : 'OPEN'))) return 'unknown';
  const refused = await findRefusal(dependencies, draft);
  if (refused !== null) {
    await drafts.setState(id, 'OPEN');
    return refused;
  }
  const { connectionKey, peerId, noteMessageId } = draft;
  const result = await connectedAccounts.send({
    connectionKey,
    chatId: peerId,
    text,
    replyTo: noteMessageId,
  });
  log.info({ draft: id, outcome: result.outcome }, 'draft sent in its user’s name');
  switch (result.outcome) {
    case 'sent':
      await drafts.setState(id, 'SENT', result.messageId);
      return 'sent';
    case 'unknown':
      await drafts.setState(id, 'UNKNOWN');
      return 'lost';
    case 'later':
      await drafts.setState(id, 'OPEN');
      return 'later';
    case 'refused':
      await drafts.setState(id, 'OPEN');
      return result.reason;
  }
}

/** Returns the text as its message shows it; null when that is only its beginning, or there is none yet. */
async function textOf(
  { lanes }: Pick<SendDraftDependencies, 'lanes'>,
  { transcriptionId, text }: Draft,
): Promise<string | null> {
  if (transcriptionId === null) return text;
  const view = (await lanes.findEnding(transcriptionId))?.view;
  if (view?.kind !== 'completed' || view.isExcerpt || view.answer === undefined) return null;
  return view.answer.text;
}

/**
 * Asks Telegram whether the connection still lets the bot answer. Returns 'later' when Telegram does not respond;
 * nothing is sent then.
 */
async function findRefusal(
  { connectedAccounts }: SendDraftDependencies,
  { connectionKey, userId }: Draft,
): Promise<'ended' | 'rights' | 'later' | null> {
  try {
    const account = await connectedAccounts.find(connectionKey);
    if (account === null || !account.isEnabled || account.userId !== userId) return 'ended';
    return account.canReply ? null : 'rights';
  } catch {
    return 'later';
  }
}
