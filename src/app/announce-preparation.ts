import type { Engine } from '../domain/engine.ts';
import { toDabirError } from '../domain/errors.ts';
import type { Lanes, Log, Replies } from './ports.ts';

/** So many of the files that wait for an engine to be set up see its progress. */
const toldPerRound = 20;

/** Tells the people whose turn has come how far the engine's set-up is; whom it does not reach holds up nobody else. */
export async function announcePreparation(
  { lanes, replies, log }: { lanes: Lanes; replies: Replies; log: Log },
  engine: Engine,
): Promise<void> {
  const readiness = engine.readiness();
  if (readiness.state !== 'preparing') return;
  const { stage, fraction } = readiness;
  const files = await lanes.queuedOn(engine.id, toldPerRound);
  await Promise.all(
    files
      .filter(({ statusMessageId }) => statusMessageId !== null)
      .map((file) =>
        replies
          .showStatus(file, { kind: 'preparing', stage, fraction })
          .catch((error) =>
            log.debug({ transcription: file.id, cause: toDabirError(error).message }, 'status not edited'),
          ),
      ),
  );
}
