import type { AnswerText } from '../domain/answer-text.ts';
import type { Delivery } from '../domain/delivery.ts';
import type { DocumentContent, DocumentFile, DocumentFormat } from '../domain/document.ts';
import type { DocumentChoice } from '../domain/document-choice.ts';
import type {
  AudioFormat,
  Cost,
  DecodedAudio,
  EngineKind,
  EngineProfile,
  EngineReadiness,
  PartTranscript,
} from '../domain/engine.ts';
import type { EngineId } from '../domain/engine-names.ts';
import type { DabirError, ErrorCode } from '../domain/errors.ts';
import type { ChatId, TranscriptionId, UserId } from '../domain/ids.ts';
import type { Loudness, Range } from '../domain/loudness.ts';
import type { EngineOffer, StatusView } from '../domain/status.ts';
import type { Transcript } from '../domain/transcript.ts';
import type {
  Job,
  MediaKind,
  Token,
  Transcription,
  TranscriptionState,
  Upload,
} from '../domain/transcription.ts';

/** What the person is to be told, and to whom: where a file came from and in which language they read. */
export type Addressee = Pick<
  Transcription,
  'id' | 'chatId' | 'messageId' | 'threadId' | 'statusMessageId' | 'languageCode' | 'announcedSeconds'
>;

/** The per-user lane. Every method is one transaction in the database. */
export type Lanes = {
  /**
   * A file has arrived; the same upload again, and in a group the same recording whoever asks for it, changes nothing and
   * tells what is there. A full lane takes no more.
   */
  submit(upload: Upload): Promise<SubmitResult>;
  setStatusMessage(id: TranscriptionId, messageId: number): Promise<void>;
  /** The same for a message that may have come late: false when the file has one already, or has ended. */
  offerStatusMessage(id: TranscriptionId, messageId: number): Promise<boolean>;
  /** The person picked an engine: PENDING, and QUEUED at once when the slot is free. */
  choose(id: TranscriptionId, userId: UserId, engine: EngineId): Promise<ChooseResult>;
  /** A worker takes a file; `null` when the token is stale. */
  claim(token: Token, holder: string): Promise<Job | null>;
  heartbeat(job: Job, progress?: Progress | null): Promise<{ held: boolean; cancel: boolean }>;
  /** False once its person has cancelled or deleted it; its worker hears the particulars by a heartbeat. */
  isWanted(id: TranscriptionId): Promise<boolean>;
  /**
   * The result, the state, the outbox and the next one's turn, together or not at all. `joined`: it goes into one
   * document with others, so that only the outbox knows what its person is told.
   */
  finish(
    job: Job,
    outcome: Outcome,
  ): Promise<{ result: 'committed' | 'cancelled' | 'lost'; next: Token | null; joined: boolean }>;
  /** Gives the file back to be run again in `backoffMs`; a release (deploy) does not count as an attempt. */
  requeue(
    job: Job,
    reason: { error: DabirError | null; backoffMs: number; counts: boolean },
  ): Promise<{ result: 'requeued' | 'cancelled' | 'lost'; token: Token | null; next: Token | null }>;
  cancel(id: TranscriptionId, userId: UserId): Promise<CancelResult>;
  /**
   * Sets a lane going that hangs: its active file is anybody's again, at once. `state`: what that file was in, null when
   * none was active.
   */
  giveBack(userId: UserId): Promise<{ state: TranscriptionState | null; token: Token | null }>;
  /** A failed file again, last in line: on its engine, or (`choose`) on one that the person will pick. */
  reopen(id: TranscriptionId, userId: UserId, choose: boolean): Promise<ChooseResult>;
  /** Row, text and history go; a worker that is at it finds out within a second. */
  delete(id: TranscriptionId, userId: UserId): Promise<DeleteResult>;
  /** The person's own file; null when there is none with this id, or it is somebody else's. */
  find(id: TranscriptionId, userId: UserId): Promise<Transcription | null>;
  /** Mends what deaths left behind; the tokens to send (again). */
  sweep(): Promise<Token[]>;
  /** The person's files that have not ended, in order, `limit` at most. */
  open(userId: UserId, limit: number): Promise<OpenFile[]>;
  /** Files whose turn has come on this engine, `limit` at most: those who wait for it to be set up. */
  queuedOn(engine: EngineId, limit: number): Promise<Transcription[]>;
  /** Files whose status message was never sent. */
  takeUnshown(limit: number): Promise<Transcription[]>;
  /** Forgets old history and ends files that nobody chose an engine for; resolves to how many rows that were. */
  prune(limit: number): Promise<number>;
};

/** How far the work on a file is: what is done, and how much of that, 0 to 1, where anybody knows. */
export type Progress = Pick<StatusView & { kind: 'processing' }, 'stage' | 'fraction'>;

export type SubmitResult =
  | {
      readonly outcome: 'accepted';
      readonly id: TranscriptionId;
      readonly created: boolean;
      readonly state: TranscriptionState;
      readonly statusMessageId: number | null;
      /** The person's last choice. */
      readonly lastEngine: EngineId | null;
      /** Taken without asking. */
      readonly defaultEngine: EngineId | null;
    }
  | Refusal;

/** Why a lane does not take a file. */
export type Refusal = Full | Spent;

/** So many files, or minutes of audio, wait already. */
type Full = { readonly outcome: 'full'; readonly limit: 'files' | 'minutes'; readonly most: number };

/** The person's minutes are used up, or all but. */
export type Spent = {
  readonly outcome: 'spent';
  readonly period: 'day' | 'month';
  /** So many minutes they have in that time. */
  readonly minutes: number;
  /** When there is room for this file; null: never, it is longer than all of it. */
  readonly again: Date | null;
};

export type ChooseResult =
  | {
      readonly outcome: 'chosen';
      readonly state: TranscriptionState;
      readonly before: number;
      readonly next: Token | null;
    }
  | { readonly outcome: 'already'; readonly state: TranscriptionState }
  | { readonly outcome: 'unknown' };

export type CancelResult =
  | { readonly outcome: 'cancelled'; readonly next: Token | null }
  | { readonly outcome: 'requested' }
  | { readonly outcome: 'ended'; readonly state: TranscriptionState }
  | { readonly outcome: 'unknown' };

export type DeleteResult =
  /** `messageIds`: the messages of its transcript, text and files, that were sent. */
  | {
      readonly outcome: 'deleted';
      readonly messageIds: readonly number[];
      readonly next: Token | null;
    }
  | { readonly outcome: 'unknown' };

export type OpenFile = Transcription & { readonly before: number };

/** How a transcription ends. */
export type Outcome = {
  readonly deliveries: readonly Delivery[];
  /** What it took; null when no engine has heard anything of it. */
  readonly usage: Usage | null;
} & (
  | { readonly state: 'COMPLETED'; readonly transcript: Transcript; readonly durationSeconds: number }
  | { readonly state: 'FAILED'; readonly error: DabirError }
);

/** What a file took: the ground for prices, quotas and the time that is promised. */
export type Usage = {
  readonly engine: EngineId;
  /** Of the whole file. */
  readonly audioSeconds: number;
  /** Of these the seconds that the engine was given in this run. */
  readonly listenedSeconds: number;
  readonly downloadMs: number;
  readonly decodeMs: number;
  readonly listenMs: number;
  /** Of all its parts, in this run and before; null when nobody knows. */
  readonly cost: Cost | null;
};

/** A part of a file, from the moment that a service has taken it. Times are seconds from the start of the file. */
export type KeptPart = {
  readonly start: number;
  readonly end: number;
  readonly engine: EngineId;
  /** The service's own number of the work while it is under way. */
  readonly ticket: string | null;
  /** Null while nobody has answered. */
  readonly heard: HeardAudio | null;
};

/** What was heard between two moments: a little more than the part at an edge that was cut where somebody speaks. */
export type HeardAudio = PartTranscript & { readonly from: number; readonly to: number };

export type HeardPart = KeptPart & { readonly heard: HeardAudio };

/** What is kept of files whose parts are under way, so that nothing is heard, or paid, twice. */
export type Parts = {
  list(id: TranscriptionId): Promise<KeptPart[]>;
  /** Resolves to false when somebody else has the file now; then nothing was written. */
  keep(job: Job, part: KeptPart): Promise<boolean>;
};

/** A finished file with the messages that are still to be sent. */
export type Undelivered = { readonly transcription: Transcription; readonly deliveries: readonly Delivery[] };

/** What can be asked for when a file is done. */
export type Wanted = {
  [Kind in 'album' | 'times' | 'clip']: Pick<Delivery & { kind: Kind }, 'kind' | 'payload'>;
}['album' | 'times' | 'clip'];

/** The outbox. */
export type Deliveries = {
  /** Something more of a finished file of this person; a worker sends it at once. `already`: the same is on its way. */
  add(id: TranscriptionId, userId: UserId, wanted: Wanted): Promise<'added' | 'already' | 'unknown'>;
  /** Takes what is unsent and due, for a while, so that no two processes send the same. */
  takeDue(limit: number): Promise<Undelivered[]>;
  /** `last`: nothing of this file is left to send. Resolves to false when the file has been deleted meanwhile. */
  markSent(
    id: TranscriptionId,
    delivery: Delivery,
    messageIds: readonly number[],
    last: boolean,
  ): Promise<boolean>;
  /** Still being sent: nobody else takes it meanwhile. */
  keep(id: TranscriptionId): Promise<void>;
  /** To be tried again after `delayMs`; `null`: given up. */
  postpone(id: TranscriptionId, delayMs: number | null): Promise<void>;
};

export type StoredTranscript = {
  readonly transcript: Transcript;
  readonly durationSeconds: number;
  readonly engine: EngineId;
};

export type Transcripts = { find(id: TranscriptionId): Promise<StoredTranscript | null> };

/** Wake-up calls for workers. `send` may fail: the sweeper sends again. */
export type Tokens = { send(token: Token): Promise<void> };

/** What is sent to people. Rejects with a DeliveryError. */
export type Replies = {
  /** Sends the status message, or edits it in place where there is one. Resolves to its id, null when it is gone. */
  showStatus(to: Addressee, view: StatusView): Promise<number | null>;
  sendText(to: Addressee, message: AnswerText): Promise<number>;
  /** Resolves to the ids of all messages of the album. */
  sendFiles(to: Addressee, files: readonly DocumentFile[]): Promise<readonly number[]>;
  /** Takes messages of ours out of the chat; those that are too old for it stay. */
  remove(to: Addressee, messageIds: readonly number[]): Promise<void>;
  /**
   * Resolves when an edit that may be left out would be in nobody's way, as Telegram's limits are; rejects when the signal
   * aborts.
   */
  whenSpare(to: Addressee, signal: AbortSignal): Promise<void>;
  /** Puts our mark under the person's own message: it has been written down. Never rejects. */
  markDone(to: Addressee): Promise<void>;
  /** "typing…", "sending a file…" above the chat, where there is room for it. Never rejects. */
  showActivity(to: Addressee, activity: 'typing' | 'upload_document'): Promise<void>;
};

/** A message could not be sent. */
export class DeliveryError extends Error {
  override readonly name = 'DeliveryError';
  /**
   * `gone`: the person blocked the bot or left, never try again; `refused`: Telegram will never take this message;
   * `later`: may pass.
   */
  readonly kind: 'gone' | 'refused' | 'later';
  /** The group has become a supergroup: from now on it is there. */
  readonly movedTo: ChatId | null;
  constructor(kind: DeliveryError['kind'], message: string, cause: unknown, movedTo: ChatId | null = null) {
    super(message, { cause });
    this.kind = kind;
    this.movedTo = movedTo;
  }
}

/** Where the files come from. */
export type AudioSource = {
  /**
   * Streams the file to `path`; resolves to its name, where that is known only now. Rejects with file_too_large,
   * file_unavailable, download_failed, what is wrong with a link, or the signal's reason.
   * @param onProgress how much of it has arrived, 0 to 1, where anybody knows how much it is
   */
  download(
    file: Pick<Transcription, 'id' | 'fileId' | 'fileSize'>,
    path: string,
    signal: AbortSignal,
    onProgress?: (fraction: number) => void,
  ): Promise<string | null>;
};

/** Reads people's media. */
export type Decoder = {
  /** Any media file to 16 kHz mono; rejects with the DabirError that says what is wrong with the file. */
  decode(input: string, output: string, signal: AbortSignal): Promise<Decoded>;
  /** A range of what was decoded, in seconds, as the engine wants it. */
  cut(
    audio: DecodedAudio,
    range: Range,
    format: AudioFormat,
    output: string,
    signal: AbortSignal,
  ): Promise<void>;
};

export type Decoded = DecodedAudio & {
  readonly loudness: Loudness;
  /** How much of the audio could not be read, in seconds; 0 when it is whole. */
  readonly lostSeconds: number;
};

export type Documents = {
  render(content: DocumentContent, format: DocumentFormat, baseName: string): Promise<DocumentFile>;
};

/** What people read, by key and language; formatting of dates, numbers and durations included. */
export type Wording = {
  /** The document of a transcript in the person's language. */
  document(
    transcription: Transcription,
    stored: StoredTranscript,
    choice: DocumentChoice,
  ): { content: DocumentContent; baseName: string };
  /** What stands above a recording among others: who, when. */
  heading(languageCode: string | null, name: string, sentAt: Date): string;
};

/** Which engines somebody can run now, as the workers report it. */
export type EngineReports = {
  /** @param credit what the service told of the account last; null: nothing, or nobody asked */
  report(profile: EngineProfile, readiness: EngineReadiness, credit?: string | null): Promise<void>;
  /** Engines that take files, in the order of `engineIds`. */
  offers(): Promise<EngineOffer[]>;
  /** Seconds that an engine took for a second of audio lately, by real runs; null before there were any. */
  pace(engine: EngineId): Promise<number | null>;
  /** The person's last choice. */
  lastEngine(userId: UserId): Promise<EngineId | null>;
};

/** What people have chosen for themselves. */
export type Settings = {
  /** The language of their recordings; null: to be found out. */
  speechLanguage(userId: UserId): Promise<string | null>;
  setSpeechLanguage(user: Upload['user'], language: string | null): Promise<void>;
  /** The engine that is taken without asking; null: the person is asked. */
  defaultEngine(userId: UserId): Promise<EngineId | null>;
  setDefaultEngine(user: Upload['user'], engine: EngineId | null): Promise<void>;
  /** What their files are to be like. */
  documents(userId: UserId): Promise<DocumentChoice>;
  setDocuments(user: Upload['user'], choice: DocumentChoice): Promise<void>;
  /** As if they had never chosen anything; how long their history is kept stays, since nothing is to be lost by it. */
  reset(userId: UserId): Promise<void>;
};

/** What operators ask of the whole. */
export type Overview = {
  /** How many files are in each state that has not ended. */
  depth(): Promise<readonly QueueDepth[]>;
  /** Keeps the price of `depth` low; every worker does it now and then. */
  foldDepth(): Promise<void>;
  /** Workers that have reported lately. */
  aliveWorkers(): Promise<number>;
  /** Rejects while the database does not answer. */
  answers(): Promise<void>;
};

export type QueueDepth = {
  readonly state: TranscriptionState;
  /** `none`: no engine has been chosen. */
  readonly kind: EngineKind | 'none';
  readonly files: number;
};

/** What is counted of the work, for operators. */
export type Meter = {
  accepted(kind: MediaKind): void;
  /** A worker has begun with a file that was due for so long. */
  started(engine: EngineId, waitedSeconds: number): void;
  /** A file has come to its end. `engine`: null when none was chosen. */
  ended(end: {
    readonly engine: EngineId | null;
    readonly state: 'COMPLETED' | 'FAILED' | 'CANCELLED';
    readonly code: ErrorCode | null;
    readonly runningSeconds: number;
    readonly audioSeconds: number;
  }): void;
  /** An attempt failed; the file will be tried again. */
  attemptFailed(engine: EngineId, code: ErrorCode): void;
  leaseLost(): void;
  update(result: 'handled' | 'later'): void;
  /** A call of the Bot API has ended; status 0: without an answer. */
  telegramCall(method: string, status: number, seconds: number): void;
};

export type Log = {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
  debug(fields: object, message: string): void;
};
