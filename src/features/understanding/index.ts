export type { BudgetLimits, SpentMoney } from './budget.ts';
export { createOffers } from './find-offer.ts';
export type { RunTaskDependencies } from './run-task.ts';
export { createSections } from './store/sections.ts';
export { createSpends, type Spends } from './store/spends.ts';
export { createUnderstandingTasks, isTaskDue, type UnderstandingTasks } from './store/tasks.ts';
export { createTemplates, type Templates } from './store/templates.ts';
export { sweepTasks } from './sweep-tasks.ts';
export { createUnderstood } from './understood.ts';
