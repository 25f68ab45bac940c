export { createGlossary } from './store.ts';
