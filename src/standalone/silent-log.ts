import type { Log } from '../app/ports/operations.ts';

/** For what is tried while a person watches: they are told in a sentence, not in a log. */
export const silentLog: Log = { info: () => {}, warn: () => {}, error: () => {}, debug: () => {} };
