import fc from 'fast-check';
import { engineIds } from '../../../src/domain/engine-names.ts';
import { upload } from '../../support/uploads.ts';
import { onFile, type Recipe } from './recipes.ts';

/** Requests of users to their lanes, through a bot. */

export const submit: fc.Arbitrary<Recipe> = fc
  .record({
    who: fc.nat(),
    message: fc.integer({ min: 1, max: 20 }),
    seconds: fc.integer({ min: 0, max: 180 }),
    engines: fc.uniqueArray(fc.constantFrom(...engineIds), { maxLength: 2 }),
  })
  .map(({ who, message, seconds, engines }) => (outside) => {
    const user = outside.users[who % outside.users.length] ?? 0;
    return {
      name: `submit(message ${message} of user ${user}, ${seconds} s, engines ${engines})`,
      user,
      onModel(model) {
        const answer = model.lane(user).submit(model.lastId + 1, message, seconds, engines);
        if (answer.outcome === 'accepted' && answer.created) model.lastId += 1;
        return answer;
      },
      async onLanes(lanes) {
        const file = { ...upload({ user, messageId: message }), announcedSeconds: seconds };
        const answer = await lanes.submit(file, { engines });
        if (answer.outcome !== 'accepted') return answer;
        if (answer.created) outside.files.push({ user, id: answer.id });
        if (answer.choice?.outcome === 'chosen') outside.keep(user, answer.choice.next);
        const { msSincePrevious: _, ...rest } = answer;
        return rest;
      },
    };
  });

export const choose = onFile(fc.constantFrom(...engineIds), (id, user, engine, outside) => ({
  name: `choose(${id} by user ${user}, ${engine})`,
  user,
  onModel: (model) => model.lane(user).choose(id, engine),
  async onLanes(lanes) {
    const answer = await lanes.choose(id, user, engine);
    if (answer.outcome === 'chosen') outside.keep(user, answer.next);
    return answer;
  },
}));

export const cancel = onFile(fc.constant(null), (id, user, _, outside) => ({
  name: `cancel(${id} by user ${user})`,
  user,
  onModel: (model) => model.lane(user).cancel(id),
  async onLanes(lanes) {
    const answer = await lanes.cancel(id, user);
    if (answer.outcome === 'cancelled') outside.keep(user, answer.next);
    return answer;
  },
}));

export const reopen = onFile(fc.boolean(), (id, user, chooseAnew, outside) => ({
  name: `reopen(${id} by user ${user}${chooseAnew ? ', another engine' : ''})`,
  user,
  onModel: (model) => model.lane(user).reopen(id, chooseAnew),
  async onLanes(lanes) {
    const answer = await lanes.reopen(id, user, chooseAnew);
    if (answer.outcome === 'chosen') outside.keep(user, answer.next);
    return answer;
  },
}));

export const remove = onFile(fc.constant(null), (id, user, _, outside) => ({
  name: `delete(${id} by user ${user})`,
  user,
  onModel: (model) => model.lane(user).delete(id),
  async onLanes(lanes) {
    const answer = await lanes.delete(id, user);
    if (answer.outcome === 'deleted') outside.keep(user, answer.next);
    return answer;
  },
}));

export const look: fc.Arbitrary<Recipe> = fc.nat().map((who) => (outside) => {
  const user = outside.users[who % outside.users.length] ?? 0;
  return {
    name: `open(user ${user})`,
    user,
    onModel: (model) => model.lane(user).open.map(({ id }, before) => ({ id, before })),
    onLanes: async (lanes) => (await lanes.listOpen(user, 100)).map(({ id, before }) => ({ id, before })),
  };
});
