export { createDialogs, type Dialogs } from './store.ts';
