export { wordsOfQuery } from './search-words.ts';
export { createHistory, type History } from './store.ts';
export { takeBackHistory } from './take-back.ts';
