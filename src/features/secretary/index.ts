export { createConnections } from './store/connections.ts';
export { createDrafts } from './store/drafts.ts';
export { createNotes, isNotePruneDue, isReminderDue } from './store/notes.ts';
export { pruneNotes, sendReminders } from './upkeep.ts';
