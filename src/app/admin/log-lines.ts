import type { TranscriptionId } from '../../domain/ids.ts';

/** One line of a process's log, with ids and states, but without secrets and transcripts. */
export type LogLine = {
  readonly at: Date;
  /** Role, machine and process id of the process. */
  readonly process: string;
  /** Level as in pino: 30 info, 40 warning, 50 error, 60 fatal. */
  readonly level: number;
  /** The transcription that the line is about. */
  readonly transcription: TranscriptionId | null;
  readonly message: string;
  /** All other fields, such as `code=engine_failed cause=…`. */
  readonly details: string;
};

/** The latest log lines of all processes, limited in number. */
export type LogLines = {
  /** Adds lines, except those about transcriptions that were deleted in the meantime. */
  add(lines: readonly LogLine[]): Promise<void>;
  /**
   * Returns the latest lines, the newest first.
   * @param warningsOnly returns only warnings and errors
   */
  tail(limit: number, warningsOnly: boolean): Promise<LogLine[]>;
  /** Returns the latest lines about one transcription, the oldest of them first. */
  ofFile(id: TranscriptionId, limit: number): Promise<LogLine[]>;
  /** Deletes all but the latest `kept` lines. */
  prune(kept: number): Promise<void>;
};
