import type { TranscriptionId } from '../../domain/ids.ts';

/** One line of a process's log, without secrets; ids and states, never what was said. */
export type LogLine = {
  readonly at: Date;
  /** Which process: its role, machine and number. */
  readonly process: string;
  /** As pino has it: 30 info, 40 warning, 50 error, 60 fatal. */
  readonly level: number;
  /** The file that it is about. */
  readonly transcription: TranscriptionId | null;
  readonly message: string;
  /** Everything else in it, such as `code=engine_failed cause=…`. */
  readonly details: string;
};

/** The latest lines of all processes; a bounded number. */
export type LogLines = {
  /** Lines about a file that has been deleted meanwhile are left out. */
  add(lines: readonly LogLine[]): Promise<void>;
  /** The latest first. @param warningsOnly warnings and errors alone */
  tail(limit: number, warningsOnly: boolean): Promise<LogLine[]>;
  /** The latest of one file, the oldest of them first. */
  ofFile(id: TranscriptionId, limit: number): Promise<LogLine[]>;
  /** Forgets all but the latest `kept`. */
  prune(kept: number): Promise<void>;
};
