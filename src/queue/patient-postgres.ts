import { setTimeout as sleep } from 'node:timers/promises';
import {
  type BackendFactory,
  PostgresConnection,
  type PostgresConnectionOptions,
  PostgresQueueBackend,
} from 'bullmq';

/** Before a database that does not answer is asked again, in milliseconds. */
const pauseMs = 1_000;

/** A worker looks for a job at least this often, in seconds, whatever it was or was not notified of. */
const longestWaitSeconds = 5;

/**
 * BullMQ on PostgreSQL as `createPostgresBackend` makes it, for databases that crash. BullMQ 6.7 remembers for ever
 * that the first connection failed, and asks for the next job again at once when it could not be fetched: a process
 * that starts while the database recovers would never see a token again, and its loop would let nothing else run.
 */
export const createPatientBackend: BackendFactory<PostgresQueueBackend, PostgresConnectionOptions> = (
  name,
  options,
  { withBlockingConnection = false } = {},
) =>
  new PatientBackend(
    new PatientConnection(options.connection),
    name,
    options,
    true,
    withBlockingConnection ? name : undefined,
  );

class PatientConnection extends PostgresConnection {
  constructor(options: PostgresConnectionOptions) {
    super(options);
    // A pool leaves the errors of a client to whoever has taken it out; BullMQ's migration does not listen, and an
    // error that nobody hears ends the process. What was asked of the client fails all the same.
    this.pool.on('connect', (client) => client.on('error', () => undefined));
  }

  override async waitUntilReady(): Promise<void> {
    await forgetFailure(this, () => super.waitUntilReady());
  }
}

class PatientBackend extends PostgresQueueBackend {
  /**
   * BullMQ 6.7 waits for as long as this, an hour by default, after a wait that failed: the connection for LISTEN could
   * not be made. A job that came meanwhile has had its notification, and adding the same one again notifies nobody.
   */
  override get maximumBlockTimeout(): number {
    return longestWaitSeconds;
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

/** The next who asks tries anew. */
async function forgetFailure(owner: object, ready: () => Promise<void>): Promise<void> {
  try {
    await ready();
  } catch (error) {
    // BullMQ keeps its promise in this field and has no other way to give it up.
    Reflect.set(owner, 'readyPromise', undefined);
    throw error;
  }
}
