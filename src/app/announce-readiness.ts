import type { EngineReadiness } from '../domain/engine.ts';
import type { EngineId } from '../domain/engine-names.ts';
import type { StatusView } from '../domain/status.ts';
import { showTransientStatus } from './lane/transient-status.ts';
import { logError } from './log-error.ts';
import type { Lanes } from './ports/lanes.ts';
import type { Log } from './ports/log.ts';
import type { Messenger } from './ports/messenger.ts';

/** Maximum number of waiting transcriptions whose status message is updated at a time. */
const toldPerRound = 20;

/**
 * Shows in the status messages of due transcriptions why nothing happens: how far the engine's set-up is, or that the
 * engine rests or is paused. A message that cannot be edited does not delay the others.
 */
export async function announceReadiness(
  { lanes, messenger, log }: { lanes: Lanes; messenger: Messenger; log: Log },
  engine: EngineId,
  readiness: EngineReadiness,
): Promise<void> {
  const view = viewOf(readiness);
  if (view === null) return;
  const files = await lanes.listQueued(engine, toldPerRound);
  await Promise.all(
    files
      .filter(({ statusMessageId }) => statusMessageId !== null)
      .map((file) =>
        showTransientStatus({ lanes, messenger, log }, file, view).catch((error) =>
          logError(log, 'debug', { transcription: file.id }, error, 'status not edited'),
        ),
      ),
  );
}

function viewOf(readiness: EngineReadiness): StatusView | null {
  switch (readiness.state) {
    case 'preparing':
      return { kind: 'preparing', stage: readiness.stage, fraction: readiness.fraction };
    case 'resting':
    case 'paused':
      return { kind: readiness.state };
    default:
      return null;
  }
}
