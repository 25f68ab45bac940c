/** A strict local Bot API server with a chat page: everything that a bot's tests need of Telegram. */
export { firstPersonIds } from './people/people.ts';
export { type Playground, type PlaygroundOptions, startPlayground } from './playground.ts';
export type { ChatCounts } from './testing/counts.ts';
export type { Fault } from './testing/faults.ts';
export { Flood, type FloodOptions, type FloodReport } from './testing/flood.ts';
