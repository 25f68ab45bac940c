import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { expect } from 'vitest';
import type { Lanes } from '../../../src/app/ports/lanes.ts';
import type { Database } from '../../../src/store/client.ts';
import { databasePictures, modelPictures, type Picture, passHours } from './pictures.ts';
import type { Operation, Recipe } from './recipes.ts';
import * as users from './users.ts';
import * as workers from './workers.ts';
import type { Model, Outside } from './world.ts';

/** The state of a run: the model, what was handed out so far, and the database after the last step. */
export type World = { model: Model; readonly outside: Outside; pictures: readonly Picture[] };
export type Real = { readonly lanes: Lanes; readonly database: Database };
type Command = fc.AsyncCommand<World, Real>;

/** Every request of users, bots and workers to one lane, in shares that get files into every state. */
const onOneLane: fc.Arbitrary<Recipe> = fc.oneof(
  { weight: 5, arbitrary: users.submit },
  { weight: 7, arbitrary: users.choose },
  { weight: 9, arbitrary: workers.claim },
  { weight: 2, arbitrary: workers.heartbeat },
  { weight: 6, arbitrary: workers.finish },
  { weight: 3, arbitrary: workers.requeue },
  { weight: 2, arbitrary: users.cancel },
  { weight: 4, arbitrary: users.reopen },
  { weight: 1, arbitrary: users.remove },
  { weight: 1, arbitrary: users.look },
);

/** The same, and sweeps, which cover all lanes. */
const anything: fc.Arbitrary<Recipe> = fc.oneof(
  { weight: 12, arbitrary: onOneLane },
  { weight: 1, arbitrary: workers.sweep },
);

/**
 * The possible steps: one call, two at the same time, the same one twice at the same time, or hours that
 * pass.
 */
export const commands: fc.Arbitrary<Command>[] = [
  anything.map((recipe) => new Calls([recipe])),
  anything.map((recipe) => new Calls([recipe])),
  fc.tuple(anything, onOneLane).map((recipes) => new Calls(recipes)),
  onOneLane.map((recipe) => new Calls([recipe, recipe])),
  fc.integer({ min: 1, max: 5 }).map((hours) => new HoursPass(hours)),
];

/** Concurrent calls. The database has to answer as the model does for some order of them. */
class Calls implements Command {
  readonly #recipes: readonly Recipe[];
  #name = '(nothing to do)';

  constructor(recipes: readonly Recipe[]) {
    this.#recipes = recipes;
  }

  check(): boolean {
    return true;
  }

  async run(world: World, { lanes, database }: Real): Promise<void> {
    const operations = this.#recipes.flatMap((recipe) => recipe(world.outside) ?? []);
    this.#name = operations.map(({ name }) => name).join(' | ') || this.#name;
    const answers = await Promise.all(operations.map((operation) => operation.onLanes(lanes)));
    const pictures = await databasePictures(database, world.outside.users);
    keepsItsPromises(world.pictures, pictures);
    const happened = { answers, pictures };
    const foretold = orders(operations).map((order) => foretell(world.model, operations, order));
    const right = foretold.find(({ expected }) => isDeepStrictEqual(expected, happened)) ?? foretold[0];
    expect(happened).toEqual(right?.expected);
    Object.assign(world, { model: right?.model, pictures });
  }

  toString(): string {
    return this.#name;
  }
}

class HoursPass implements Command {
  readonly #hours: number;

  constructor(hours: number) {
    this.#hours = hours;
  }

  check(): boolean {
    return true;
  }

  async run({ model }: World, { database }: Real): Promise<void> {
    await passHours(database, this.#hours);
    for (const lane of model.lanes.values()) lane.pass(this.#hours);
  }

  toString(): string {
    return `${this.#hours} h pass`;
  }
}

/** One operation's turn. A sweep skips a lane that another operation holds. */
type Turn = { readonly operation: Operation; readonly skipping?: number };

/** Returns the orders in which operations may have taken effect. */
function orders(operations: readonly Operation[]): Turn[][] {
  const turns = operations.map((operation) => ({ operation }));
  const passingOver = turns.map(({ operation }, index) => {
    const other = operations[1 - index]?.user ?? null;
    return operation.user !== null || other === null ? { operation } : { operation, skipping: other };
  });
  return [turns, turns.toReversed(), passingOver];
}

/** Returns what the model answers when the operations take these turns, and its state after them. */
function foretell(before: Model, operations: readonly Operation[], order: readonly Turn[]) {
  const model = before.clone();
  const answers = new Map<Operation, unknown>();
  for (const { operation, skipping } of order) answers.set(operation, operation.onModel(model, skipping));
  const inOrderOfCalls = operations.map((operation) => answers.get(operation));
  return { model, expected: { answers: inOrderOfCalls, pictures: modelPictures(model) } };
}

/**
 * Checks invariants apart from the model: fences only grow, at most one file of a user is active, and it has
 * the slot.
 */
function keepsItsPromises(before: readonly Picture[], after: readonly Picture[]): void {
  for (const [index, { fence, active, files }] of after.entries()) {
    expect(fence).toBeGreaterThanOrEqual(before[index]?.fence ?? 0);
    const inSlot = files.filter(({ state }) => state === 'QUEUED' || state === 'PROCESSING');
    expect(inSlot.map(({ id }) => id)).toEqual(active === null ? [] : [active]);
  }
}
