export { changeTranscript } from './correct-transcript.ts';
export { hasArrow, readCorrections } from './read-corrections.ts';
export { type Corrections, createCorrections } from './store.ts';
export { CorrectionThread } from './thread/correction-thread.ts';
