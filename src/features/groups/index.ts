export { followMoves } from './follow-moves.ts';
export { createGroups, type Groups } from './store.ts';
