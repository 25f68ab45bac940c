import { z } from 'zod';
import type { LogLine } from '../app/admin/log-lines.ts';

/** Maximum number of lines that wait to be written to the database; beyond it the oldest are dropped. */
const maxUnstored = 1_000;

/** Maximum lengths of a line's message and details, in characters. */
const maxMessage = 300;
const maxDetails = 1_500;

const warning = 40;

export type RecentLines = {
  /** Adds a line of the log (JSON). Keeps warnings, errors, and lines about a transcription. */
  add(line: string): void;
  /** Removes and returns the oldest lines, at most `limit`. */
  take(limit: number): LogLine[];
  /** Puts back lines that could not be written. */
  putBack(lines: readonly LogLine[]): void;
};

/** Creates the buffer of this process's log lines for admins, until they are in the database. */
export function createRecentLines(): RecentLines {
  let unstored: LogLine[] = [];
  return {
    add(line) {
      const kept = parse(line);
      if (kept === null) return;
      unstored.push(kept);
      if (unstored.length > maxUnstored) unstored.shift();
    },
    take: (limit) => unstored.splice(0, limit),
    putBack(lines) {
      unstored = [...lines, ...unstored].slice(-maxUnstored);
    },
  };
}

function parse(line: string): LogLine | null {
  // Most lines are none of these, and are not parsed.
  if (!line.includes('"transcription":') && !/^\{"level":[4-6]0/.test(line)) return null;
  const parsed = lineSchema.safeParse(json(line));
  if (!parsed.success) return null;
  const { level, time, role, host, pid, msg = '', transcription = null, ...rest } = parsed.data;
  if (level < warning && (transcription === null || level < 30)) return null;
  const details = Object.entries(rest).map(([name, value]) => `${name}=${text(value)}`);
  return {
    at: new Date(time),
    process: [role, host, pid].join(':'),
    level,
    transcription,
    message: msg.slice(0, maxMessage),
    details: details.join(' ').slice(0, maxDetails),
  };
}

const lineSchema = z.looseObject({
  level: z.number(),
  time: z.number(),
  role: z.string(),
  host: z.string(),
  pid: z.number(),
  msg: z.string().optional(),
  transcription: z.number().optional(),
});

const errorSchema = z.object({ type: z.string(), stack: z.string() });

/**
 * Returns a value, and of an error its stack, as text without NUL characters, which PostgreSQL's `text` cannot hold.
 */
function text(value: unknown): string {
  const { data: error } = errorSchema.safeParse(value);
  return (typeof value === 'string' ? value : (error?.stack ?? JSON.stringify(value))).replaceAll('\0', '');
}

function json(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
