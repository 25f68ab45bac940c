import { type WithFollowUp, withFollowUp } from '../../app/follow-up.ts';
import { dispatch } from '../../app/lane/dispatch.ts';
import type { Refusal } from '../../app/ports/lanes.ts';
import type { Log } from '../../app/ports/log.ts';
import type { Meter } from '../../app/ports/meter.ts';
import type { Tokens } from '../../app/ports/tokens.ts';
import { type AccessRules, type Account, decideAccess } from '../../domain/account.ts';
import { type Upload, withoutFiles } from '../../domain/transcription.ts';
import type { Accounts } from '../accounts/index.ts';
import type { Connection, Connections } from './store/connections.ts';
import type { NotePlace, Notes } from './store/notes.ts';

/** A note as it came over a connection. */
export type IncomingNote = {
  readonly connectionKey: string;
  /** Who sent it. */
  readonly senderId: number;
  readonly place: Omit<NotePlace, 'connectionId' | 'isMine'>;
  /** Without the part that depends on the owner of the connection. */
  readonly upload: Omit<Upload, 'uploadKey' | 'user' | 'chat' | 'messageId' | 'threadId'>;
};

/** What became of a note. Of `ask`, `refused` and `too-large` the owner is told, if they have not been lately. */
export type NoteOutcome =
  | { readonly outcome: 'taken' }
  | { readonly outcome: 'ignored' }
  | { readonly outcome: 'ask'; readonly connection: Connection; readonly owner: Account }
  | {
      readonly outcome: 'refused';
      readonly connection: Connection;
      readonly owner: Account;
      /** Null: the user has not chosen an engine. */
      readonly refusal: Refusal | null;
    }
  | { readonly outcome: 'too-large'; readonly connection: Connection; readonly owner: Account };

export type ReceiveNoteDependencies = {
  readonly connections: Connections;
  readonly notes: Notes;
  readonly accounts: Accounts;
  readonly access: AccessRules;
  readonly tokens: Tokens;
  readonly meter: Meter;
  readonly log: Log;
  /** Maximum size of a file that can be fetched from Telegram, in bytes. */
  readonly downloadLimitBytes: number;
};

const ignored = withFollowUp<NoteOutcome>({ outcome: 'ignored' });

/**
 * Takes a note of a connected account into its owner's lane, if the owner wants notes like it. Its text goes to the
 * owner's chat with the bot. A note that is not wanted leaves no trace; neither does one of a connection that is
 * unknown or has ended, of an owner without access, or of a sender who is not in the chat.
 */
export async function receiveNote(
  dependencies: ReceiveNoteDependencies,
  botId: number,
  { connectionKey, senderId, place, upload }: IncomingNote,
): Promise<WithFollowUp<NoteOutcome>> {
  const { connections, notes, accounts, access, downloadLimitBytes } = dependencies;
  const connection = await connections.findByKey(connectionKey);
  if (connection === null || connection.isEnded) return ignored;
  const isMine = senderId === connection.userId;
  if ((!isMine && senderId !== place.peerId) || !wants(connection, isMine)) return ignored;
  const owner = await accounts.find(connection.userId);
  if (owner === null || decideAccess(owner, access) !== 'welcome') return ignored;
  const peer = await connections.peer(connection.id, place.peerId);
  if (peer?.isAllowed === false) return ignored;
  if (connection.senders === 'chosen' && peer?.isAllowed !== true) {
    const isAsked = isMine || !(await connections.askAbout(connection, place.peerId, place.peerName));
    return isAsked ? ignored : withFollowUp({ outcome: 'ask', connection, owner });
  }
  if ((upload.fileSize ?? 0) > downloadLimitBytes)
    return withFollowUp({ outcome: 'too-large', connection, owner });
  if (connection.engine === null)
    return withFollowUp({ outcome: 'refused', connection, owner, refusal: null });
  const whole: Upload = {
    ...upload,
    uploadKey: `${botId}:account:${connection.id}:${place.peerId}:${place.messageId}`,
    user: owner,
    chat: { id: connection.userChatId, type: 'private', title: null },
    // The note is in another chat, so its text is no reply.
    messageId: 0,
    threadId: null,
    senderName: upload.senderName ?? (isMine ? null : place.peerName),
    formats: connection.withFiles ? [] : [withoutFiles],
  };
  const { result, next } = await notes.submit(
    whole,
    { ...place, isMine, connectionId: connection.id },
    connection.engine,
    connection.retentionHours,
  );
  if (result.outcome === 'ended') return ignored;
  if (result.outcome !== 'accepted')
    return withFollowUp({ outcome: 'refused', connection, owner, refusal: result });
  if (result.created) {
    dependencies.meter.accepted(whole.kind);
    dependencies.log.info({ transcription: result.id, user: owner.id, kind: whole.kind }, 'note accepted');
  }
  return withFollowUp<NoteOutcome>({ outcome: 'taken' }, () => dispatch(dependencies, next));
}

function wants({ notes }: Connection, isMine: boolean): boolean {
  return notes === 'both' || notes === (isMine ? 'mine' : 'received');
}
