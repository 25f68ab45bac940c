export { broadcasting } from './broadcasting.ts';
export { createBroadcasts, isBroadcastDue } from './store.ts';
