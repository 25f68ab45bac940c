import { expect } from 'vitest';
import type { Person } from './person.ts';

/** The messages that came in answer to a completed file. */
export type Answer = {
  /** The final text of the status message. */
  readonly ending: string;
  /** The transcript's messages. */
  readonly texts: readonly string[];
  /** Number of documents. */
  readonly documents: number;
};

/** Waits until the file has ended, which is shown last, and returns everything that came before. */
export async function answerTo(person: Person, note: number): Promise<Answer> {
  const ending = await person.ending(note);
  const [, ...messages] = person.answers(note);
  return {
    ending,
    texts: messages.flatMap(({ text }) => (text === undefined ? [] : [text])),
    documents: messages.filter(({ document }) => document !== undefined).length,
  };
}

/** The answer to a file that the engine transcribed, received once. */
export const onceAndWhole: Answer = {
  ending: expect.stringMatching(/^✓/) as string,
  texts: ['سلام دنیا'],
  documents: 3,
};
