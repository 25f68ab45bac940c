import { type Processor, Queue, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import type { Log } from '../app/ports/operations.ts';
import { createPatientBackend } from './patient-postgres.ts';

/** Where tokens wait: Redis when there is one, else the database that is there anyway. */
export type BackendSettings = { readonly databaseUrl: string; readonly redisUrl: string | null };

export type TokenBackend = {
  readonly name: 'Redis' | 'PostgreSQL';
  /** The sending end of a queue. */
  queue(name: string): Pick<Queue, 'add' | 'close' | 'getJobCounts'>;
  /** The receiving end; does nothing until `run()`. */
  worker(
    name: string,
    process: Processor,
  ): Pick<Worker, 'run' | 'pause' | 'resume' | 'close' | 'concurrency'>;
  /** Rejects when it cannot be reached. */
  check(): Promise<void>;
  close(): Promise<void>;
};

/** BullMQ's tables stay out of the way of ours. */
const schema = 'bullmq';

/**
 * How long BullMQ puts up with silence, in milliseconds. A token that died with its worker, or with the database, before
 * it was claimed keeps the same one from being sent again until BullMQ gives it up: with its own 30 s for each of these
 * that was a minute. Giving up too early costs nothing, since only the lane's lease decides who has a file.
 */
const patience = { lockDuration: 5_000, stalledInterval: 5_000, runRetryDelay: 1_000 };

/** Before a lost connection to Redis is tried again, in milliseconds at most. */
const longestReconnectMs = 2_000;

/**
 * BullMQ asks each new connection for the version of Redis, and a connection that breaks just then is unusable for ever.
 * Nothing here depends on the version.
 */
const trusting = { skipVersionCheck: true };

/** Opens the token backend. Connection errors are logged and mended in the background, never thrown. */
export function openBackend({ databaseUrl, redisUrl }: BackendSettings, log: Log): TokenBackend {
  return redisUrl === null ? postgresBackend(databaseUrl, log) : redisBackend(redisUrl, log);
}

function postgresBackend(connectionString: string, log: Log): TokenBackend {
  const connection = (min: number) => ({
    connectionString,
    schema,
    migrate: true,
    max: 3,
    // So many stay open: see store/client.ts.
    min,
    connectionTimeoutMillis: 3_000,
  });
  return {
    name: 'PostgreSQL',
    queue(name) {
      const queue = new Queue(name, { connection: connection(1) }, createPatientBackend);
      queue.on('error', logError(log, name));
      return queue;
    },
    worker(name, process) {
      const worker = new Worker(
        name,
        process,
        // A few connections serve many jobs: each needs one only to be fetched and to be removed.
        { connection: connection(2), autorun: false, ...patience },
        createPatientBackend,
      );
      worker.on('error', logError(log, name));
      return worker;
    },
    check: async () => undefined,
    close: async () => undefined,
  };
}

function redisBackend(redisUrl: string, log: Log): TokenBackend {
  // A token that cannot be sent now is sent by the sweeper later; queueing it here would only make callers wait.
  const producer = new Redis(redisUrl, { maxRetriesPerRequest: 1, enableOfflineQueue: false });
  producer.on('error', logError(log, 'redis'));
  const consumer = {
    url: redisUrl,
    // Workers wait on a blocking command, for which BullMQ demands endless retries.
    maxRetriesPerRequest: null,
    // BullMQ's own pause grows to 20 s.
    retryStrategy: (tries: number) => Math.min(tries * 50, longestReconnectMs),
  };
  return {
    name: 'Redis',
    queue(name) {
      const queue = new Queue(name, { connection: producer, ...trusting });
      queue.on('error', logError(log, name));
      return {
        async add(...parameters) {
          // BullMQ would wait until Redis answers for the first time, and with it whoever sends a file meanwhile.
          if (producer.status !== 'ready') throw new Error('Redis does not answer');
          return queue.add(...parameters);
        },
        getJobCounts: (...types) => queue.getJobCounts(...types),
        close: () => queue.close(),
      };
    },
    worker(name, process) {
      // BullMQ makes the connections itself, and at once. It is never given a client with `lazyConnect`: it would call
      // connect() and remember for ever that the first one failed. Each worker has its own, so that a new worker begins
      // with new ones.
      const options = { connection: consumer, autorun: false, ...trusting, ...patience };
      const worker = new Worker(name, process, options);
      worker.on('error', logError(log, name));
      return worker;
    },
    async check() {
      if (producer.status !== 'ready') await onceReady(producer);
      await producer.ping();
    },
    async close() {
      producer.disconnect();
    },
  };
}

function onceReady(redis: Redis): Promise<void> {
  return new Promise((resolve, reject) => {
    redis.once('ready', () => resolve());
    redis.once('error', reject);
  });
}

function logError(log: Log, name: string): (error: Error) => void {
  return (error) => log.warn({ queue: name, cause: error.message }, 'token backend');
}
