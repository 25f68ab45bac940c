import fc from 'fast-check';
import type { Lanes } from '../../../src/app/ports/lanes.ts';
import type { Job } from '../../../src/domain/transcription.ts';
import type { Model, Outside } from './world.ts';

/** One call, for the model and for the database. Both have to give the same answer. */
export type Operation = {
  /** Its name in the report of a failure. */
  readonly name: string;
  /** The lane's user; null for a sweep, which covers all lanes. */
  readonly user: number | null;
  /** @param skipping user whose lane a sweep skips */
  onModel(model: Model, skipping?: number): unknown;
  onLanes(lanes: Lanes): Promise<unknown>;
};

/** Creates an operation from what exists at that time; returns null when nothing fits. */
export type Recipe = (outside: Outside) => Operation | null;

/** Index from the newest, which is 0. Mostly one of the newest, now and then one that is long stale. */
export const back = fc.oneof(
  { weight: 3, arbitrary: fc.nat({ max: 2 }) },
  { weight: 1, arbitrary: fc.nat({ max: 15 }) },
);

/** Returns one of the things, counted from the newest; undefined when there are none. */
export function pick<T>(things: readonly T[], howFarBack: number): T | undefined {
  return things[things.length - 1 - (howFarBack % things.length)];
}

/** Picks a file, and the user who makes a request for it: nearly always its own. */
export function onFile<Choice>(
  choices: fc.Arbitrary<Choice>,
  operation: (id: number, user: number, choice: Choice, outside: Outside) => Operation,
): fc.Arbitrary<Recipe> {
  const stranger = fc.oneof({ weight: 9, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: fc.nat() });
  return fc.tuple(back, stranger, choices).map(([index, other, choice]) => (outside) => {
    const file = pick(outside.files, index);
    if (file === undefined) return null;
    const user = other === null ? file.user : (outside.users[other % outside.users.length] ?? file.user);
    return operation(file.id, user, choice, outside);
  });
}

/** Picks a job that some worker claimed once and may have lost since. */
export function onJob<Choice>(
  choices: fc.Arbitrary<Choice>,
  operation: (job: Job, user: number, choice: Choice, outside: Outside) => Operation,
): fc.Arbitrary<Recipe> {
  return fc.tuple(back, choices).map(([index, choice]) => (outside) => {
    const held = pick(outside.jobs, index);
    return held === undefined ? null : operation(held.job, held.user, choice, outside);
  });
}
