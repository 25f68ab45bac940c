import type { DocumentFormat } from './document.ts';
import type { DocumentChoice } from './document-choice.ts';
import type { EngineId } from './engine-names.ts';
import type { ChatId, TranscriptionId, UserId } from './ids.ts';

/** The states of a transcription and the moves between them; docs/lane.md draws them. */
export const allowedMoves = {
  // Completed at once by what was heard of the same recording before.
  CHOOSING: ['PENDING', 'COMPLETED', 'CANCELLED'],
  // Back to choosing: its person wants another engine.
  PENDING: ['QUEUED', 'CHOOSING', 'CANCELLED'],
  QUEUED: ['PROCESSING', 'CANCELLED'],
  PROCESSING: ['COMPLETED', 'FAILED', 'CANCELLED', 'QUEUED'],
  COMPLETED: [],
  // Only its person's wish to try again opens it anew.
  FAILED: ['PENDING', 'CHOOSING'],
  CANCELLED: [],
} as const satisfies Record<string, readonly string[]>;

export type TranscriptionState = keyof typeof allowedMoves;
export const transcriptionStates = Object.keys(allowedMoves) as TranscriptionState[];

/** True when a file in `from` may go to `to`. */
export function isAllowedMove(from: TranscriptionState, to: TranscriptionState): boolean {
  return (allowedMoves[from] as readonly TranscriptionState[]).includes(to);
}

/** What kind of message brought the file. */
export const mediaKinds = ['voice', 'audio', 'video', 'video_note', 'document'] as const;
export type MediaKind = (typeof mediaKinds)[number];

/**
 * Beside formats: a compact answer, as groups get it. The documents that are named and no others, few buttons, and of a long
 * text the beginning.
 */
export const compactAnswer = 'compact';

/** A file as it arrives. */
export type Upload = {
  /** (bot, chat, message): the same upload delivered twice is one transcription. */
  readonly uploadKey: string;
  readonly user: {
    readonly id: UserId;
    readonly firstName: string;
    readonly lastName: string | null;
    readonly username: string | null;
    /** IETF tag as Telegram tells it, such as `fa` or `en-GB`. */
    readonly languageCode: string | null;
  };
  readonly chat: { readonly id: ChatId; readonly type: string; readonly title: string | null };
  readonly messageId: number;
  readonly threadId: number | null;
  readonly kind: MediaKind;
  /** Telegram's, or of a link the link itself (domain/link.ts). */
  readonly fileId: string;
  readonly fileUniqueId: string;
  readonly fileName: string | null;
  readonly mimeType: string | null;
  /** Bytes, as announced. */
  readonly fileSize: number | null;
  /** Seconds, as announced. */
  readonly announcedSeconds: number | null;
  /** Who sent a forwarded message in the first place, null for a person's own. */
  readonly senderName: string | null;
  /** What the caption asks for. */
  readonly language: string | null;
  readonly engine: EngineId | null;
  readonly formats: readonly (DocumentFormat | typeof compactAnswer)[];
  /** Whose quota it counts towards; its user's where nobody else is named. */
  readonly paidBy?: UserId | null;
  /** When it was sent in the first place; Unix time in seconds. */
  readonly sentAtSeconds: number;
};

/** A transcription as the database knows it. */
export type Transcription = {
  readonly id: TranscriptionId;
  readonly userId: UserId;
  readonly chatId: ChatId;
  readonly messageId: number;
  readonly threadId: number | null;
  readonly statusMessageId: number | null;
  readonly state: TranscriptionState;
  readonly kind: MediaKind;
  readonly fileId: string;
  readonly fileName: string | null;
  readonly fileSize: number | null;
  readonly announcedSeconds: number | null;
  readonly senderName: string | null;
  readonly sentAt: Date;
  readonly engine: EngineId | null;
  readonly language: string | null;
  readonly attempts: number;
  /** The person's Telegram language, for texts. */
  readonly languageCode: string | null;
};

/** A transcription in a worker's hands: whoever holds a lower fence may no longer write. */
export type Job = Transcription & {
  readonly engine: EngineId;
  readonly fence: number;
  /** Some of its parts were sent or heard in an earlier attempt. */
  readonly hasParts: boolean;
  /** Since it was due: chosen, given back, or rested. */
  readonly waitedSeconds: number;
  /** What its person wants their files to be like. */
  readonly documents: DocumentChoice;
  /** Its person has chosen this engine often enough to be asked whether they always want it. */
  readonly offersAlways: boolean;
};

/** A wake-up call for a worker. Losing one costs time only; a stale one does nothing. */
export type Token = { readonly id: TranscriptionId; readonly fence: number; readonly engine: EngineId };
