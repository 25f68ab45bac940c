export { type CommonWords, createCommonWords } from './common-words.ts';
export { createGlossary } from './store.ts';
