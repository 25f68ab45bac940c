export { followMoves } from './follow-moves.ts';
export { createGroups } from './store.ts';
