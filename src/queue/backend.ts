import { createRedisBackend, type Processor, Queue, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import { logError } from '../app/log-error.ts';
import type { Log } from '../app/ports/log.ts';
import { createPatientBackend, PatientConnection, sharing } from './patient-postgres.ts';

/** Where tokens are queued: in Redis when there is one, and otherwise in the database. */
export type BackendSettings = { readonly databaseUrl: string; readonly redisUrl: string | null };

export type TokenBackend = {
  readonly name: 'Redis' | 'PostgreSQL';
  /** Opens the sending end of a queue. */
  queue(name: string): Pick<Queue, 'add' | 'close' | 'getJobCounts'>;
  /** Opens the receiving end of a queue; it does nothing until `run()`. */
  worker(
    name: string,
    process: Processor,
  ): Pick<Worker, 'run' | 'pause' | 'resume' | 'close' | 'concurrency'>;
  /** Rejects when the backend cannot be reached. */
  check(): Promise<void>;
  close(): Promise<void>;
};

/** PostgreSQL schema of BullMQ's tables, apart from ours. */
const schema = 'bullmq';

/**
 * BullMQ's timeouts, in ms. A token that was lost with its worker or the database before it was claimed blocks the same
 * token from being sent again until BullMQ gives it up. With its defaults of 30 s each that takes a minute. Giving up
 * too early costs nothing, because only the lane's lease decides which worker has a transcription.
 */
const patience = { lockDuration: 5_000, stalledInterval: 5_000, runRetryDelay: 1_000 };

/** Maximum pause before a lost connection to Redis is tried again, in ms. */
const maxReconnectMs = 2_000;

/**
 * Skips BullMQ's query for the version of Redis on each new connection. A connection that breaks
 * during that query stays unusable, and nothing here depends on the version.
 */
const trusting = { skipVersionCheck: true };

/**
 * Opens the token backend. Connection errors are logged and never thrown; connections are restored in the background.
 */
export function openBackend({ databaseUrl, redisUrl }: BackendSettings, log: Log): TokenBackend {
  return redisUrl === null ? postgresBackend(databaseUrl, log) : redisBackend(redisUrl, log);
}

/**
 * Connections that stay open when nothing is sent, and the time after which others are closed, in ms; see
 * store/client.ts.
 */
const idleConnections = { min: 1, idleTimeoutMillis: 60_000 };

function postgresBackend(connectionString: string, log: Log): TokenBackend {
  const connection = {
    connectionString,
    schema,
    migrate: true,
    max: 3,
    connectionTimeoutMillis: 3_000,
    ...idleConnections,
  };
  // One pool for the sending ends of all queues: each connection is a process of the server.
  const senders = new PatientConnection(connection);
  senders.on('error', report(log, 'all'));
  return {
    name: 'PostgreSQL',
    queue(name) {
      const queue = new Queue(name, { connection }, sharing(senders));
      queue.on('error', report(log, name));
      return queue;
    },
    worker(name, process) {
      const worker = new Worker(
        name,
        process,
        // A few connections serve many jobs: a job needs one only while it is fetched and removed. A worker that is
        // renewed gets new ones.
        { connection, autorun: false, ...patience },
        createPatientBackend,
      );
      worker.on('error', report(log, name));
      return worker;
    },
    check: async () => undefined,
    close: () => senders.close(),
  };
}

function redisBackend(redisUrl: string, log: Log): TokenBackend {
  // The sweep sends a token that cannot be sent now; a queue of commands here would only make callers wait.
  const producer = new Redis(redisUrl, { maxRetriesPerRequest: 1, enableOfflineQueue: false });
  producer.on('error', report(log, 'redis'));
  const consumer = {
    url: redisUrl,
    // Workers wait on a blocking command, for which BullMQ requires endless retries.
    maxRetriesPerRequest: null,
    // BullMQ's own pause grows to 20 s.
    retryStrategy: (tries: number) => Math.min(tries * 50, maxReconnectMs),
  };
  return {
    name: 'Redis',
    queue(name) {
      const queue = new Queue(name, { connection: producer, ...trusting });
      queue.on('error', report(log, name));
      return {
        async add(...parameters) {
          // BullMQ would wait until Redis answers for the first time, and so would every user who sends a file.
          if (producer.status !== 'ready') throw new Error('Redis does not answer');
          return queue.add(...parameters);
        },
        getJobCounts: (...types) => queue.getJobCounts(...types),
        close: () => queue.close(),
      };
    },
    worker(name, process) {
      // BullMQ opens the connections itself, at once. A client with `lazyConnect` would not work:
      // BullMQ calls connect() and keeps the failure of the first attempt forever. Each worker has
      // connections of its own, so a new worker starts with new ones.
      const options = { connection: consumer, autorun: false, ...trusting, ...patience };
      const worker = new Worker(name, process, options, createRedisBackend);
      worker.on('error', report(log, name));
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

function report(log: Log, name: string): (error: Error) => void {
  return (error) => logError(log, 'warn', { queue: name }, error, 'token backend');
}
