export { startBroadcasting } from './start-broadcasting.ts';
export { createBroadcasts } from './store.ts';
