/** What the lane's functions in prisma/routines take and return. */
import { z } from 'zod';
import type {
  CancelResult,
  ChooseResult,
  DeleteResult,
  Outcome,
  SubmitOptions,
  SubmitResult,
  Usage,
} from '../app/ports/lanes.ts';
import { engineIds } from '../domain/engine-names.ts';
import { transcriptText } from '../domain/transcript.ts';
import type { Job, Upload } from '../domain/transcription.ts';
import { documentChoiceSchema, spentSchema, stateSchema, tokenSchema } from './rows.ts';
import { segmentsSchema } from './stored-json.ts';

/** Times and limits of the lanes. */
export type LaneSettings = {
  /** Length of a lease, in ms; a worker without a heartbeat for this long loses its transcription. */
  readonly jobLeaseMs: number;
  /** Time after which a token that no worker claimed is sent again, in ms. */
  readonly dispatchMs: number;
  /**
   * Number of losses after which a transcription fails, when it was its worker's only one; twice as
   * many when others ran beside it.
   */
  readonly maxLosses: number;
  /** Pause of a transcription after its second loss, in ms; longer after each further one. */
  readonly firstLossBackoffMs: number;
  /** Maximum number of a user's open transcriptions. */
  readonly maxOpenFiles: number;
  /** Maximum announced minutes of a user's open audio; a single upload may be longer. */
  readonly maxOpenMinutes: number;
  /** Minutes of audio that a user may use, unless an admin set another quota; null for no limit. */
  readonly minutesADay: number | null;
  readonly minutesAMonth: number | null;
  /** IANA time zone in which days begin and end. */
  readonly timeZone: string;
  /** Time for which state changes are kept, in ms. */
  readonly historyMs: number;
};

/**
 * Time after which the sweep sends the picker of an upload, in ms, because the process that took the upload has not: it
 * died, or Telegram was slow.
 */
export const pickerOverdueMs = 15_000;

/** Returns a user's limits in the form that `lane_submit` reads. */
export function limitsOf({
  maxOpenFiles,
  maxOpenMinutes,
  minutesADay,
  minutesAMonth,
  timeZone,
}: LaneSettings): object {
  return {
    maxOpenFiles,
    maxOpenSeconds: Math.round(maxOpenMinutes * 60),
    minutesADay,
    minutesAMonth,
    timeZone,
    pickerOverdueMs,
  };
}

/**
 * Maximum duration of an upload whose earlier transcript is reused, in seconds. A longer transcript
 * is too large to be processed between two updates.
 */
export const maxReusedSeconds = 4 * 3600;

/** Returns an upload with the lane's limits in the form that `lane_submit` reads. */
export function toUploadRecord({ user, chat, ...upload }: Upload, settings: LaneSettings): object {
  return {
    ...upload,
    userId: user.id,
    firstName: user.firstName,
    lastName: user.lastName,
    username: user.username,
    languageCode: user.languageCode,
    chatId: chat.id,
    chatType: chat.type,
    chatTitle: chat.title,
    ...limitsOf(settings),
  };
}

/** Returns what a submission may do besides, in the form that `lane_submit` reads. */
export function toWishesRecord({ dispatchMs }: LaneSettings, { engines }: SubmitOptions): object {
  return {
    ...(engines !== undefined && { engines, dispatchMs, maxReusedSeconds }),
  };
}

/** Returns the outcome of a job in the form that `lane_finish` reads. */
export function toOutcomeRecord(job: Job, outcome: Outcome): object {
  const { state, deliveries } = outcome;
  const taken = toUsageRecord(outcome.usage);
  if (outcome.state === 'FAILED') {
    const { code, details } = outcome.error;
    return { state, errorCode: code, errorDetails: details, transcript: null, deliveries, usage: taken };
  }
  const { transcript, durationSeconds } = outcome;
  return {
    state,
    transcript: {
      engine: job.engine,
      language: transcript.language,
      languageProbability: transcript.languageProbability,
      durationSeconds,
      text: transcriptText(transcript),
      segments: transcript.segments,
    },
    deliveries,
    usage: taken,
  };
}

/** Returns the usage of a job in the form that `usage_record` reads: under the names of its columns. */
export function toUsageRecord(usage: Usage | null): object | null {
  if (usage === null) return null;
  const { cost, ...measured } = usage;
  return { ...measured, cost: cost?.amount, currency: cost?.currency };
}

/** The token of the transcription that runs next. */
export const nextSchema = tokenSchema.nullable();

const chosenSchema = z.object({
  outcome: z.literal('chosen'),
  state: stateSchema,
  before: z.number(),
  next: nextSchema,
});

export const earlierSchema = z.object({
  outcome: z.literal('earlier'),
  earlier: z
    .object({
      id: z.number(),
      durationSeconds: z.number(),
      language: z.string().nullable(),
      languageProbability: z.number().nullable(),
      segments: segmentsSchema,
      documents: documentChoiceSchema,
    })
    .transform(({ language, languageProbability, segments, ...rest }) => ({
      ...rest,
      transcript: { language, languageProbability, segments },
    })),
});

const engineSchema = { engine: z.enum(engineIds) };

export const submitSchema: z.ZodType<SubmitResult> = z.discriminatedUnion('outcome', [
  z.object({
    outcome: z.literal('accepted'),
    id: z.number(),
    created: z.boolean(),
    state: stateSchema,
    statusMessageId: z.number().nullable(),
    msSincePrevious: z.number().nullable().default(null),
    choice: z
      .discriminatedUnion('outcome', [chosenSchema.extend(engineSchema), earlierSchema.extend(engineSchema)])
      .nullable()
      .default(null),
    // An engine that this version does not know counts as no choice.
    lastEngine: z.enum(engineIds).nullable().catch(null),
    defaultEngine: z.enum(engineIds).nullable().catch(null),
  }),
  z.object({ outcome: z.literal('full'), limit: z.enum(['files', 'minutes']), max: z.number() }),
  spentSchema,
]);

export const chooseSchema: z.ZodType<ChooseResult> = z.discriminatedUnion('outcome', [
  chosenSchema,
  z.object({ outcome: z.literal('already'), state: stateSchema }),
  z.object({ outcome: z.literal('unknown') }),
]);

export const finishSchema = z.object({
  result: z.enum(['committed', 'cancelled', 'lost']),
  next: nextSchema,
  isBundled: z.boolean().default(false),
  burst: z.object({ statusMessageId: z.number().nullable(), hasMore: z.boolean() }).exactOptional(),
});

export const requeueSchema = z.object({
  result: z.enum(['requeued', 'cancelled', 'lost']),
  token: nextSchema,
  next: nextSchema,
});

export const cancelSchema: z.ZodType<CancelResult> = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('cancelled'), next: nextSchema }),
  z.object({ outcome: z.literal('requested') }),
  z.object({ outcome: z.literal('ended'), state: stateSchema }),
  z.object({ outcome: z.literal('unknown') }),
]);

export const deleteSchema: z.ZodType<DeleteResult> = z.discriminatedUnion('outcome', [
  z.object({
    outcome: z.literal('deleted'),
    messageIds: z.array(z.number()),
    renews: z.boolean(),
    next: nextSchema,
  }),
  z.object({ outcome: z.literal('unknown') }),
]);
