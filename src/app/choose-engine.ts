import { setTimeout as sleep } from 'node:timers/promises';
import type { EngineId } from '../domain/engine.ts';
import { toDabirError } from '../domain/errors.ts';
import type { UserId } from '../domain/ids.ts';
import { dispatch } from './dispatch.ts';
import type { Addressee, EngineReports, Lanes, Log, Replies, Tokens } from './ports.ts';
import { pickerView } from './show-picker.ts';

/** What came of a press on an engine's button, for the small answer above the chat. */
export type ChoiceAnswer = 'started' | 'waiting' | 'already' | 'unknown' | 'engine_gone';

/**
 * Puts the file into its owner's lane on the chosen engine, and shows its place. A button pressed twice, an old one,
 * somebody else's: nothing changes.
 * @param committed called with what came of it as soon as that is safe in the database
 */
export async function chooseEngine(
  dependencies: { lanes: Lanes; tokens: Tokens; reports: EngineReports; replies: Replies; log: Log },
  to: Addressee,
  userId: UserId,
  engine: EngineId,
  committed: (choice: ChoiceAnswer) => void,
): Promise<void> {
  const { lanes, reports, replies, log } = dependencies;
  const offers = await reports.offers();
  const offer = offers.find(({ id }) => id === engine);
  if (offer === undefined) {
    committed('engine_gone');
    await replies.showStatus(to, await pickerView(reports, userId));
    return;
  }
  const choice = await lanes.choose(to.id, userId, engine);
  if (choice.outcome !== 'chosen') return committed(choice.outcome);
  committed(choice.before === 0 ? 'started' : 'waiting');
  const shown = replies
    .showStatus(
      to,
      choice.state === 'QUEUED' && offer.readiness.state === 'preparing'
        ? { kind: 'preparing', stage: offer.readiness.stage, fraction: offer.readiness.fraction }
        : { kind: 'waiting', before: choice.before },
    )
    .catch((error) =>
      log.warn({ transcription: to.id, cause: toDabirError(error).message }, 'place not shown'),
    );
  // The worker starts only now, so that this edit cannot come after its own; but a slow Telegram holds up nobody.
  await Promise.race([shown, sleep(longestHeadStartMs)]);
  await dispatch(dependencies, choice.next);
  await shown;
}

const longestHeadStartMs = 1_000;
