export { showDueBursts } from './show-burst.ts';
export { createBursts, isBurstAhead, isBurstDue } from './store.ts';
