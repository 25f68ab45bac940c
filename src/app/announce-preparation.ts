import type { Engine } from '../domain/engine.ts';
import type { Lanes, Replies } from './ports.ts';

/** So many of the files that wait for an engine to be set up see its progress. */
const toldPerRound = 20;

/** Tells the people whose turn has come how far the engine's set-up is. */
export async function announcePreparation(
  { lanes, replies }: { lanes: Lanes; replies: Replies },
  engine: Engine,
): Promise<void> {
  const readiness = engine.readiness();
  if (readiness.state !== 'preparing') return;
  for (const file of await lanes.queuedOn(engine.id, toldPerRound)) {
    await replies.showStatus(file, {
      kind: 'preparing',
      stage: readiness.stage,
      fraction: readiness.fraction,
    });
  }
}
