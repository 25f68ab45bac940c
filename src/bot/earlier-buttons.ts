import type { MiddlewareFn } from 'grammy';

/** Beginnings of the callback data of buttons before 0.1.0, and the present ones. */
const presentBeginnings: readonly (readonly [earlier: string, present: string])[] = [
  ['unsure:', 'low-confidence:'],
  ['uncertain:', 'low-confidence:'],
  ['join:', 'bundle:'],
  ['staff:', 'admin:'],
  ['announcements:', 'broadcasts:'],
  ['mydata:keep', 'mydata:retention'],
  ['mydata:forget', 'mydata:erase'],
  ['settings:doubt:', 'settings:lowConfidence:'],
];

/** Returns the present callback data of a button; data that has not changed comes back as it is. */
export function presentData(data: string): string {
  const found = presentBeginnings.find(([earlier]) => data.startsWith(earlier));
  return found === undefined ? data : found[1] + data.slice(found[0].length);
}

/** Gives presses on buttons of old chats their present data, so that features know only this. */
export const renewEarlierButtons: MiddlewareFn = (ctx, next) => {
  const query = ctx.update.callback_query;
  if (query?.data !== undefined) query.data = presentData(query.data);
  return next();
};
