export { startBroadcasting } from './start-broadcasting.ts';
export { type Broadcasts, createBroadcasts } from './store.ts';
