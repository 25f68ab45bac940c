import { dispatch } from '../../app/lane/dispatch.ts';
import type { AccountConnection } from '../../app/ports/connected-accounts.ts';
import type { EngineReports } from '../../app/ports/engine-reports.ts';
import type { Lanes } from '../../app/ports/lanes.ts';
import type { Log } from '../../app/ports/log.ts';
import type { Tokens } from '../../app/ports/tokens.ts';
import type { EngineId } from '../../domain/engine-names.ts';
import type { Connection, Connections } from './store/connections.ts';
import type { Notes } from './store/notes.ts';

export type ApplyConnectionDependencies = {
  readonly connections: Connections;
  readonly notes: Notes;
  readonly reports: EngineReports;
  readonly lanes: Lanes;
  readonly tokens: Tokens;
  readonly log: Log;
};

/** Number of notes deleted at a time. */
const batchSize = 100;

/**
 * Stores a connection as Telegram describes it now; the account of its user exists. A new one begins with an engine
 * that keeps audio on this machine, if there is one. With the end of a connection, its notes that are not transcribed
 * yet are deleted.
 * @returns the connection, and whether it has just begun
 */
export async function applyConnection(
  dependencies: ApplyConnectionDependencies,
  account: Omit<AccountConnection, 'user'>,
): Promise<{ readonly connection: Connection; readonly isNew: boolean }> {
  const { connections, reports, log } = dependencies;
  const applied = await connections.upsert(account, await findLocalEngine(reports));
  if (!account.isEnabled) await stopConnection(dependencies, applied.connection);
  log.info({ user: account.userId, isEnabled: account.isEnabled }, 'account connection changed');
  return { connection: applied.connection, isNew: applied.isNew && account.isEnabled };
}

/** Returns an engine that keeps audio on this machine; null when there is none. */
async function findLocalEngine(reports: EngineReports): Promise<EngineId | null> {
  const offers = await reports.offers();
  return offers.find(({ privacy }) => privacy.destination === null)?.id ?? null;
}

/** Ends a connection: it takes no further note, and notes that are not transcribed yet are deleted. */
export async function stopConnection(
  dependencies: Omit<ApplyConnectionDependencies, 'reports'>,
  { id, userId }: Pick<Connection, 'id' | 'userId'>,
): Promise<void> {
  const { connections, notes, lanes } = dependencies;
  await connections.end(id);
  for (;;) {
    const open = await notes.listOpen(id, userId, batchSize);
    for (const note of open) {
      const deleted = await lanes.delete(note, userId);
      if (deleted.outcome === 'deleted') await dispatch(dependencies, deleted.next);
    }
    if (open.length < batchSize) return;
  }
}
