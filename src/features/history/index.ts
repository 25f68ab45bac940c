export { deleteShownHistory } from './delete-shown.ts';
export { findSearchWords, wordsOfQuery } from './search-words.ts';
export { createHistory, type History } from './store.ts';
