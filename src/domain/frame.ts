import type { ChatId } from './ids.ts';

/** What stands above and below a text that belongs to a connected account (docs/secretary.md). */
export type Frame = NoteFrame | DraftFrame;

/** A note that came to the user's account: who said it, when, and what can be done with it. */
export type NoteFrame = {
  readonly kind: 'note';
  readonly peerName: string;
  /** The chat with the peer, in which it was said. */
  readonly peerId: ChatId;
  /** Username of the peer; null when there is none. */
  readonly username: string | null;
  /** The user of the account said it. */
  readonly isMine: boolean;
  readonly sentAt: Date;
  /** IANA time zone in which the user reads times. */
  readonly timeZone: string;
  /** True while the connection lasts and lets the bot answer. */
  readonly canReply: boolean;
};

/** An answer to a note, until it is sent in the user's name. */
export type DraftFrame = {
  readonly kind: 'draft';
  readonly draftId: number;
  /** Name of the peer to whom it goes. */
  readonly to: string;
  readonly state: DraftState;
};

export const draftStates = ['OPEN', 'SENDING', 'SENT', 'UNKNOWN', 'DISCARDED', 'REPLACED'] as const;

/**
 * State of a draft. SENDING: a press claimed it; UNKNOWN: a process ended, or Telegram did not answer, between the
 * press and the message, so that it may have been sent.
 */
export type DraftState = (typeof draftStates)[number];

/** Actions of the buttons under a draft. */
export type DraftAction = 'send' | 'edit' | 'discard' | 'again';

/** Returns the buttons under a draft, in rows; none once it is sent or given up. */
export function draftActions(state: DraftState): readonly (readonly DraftAction[])[] {
  if (state === 'OPEN' || state === 'SENDING') return [['send'], ['edit', 'discard']];
  return state === 'UNKNOWN' ? [['again', 'discard']] : [];
}
