import fc from 'fast-check';
import type { Lanes } from '../../../src/app/ports/lanes.ts';
import type { Job } from '../../../src/domain/transcription.ts';
import type { Model, Outside } from './world.ts';

/** One call, for the model and for the database. Both have to give the same answer. */
export type Operation = {
  /** As a failure prints it. */
  readonly name: string;
  /** Whose lane it is about; null for a sweep, which is about all. */
  readonly user: number | null;
  /** @param skipping somebody whose lane a sweep passes over */
  onModel(model: Model, skipping?: number): unknown;
  onLanes(lanes: Lanes): Promise<unknown>;
};

/** An operation that is still to learn what there is to operate on; null when there is nothing. */
export type Recipe = (outside: Outside) => Operation | null;

/** 0 is the newest. Mostly one of the newest is meant, now and then one that is long stale. */
export const back = fc.oneof(
  { weight: 3, arbitrary: fc.nat({ max: 2 }) },
  { weight: 1, arbitrary: fc.nat({ max: 15 }) },
);

/** One of the things, counted from the newest; undefined when there are none. */
export function pick<T>(things: readonly T[], howFarBack: number): T | undefined {
  return things[things.length - 1 - (howFarBack % things.length)];
}

/** Somebody's file, and somebody who asks for something to be done with it: nearly always the same person. */
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

/** A job that some worker got once and may have lost since. */
export function onJob<Choice>(
  choices: fc.Arbitrary<Choice>,
  operation: (job: Job, user: number, choice: Choice, outside: Outside) => Operation,
): fc.Arbitrary<Recipe> {
  return fc.tuple(back, choices).map(([index, choice]) => (outside) => {
    const held = pick(outside.jobs, index);
    return held === undefined ? null : operation(held.job, held.user, choice, outside);
  });
}
