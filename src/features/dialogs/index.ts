export { createDialogs } from './store.ts';
