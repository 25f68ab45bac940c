import { setTimeout as sleep } from 'node:timers/promises';
import {
  type BackendFactory,
  PostgresConnection,
  type PostgresConnectionOptions,
  PostgresQueueBackend,
} from 'bullmq';
import { skipVainFetches } from './skip-vain-fetches.ts';

/** Pause before a database that does not answer is asked again, in ms. */
const pauseMs = 1_000;

/** Maximum time between two looks for a job, in seconds, independent of notifications. */
const maxWaitSeconds = 5;

/**
 * Creates BullMQ's backend on PostgreSQL, like `createPostgresBackend`, for databases that crash. BullMQ 6.7 keeps the
 * failure of the first connection forever, and after a failed fetch it asks for the next job at once. A process that
 * starts while the database recovers would never receive a token, and its loop would block everything else.
 */
export const createPatientBackend: BackendFactory<PostgresQueueBackend, PostgresConnectionOptions> = (
  name,
  options,
  { withBlockingConnection = false } = {},
) =>
  skipVainFetches(
    new PatientBackend(
      new PatientConnection(options.connection),
      name,
      options,
      true,
      withBlockingConnection ? name : undefined,
    ),
  );

/** Creates the backend of a queue that shares a connection, and does not close it. */
export const sharing =
  (connection: PatientConnection): BackendFactory<PostgresQueueBackend, PostgresConnectionOptions> =>
  (name, options) =>
    new PatientBackend(connection, name, options, false);

/** BullMQ's connections, which survive a crash of the database. */
export class PatientConnection extends PostgresConnection {
  constructor(options: PostgresConnectionOptions) {
    super(options);
    // A pool does not handle the errors of a client that is checked out. BullMQ's migration does not listen for them,
    // and an unhandled 'error' event ends the process. The client's pending query still fails.
    this.pool.on('connect', (client) => client.on('error', () => undefined));
  }

  override async waitUntilReady(): Promise<void> {
    await forgetFailure(this, () => super.waitUntilReady());
  }
}

/**
 * BullMQ's commands that read when a delayed job is due, or a queue with a rate limit may go on: one after each look
 * for a job that found none, one before each wait. Tokens have no delay, and their queues no rate limit.
 */
const unneeded: ReadonlySet<string> = new Set(['next_signal', 'next_delay']);

class PatientBackend extends PostgresQueueBackend {
  constructor(...parameters: ConstructorParameters<typeof PostgresQueueBackend>) {
    super(...parameters);
    // BullMQ declares the method private.
    const run: (command: string, values: unknown[]) => Promise<unknown> = Reflect.get(this, 'run');
    const runNeeded = async (command: string, values: unknown[]) =>
      unneeded.has(command) ? { rows: [] } : run.call(this, command, values);
    Reflect.set(this, 'run', runNeeded);
  }

  /**
   * Maximum wait for a job, in seconds. BullMQ 6.7 waits this long, an hour by default, after a
   * wait that failed because the connection for LISTEN could not be made. A job that arrived in
   * between has used up its notification, and adding the same job again sends none.
   */
  override get maximumBlockTimeout(): number {
    return maxWaitSeconds;
  }

  override async waitUntilReady(): Promise<void> {
    await forgetFailure(this, () => super.waitUntilReady());
  }

  override async moveToActive(
    ...parameters: Parameters<PostgresQueueBackend['moveToActive']>
  ): ReturnType<PostgresQueueBackend['moveToActive']> {
    try {
      return await super.moveToActive(...parameters);
    } catch (error) {
      await sleep(pauseMs);
      throw error;
    }
  }
}

/** Runs `ready` and drops its failure, so that the next call tries again. */
async function forgetFailure(owner: object, ready: () => Promise<void>): Promise<void> {
  try {
    await ready();
  } catch (error) {
    // BullMQ keeps the promise in this field and offers no other way to drop it.
    Reflect.set(owner, 'readyPromise', undefined);
    throw error;
  }
}
