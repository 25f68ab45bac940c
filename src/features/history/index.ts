export { deleteShownHistory } from './delete-shown.ts';
export { wordsOfQuery } from './search-words.ts';
export { createHistory, type History } from './store.ts';
