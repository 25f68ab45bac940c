import type { Message } from 'grammy/types';
import { readHistory } from '../chaos/history.ts';
import { endedOnce, lanesInOrder, oneResultEach, takenOnce } from '../chaos/invariants.ts';
import type { Note } from './crowd.ts';
import type { EngineCall } from './engine-service.ts';
import { type Stage, token } from './stage.ts';
import type { Life } from './supervised.ts';

/** The findings of a drill; each has to be 0, except for what a kill explains. */
export type Findings = {
  readonly lost: readonly string[];
  readonly twiceInDatabase: readonly string[];
  readonly overtakenOrTwoActive: readonly string[];
  readonly failed: readonly string[];
  /** Messages of an answer that came twice and that a kill explains. */
  readonly doubledByKill: readonly string[];
  readonly doubled: readonly string[];
  readonly staleByKill: readonly string[];
  readonly stale: readonly string[];
  readonly incomplete: readonly string[];
  readonly repeatedCallsByKill: readonly string[];
  readonly repeatedCalls: readonly string[];
};

type Row = {
  id: number;
  key: string;
  state: string;
  code: string | null;
};

/** Compares the database, the chats and the engine's bill with what users sent. */
export async function findingsOf(
  { pool, engine, bots, workers }: Stage,
  notes: readonly Note[],
): Promise<Findings> {
  const { rows } = await pool.query<Row>(
    `SELECT id::int, "uploadKey" AS key, state, "errorCode" AS code FROM transcription`,
  );
  const files = new Map(rows.map((row) => [row.key, row]));
  const history = await readHistory(pool);
  const keys = new Set(notes.map(keyOf));
  const lives = [...bots, ...workers].flatMap((member) => member.lives);
  const chats = notes.map((note) => inspectChat(note, files.get(keyOf(note)), lives));
  const { rows: transcripts } = await pool.query<{ id: number; recording: string }>(
    `SELECT "transcriptionId"::int AS id, substring(text FROM '[0-9a-f]{12}') AS recording FROM transcript`,
  );
  const recordings = new Map(transcripts.map(({ id, recording }) => [recording, id]));
  const calls = repeatedCalls(engine.calls, recordings, lives);
  const words = (violations: readonly { promise: string; what: string }[]) =>
    violations.map(({ promise, what }) => `${promise}: ${what}`);
  return {
    lost: notes.filter((note) => files.get(keyOf(note))?.state !== 'COMPLETED').map(keyOf),
    twiceInDatabase: words([
      ...takenOnce(history, keys),
      ...endedOnce(history, new Set()),
      ...(await oneResultEach(pool)),
    ]),
    overtakenOrTwoActive: words(lanesInOrder(history)),
    failed: rows.filter(({ state }) => state === 'FAILED').map(({ key, code }) => `${key}: ${code}`),
    doubledByKill: chats.flatMap((chat) => chat.doubledByKill),
    doubled: chats.flatMap((chat) => chat.doubled),
    staleByKill: chats.flatMap((chat) => chat.staleByKill),
    stale: chats.flatMap((chat) => chat.stale),
    incomplete: chats.flatMap((chat) => chat.incomplete),
    repeatedCallsByKill: calls.byKill,
    repeatedCalls: calls.unexplained,
  };
}

/** The bot's id, with which an upload's key begins: the first part of the bot's token. */
const botId = token.split(':')[0];

function keyOf({ person, messageId }: Note): string {
  return `${botId}:${person.id}:${messageId}`;
}

/** Documents of one answer, which has also one text: the status message becomes it. */
const documents = 3;

type ChatFindings = Pick<Findings, 'doubled' | 'doubledByKill' | 'stale' | 'staleByKill' | 'incomplete'>;

function inspectChat(
  { person, messageId }: Note,
  file: Row | undefined,
  lives: readonly Life[],
): ChatFindings {
  const answers = person.answers(messageId);
  const texts = answers.filter(({ text = '' }) => text.includes('سلام دنیا'));
  const files = answers.filter(({ document }) => document !== undefined);
  const statuses = answers.filter(
    ({ text = '', document }) => !text.includes('سلام دنیا') && document === undefined,
  );
  const name = `${person.id}:${messageId}`;
  const extra = [...texts.slice(1), ...files.slice(documents)];
  const isByKill = (messages: readonly Message[]) =>
    file !== undefined && messages.some((message) => isExplained(file.id, message, answers, lives));
  const doubled = extra.length === 0 ? [] : [`${name}: ${texts.length} texts, ${files.length} documents`];
  const stale = statuses.map(({ text = '' }) => `${name}: ${text}`);
  const isWhole = texts.length > 0 && files.length >= documents;
  return {
    doubled: isByKill(extra) ? [] : doubled,
    doubledByKill: isByKill(extra) ? doubled : [],
    stale: isByKill(statuses) ? [] : stale,
    staleByKill: isByKill(statuses) ? stale : [],
    incomplete: isWhole ? [] : [`${name}: ${texts.length} texts, ${files.length} documents`],
  };
}

/** Telegram's dates are whole seconds; tolerance in ms. */
const dateSlackMs = 1_500;

/**
 * Returns true when a process that was sending this file's answer was killed between the answer's first
 * message and this one: then nothing could show that a message had been sent already.
 */
function isExplained(
  file: number,
  message: Message,
  answers: readonly Message[],
  lives: readonly Life[],
): boolean {
  const first = Math.min(...answers.map(({ date }) => date)) * 1000;
  const last = message.date * 1000;
  return lives.some(({ killedAt, answered, member }) => {
    if (killedAt === null || killedAt < first - dateSlackMs || killedAt > last + dateSlackMs) return false;
    // A bot sends the status message; a worker sends what it logged that it would send.
    return member.startsWith('bot') || answered.has(file);
  });
}

/**
 * Splits the calls for an upload after the first into those that a kill explains and others: a worker that
 * had the file was killed between the two calls.
 * @param files maps files to uploads
 */
function repeatedCalls(
  calls: readonly EngineCall[],
  files: ReadonlyMap<string, number>,
  lives: readonly Life[],
): { byKill: string[]; unexplained: string[] } {
  const [byKill, unexplained]: [string[], string[]] = [[], []];
  for (const [recording, its] of Map.groupBy(calls, (call) => call.recording)) {
    const holders = lives.filter(({ taken }) => taken.some(({ file }) => file === files.get(recording)));
    for (const [index, { at }] of its.entries()) {
      const before = its[index - 1]?.at;
      if (before === undefined) continue;
      const isByKill = holders.some(
        ({ killedAt }) => killedAt !== null && killedAt >= before && killedAt <= at,
      );
      (isByKill ? byKill : unexplained).push(`${recording}: again after ${at - before} ms`);
    }
  }
  return { byKill, unexplained };
}
