import type { BurstId } from './burst.ts';
import type { DocumentFormat } from './document.ts';
import type { DocumentChoice } from './document-choice.ts';
import type { EngineId } from './engine-names.ts';
import type { ChatId, TranscriptionId, UserId } from './ids.ts';

/** States of a transcription and the allowed moves between them; docs/lane.md shows them as a diagram. */
export const allowedMoves = {
  // QUEUED at once when the lane is free, COMPLETED when an earlier transcript of the same audio is reused.
  CHOOSING: ['PENDING', 'QUEUED', 'COMPLETED', 'CANCELLED'],
  // Back to CHOOSING when the user wants another engine.
  PENDING: ['QUEUED', 'CHOOSING', 'CANCELLED'],
  QUEUED: ['PROCESSING', 'CANCELLED'],
  PROCESSING: ['COMPLETED', 'FAILED', 'CANCELLED', 'QUEUED'],
  COMPLETED: [],
  // Only a retry by the user reopens a failed transcription.
  FAILED: ['PENDING', 'CHOOSING'],
  CANCELLED: [],
} as const satisfies Record<string, readonly string[]>;

export type TranscriptionState = keyof typeof allowedMoves;
export const transcriptionStates = Object.keys(allowedMoves) as TranscriptionState[];

/** Returns true when a transcription may move from one state to the other. */
export function isAllowedMove(from: TranscriptionState, to: TranscriptionState): boolean {
  return (allowedMoves[from] as readonly TranscriptionState[]).includes(to);
}

/** Returns true while a transcription has not ended. */
export function isOpen(state: TranscriptionState): boolean {
  return state !== 'COMPLETED' && state !== 'FAILED' && state !== 'CANCELLED';
}

/** Kinds of messages that bring an upload. */
export const mediaKinds = ['voice', 'audio', 'video', 'video_note', 'document'] as const;
export type MediaKind = (typeof mediaKinds)[number];

/**
 * Stored among the formats to request a compact answer, as in groups: only the formats named, few buttons, and only the
 * beginning of a long text.
 */
export const compactAnswer = 'compact';

/** Stored among the formats to request no documents with the text, independent of the user's settings. */
export const withoutFiles = 'none';

/** An upload as it arrives. */
export type Upload = {
  /** Key from bot, chat and message: the same upload delivered twice becomes one transcription. */
  readonly uploadKey: string;
  readonly user: {
    readonly id: UserId;
    readonly firstName: string;
    readonly lastName: string | null;
    readonly username: string | null;
    /** IETF tag from Telegram, such as `fa` or `en-GB`. */
    readonly languageCode: string | null;
  };
  readonly chat: { readonly id: ChatId; readonly type: string; readonly title: string | null };
  readonly messageId: number;
  readonly threadId: number | null;
  readonly kind: MediaKind;
  /** Telegram's file id, or the link itself (domain/link.ts). */
  readonly fileId: string;
  readonly fileUniqueId: string;
  readonly fileName: string | null;
  readonly mimeType: string | null;
  /** Announced size, in bytes. */
  readonly fileSize: number | null;
  /** Announced length, in seconds. */
  readonly announcedSeconds: number | null;
  /** Original sender of a forwarded message; null for the user's own. */
  readonly senderName: string | null;
  /** Options from the caption. */
  readonly language: string | null;
  readonly engine: EngineId | null;
  readonly formats: readonly (DocumentFormat | typeof compactAnswer | typeof withoutFiles)[];
  /** Number of speakers to tell apart, 0 if it has to be found; null or absent: as the user has set. */
  readonly speakers?: number | null;
  /** User whose quota it counts towards; null or absent: its own user. */
  readonly paidBy?: UserId | null;
  /** Date of the original message; Unix time in seconds. */
  readonly sentAtSeconds: number;
};

/** Why a transcription exists, when its user did not send the upload to have it transcribed (domain/frame.ts). */
export const purposes = ['note', 'draft'] as const;
export type Purpose = (typeof purposes)[number];

/** A transcription as the database holds it. */
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
  /** The transcription that this is a copy of; null: it is no copy. */
  readonly copyOf: TranscriptionId | null;
  /** The burst that it came in; null or absent: it came alone. */
  readonly burstId?: BurstId | null;
  /** The user's language, for texts. */
  readonly languageCode: string | null;
  /** Null or absent: an upload of its user. */
  readonly purpose?: Purpose | null | undefined;
};

/** A transcription claimed by a worker. Writes with an older fence are refused. */
export type Job = Transcription & {
  readonly engine: EngineId;
  readonly fence: number;
  /** True when some of its chunks were sent or transcribed in an earlier attempt. */
  readonly hasChunks: boolean;
  /** True when the user has entries in their glossary. */
  readonly hasGlossary: boolean;
  /** Seconds since the transcription was due: chosen, requeued, or past its rest. */
  readonly waitedSeconds: number;
  /** Seconds since the first attempt began; 0 in the first one. */
  readonly startedSeconds: number;
  /** The user's settings for documents. */
  readonly documents: DocumentChoice;
  /** Number of speakers to tell apart, 0 if it has to be found; null: as the user has set. */
  readonly speakers: number | null;
};

/** A wake-up call for a worker. A lost token costs only time; a stale token does nothing. */
export type Token = { readonly id: TranscriptionId; readonly fence: number; readonly engine: EngineId };
