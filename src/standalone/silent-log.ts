import type { Log } from '../app/ports/log.ts';

/** A log for interactive commands, which report in a sentence on the terminal. */
export const silentLog: Log = { info: () => {}, warn: () => {}, error: () => {}, debug: () => {} };
