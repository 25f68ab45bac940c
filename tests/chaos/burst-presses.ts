import type pg from 'pg';
import type { WithFollowUp } from '../../src/app/follow-up.ts';
import { cancel } from '../../src/app/lane/cancel.ts';
import type { Burst } from '../../src/app/ports/bursts.ts';
import type { Shared } from '../../src/compose/shared.ts';
import { countOpen, isSpokenFor, minBundled } from '../../src/domain/burst.ts';
import type { UserId } from '../../src/domain/ids.ts';
import type { Transcription } from '../../src/domain/transcription.ts';
import { cancelBurst, chooseForBurst, separateBurst } from '../../src/features/bursts/press-burst.ts';
import { showBurst } from '../../src/features/bursts/show-burst.ts';

/**
 * What a user does with the message of files that arrived together: presses the buttons for all of them, asks for each by
 * itself, or accepts one document.
 */
type Habit = 'all' | 'separate' | 'bundle';

/** The habits of the users in turn, by id. Those with odd ids are asked for the engine of each file (`askOddUsers`). */
const habits: readonly Habit[] = ['all', 'separate', 'bundle', 'all'];

const habitOf = (userId: UserId) => habits[userId % habits.length];

/**
 * Makes every other user one whose last engine is not there, so that their files do not start on the only one by
 * themselves and the messages of bursts ask.
 */
export async function askOddUsers(database: pg.Pool): Promise<void> {
  await database.query(`
    CREATE FUNCTION chaos.wants_another_engine() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
      NEW."lastEngine" := 'vira';
      RETURN NEW; END $$;
    CREATE TRIGGER chaos_setting BEFORE INSERT OR UPDATE ON setting FOR EACH ROW WHEN (NEW."userId" % 2 = 1)
      EXECUTE FUNCTION chaos.wants_another_engine();`);
}

/** Returns the burst whose message speaks for a file; null when the file has a message of its own, or gets one. */
export async function readBurst({ bursts }: Shared, file: Transcription): Promise<Burst | null> {
  const { burstId } = file;
  if (!isSpokenFor(file) || typeof burstId !== 'number') return null;
  const burst = await bursts.read(burstId);
  return burst?.state === 'SEPARATE' ? null : burst;
}

/**
 * Presses the buttons of a burst's message until its files have an engine.
 * @throws Error while the user has to press again: the message is not there yet, the engine is gone, or each file gets a
 *   message of its own
 */
export async function chooseInBurst(
  shared: Shared,
  { id, messageId, state, counts }: Burst,
  userId: UserId,
): Promise<void> {
  if (messageId === null) throw new Error('not there yet');
  const habit = habitOf(userId);
  if (habit === 'separate' && state === 'TOGETHER' && counts.choosing > 0) {
    const { followUp } = await separateBurst(shared, id, userId);
    await followUp();
    throw new Error('each file asks by itself now');
  }
  if (habit === 'bundle' && state === 'TOGETHER' && countOpen(counts) + counts.done >= minBundled) {
    await shared.bursts.bundle(id, userId);
    await showBurst(shared, id, userId);
  }
  const { outcome, followUp } = await chooseForBurst(shared, id, userId, 'local');
  await followUp();
  if (outcome === 'engine_gone') throw new Error('no worker offers the engine');
  // Another press has ended the burst's message in the meantime.
  if (outcome === 'unknown') throw new Error('each file asks by itself now');
}

/** Cancels all files of a burst by its message, or one by /queue, as the user does. */
export function cancelInBurst(
  shared: Shared,
  burst: Burst,
  file: Transcription,
): Promise<WithFollowUp<unknown>> {
  const { userId } = file;
  return habitOf(userId) === 'all' ? cancelBurst(shared, burst.id, userId) : cancel(shared, file, userId);
}
