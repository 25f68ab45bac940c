import { availableParallelism } from 'node:os';
import type { Logger } from 'pino';
import type { DeliverDependencies } from '../app/deliver/deliver.ts';
import { sendAlbum } from '../app/deliver/deliver-documents.ts';
import { type SendAnswerDependencies, sendAnswer } from '../app/deliver/send-answer.ts';
import { type SendDeliveryDependencies, sendDelivery } from '../app/deliver/send-delivery.ts';
import { createQueuePositions } from '../app/lane/queue-positions.ts';
import type { JobTerms, RunJobDependencies } from '../app/run/run-job.ts';
import { type TranscribeFileDependencies, transcribeFile } from '../app/transcribe/transcribe-file.ts';
import { DocumentThread } from '../documents/document-thread.ts';
import type { Engine } from '../domain/engine.ts';
import { engineNames } from '../domain/engine-names.ts';
import { createEngines } from '../engines/registry.ts';
import { createSpeakerFinder } from '../engines/speakers/speaker-finder.ts';
import {
  createAudioSources,
  createFileNames,
  createLinkSource,
  type LinkRules,
  type LinkSettings,
} from '../features/links/index.ts';
import type { MyDataDependencies } from '../features/my-data/index.ts';
import {
  createSections,
  createUnderstood,
  type RunTaskDependencies,
} from '../features/understanding/index.ts';
import { waitAtMost } from '../lib/wait-at-most.ts';
import { createDecoder } from '../media/decoder.ts';
import { createDecoderProcesses } from '../media/decoder-processes.ts';
import { findFfmpeg } from '../media/find-ffmpeg.ts';
import { type RoleConfig, telegramApiRoot } from '../runtime/config.ts';
import type { Config } from '../runtime/config-schema.ts';
import { engineSettings, speakerFinderConfig } from '../runtime/engine-settings.ts';
import { createChunks } from '../store/chunks.ts';
import { createSentAnswers } from '../store/sent-answers.ts';
import { createTranscripts } from '../store/transcripts.ts';
import { createAmendments } from '../telegram/amendments.ts';
import { createAudioSource } from '../telegram/audio-source.ts';
import { createClips } from '../telegram/clips.ts';
import { createDataMessages } from '../telegram/data-messages.ts';
import { createTaskMessages } from '../telegram/task-messages.ts';
import { createWording } from '../texts/wording.ts';
import { mediaLimits } from './media-limits.ts';
import type { Closable, Shared } from './shared.ts';

/** The parts of a worker's jobs, and of the outbox. Tests and benchmarks replace some. */
export type JobWiring = Pick<
  RunJobDependencies,
  'lanes' | 'tokens' | 'quotas' | 'reports' | 'messenger' | 'numberSpeakerIn' | 'meter' | 'log'
> &
  JobTerms &
  TranscribeFileDependencies &
  SendDeliveryDependencies &
  Omit<DeliverDependencies, 'send' | 'sendAlbum'> &
  Omit<SendAnswerDependencies, 'outbox'>;

/** The parts that only a worker has: engines, decoder, documents. */
export type WorkerDependencies = Closable & {
  job: JobWiring;
  /** The parts for exports and erasures that transcribing does not need. */
  myData: Pick<MyDataDependencies, 'dataMessages' | 'createArchive'>;
  /** The parts for the tasks of the language model; null without one. */
  understanding: RunTaskDependencies | null;
};

/** Creates all configured engines, without preparing them. */
export function wireEngines(config: Config, log: Logger): Engine[] {
  return createEngines(engineSettings(config), log);
}

/** Time that answers in flight have at the end of a worker, in ms. */
const closingMs = 2_000;

/** Builds a worker's parts around its engines. */
export function wireWorker(
  config: RoleConfig,
  shared: Shared,
  engines: readonly Engine[],
  linkRules: LinkRules,
): WorkerDependencies {
  const { meter, rateLimiter } = shared;
  const telegram = { token: config.BOT_TOKEN, apiRoot: telegramApiRoot(config), meter, rateLimiter };
  const slots = config.WORKER_LOCAL + config.WORKER_REMOTE;
  // A process decodes an hour in some seconds, and takes 120 MB. On two cores, the others wait for it.
  const media = createDecoderProcesses({
    poolSize: Math.max(1, Math.min(slots, Math.floor(availableParallelism() / 2))),
    ffmpeg: findFfmpeg(config.FFMPEG),
  });
  const links = createLinkSource(linkSettings(config), linkRules);
  const decoder = createDecoder(
    media,
    mediaLimits(config, Math.max(shared.downloadLimitBytes, linkSettings(config).limitBytes)),
  );
  const speakers = createSpeakerFinder(speakerFinderConfig(config), shared.log);
  const documents = new DocumentThread();
  const background = new Set<Promise<void>>();
  const leaving = new AbortController();
  const queuePositions = createQueuePositions(shared);
  const transcripts = createTranscripts(shared.database);
  const wording = createWording(
    shared.texts,
    config.TIME_ZONE,
    (id) => engines.find(({ profile }) => profile.id === id)?.profile.name ?? engineNames[id],
  );
  return {
    job: {
      ...shared,
      queuePositions,
      audioSource: createAudioSources(
        createAudioSource(telegram, shared.downloadLimitBytes),
        links,
        createFileNames(shared.database),
      ),
      decoder,
      speakers,
      chunks: createChunks(shared.database),
      transcripts,
      sentAnswers: createSentAnswers(shared.database),
      amendments: createAmendments(telegram, shared.messenger, shared.texts),
      clips: createClips(telegram, shared.texts),
      documents,
      wording,
      understood: createUnderstood({
        ...shared,
        ...{ wording, transcripts, tasks: shared.understandingTasks, isOn: shared.languageModel !== null },
      }),
      jobLeaseMs: config.LEASE_SECONDS * 1000,
      maxAttempts: config.MAX_ATTEMPTS,
      firstBackoffMs: 2_000,
      attentionMs: 15_000,
      outboxDelayMs: 20_000,
      leaving: leaving.signal,
      maxJobMs: config.JOB_DEADLINE_MINUTES * 60_000,
      background(work) {
        background.add(work);
        void work.finally(() => background.delete(work));
      },
    },
    myData: {
      dataMessages: createDataMessages(telegram, shared.texts),
      createArchive: async (path) => (await import('../documents/zip-file.ts')).ZipFile.create(path),
    },
    understanding: wireUnderstanding(shared, transcripts, createTaskMessages(telegram)),
    async close() {
      queuePositions.close();
      // Deliveries that Telegram accepts slowly stay in the outbox, so that a deployment does not
      // wait for them. The message in flight gets the same time once more: without its mark it
      // would be sent twice.
      await waitAtMost(closingMs, Promise.allSettled(background));
      leaving.abort();
      await waitAtMost(closingMs, Promise.allSettled(background));
      await Promise.all(engines.map((engine) => engine.close()));
      await speakers.close();
      await media.close();
      await links.close();
      await documents.close();
    },
  };
}

function wireUnderstanding(
  shared: Shared,
  transcripts: RunTaskDependencies['transcripts'],
  taskMessages: RunTaskDependencies['taskMessages'],
): RunTaskDependencies | null {
  const { languageModel: model, database } = shared;
  if (model === null) return null;
  return {
    ...shared,
    ...{ model, transcripts, taskMessages },
    tasks: shared.understandingTasks,
    sectionsOf: (task) => createSections(database, task, model.profile.price),
  };
}

/** Connects the parts to the outbox, which sends deliveries. */
export function wireOutbox(wiring: JobWiring): DeliverDependencies {
  const { deliveries, sent, lanes, messenger, log, outboxDelayMs, leaving } = wiring;
  return {
    deliveries,
    sent,
    send: (transcription, delivery) => sendDelivery(wiring, transcription, delivery),
    sendAlbum: (group) => sendAlbum(wiring, group),
    lanes,
    messenger,
    log,
    outboxDelayMs,
    leaving,
  };
}

/** Connects the parts to what a job takes besides its engines. */
export function wireJob(wiring: JobWiring, outbox: DeliverDependencies): Omit<RunJobDependencies, 'engines'> {
  const { lanes, tokens, quotas, messenger, reports, numberSpeakerIn, meter, log } = wiring;
  const { queuePositions, background } = wiring;
  const { holder, jobLeaseMs, maxAttempts, firstBackoffMs, attentionMs, maxJobMs } = wiring;
  const answer = { outbox, queuePositions, background };
  return {
    lanes,
    tokens,
    quotas,
    messenger,
    reports,
    transcribe: (engine, job, signal, hooks) => transcribeFile(wiring, engine, job, signal, hooks),
    sendAnswer: (job, deliveries, isHolderUnknown) => sendAnswer(answer, job, deliveries, isHolderUnknown),
    numberSpeakerIn,
    terms: { holder, jobLeaseMs, maxAttempts, firstBackoffMs, attentionMs, maxJobMs },
    meter,
    log,
  };
}

function linkSettings(config: Config): LinkSettings {
  return {
    isOn: config.LINKS === 'on',
    limitBytes: config.LINK_MAX_MB * 2 ** 20,
    maxDurationSeconds: config.MAX_DURATION_MINUTES * 60,
    ytDlp: config.YT_DLP,
  };
}
