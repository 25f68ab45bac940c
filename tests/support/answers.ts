import { expect } from 'vitest';
import type { Person } from './person.ts';

/** What came in answer to a file, once it has ended well. */
export type Answer = {
  /** What the status message says in the end. */
  readonly ending: string;
  /** The transcript's messages. */
  readonly texts: readonly string[];
  /** How many documents came. */
  readonly documents: number;
};

/** Waits until the file has ended, which is shown last, and gathers all that came before. */
export async function answerTo(person: Person, note: number): Promise<Answer> {
  const ending = await person.ending(note);
  const [, ...messages] = person.answers(note);
  return {
    ending,
    texts: messages.flatMap(({ text }) => (text === undefined ? [] : [text])),
    documents: messages.filter(({ document }) => document !== undefined).length,
  };
}

/** The answer to a file that went well at the desk, and came once. */
export const onceAndWhole: Answer = {
  ending: expect.stringMatching(/^✓/) as string,
  texts: ['سلام دنیا'],
  documents: 3,
};
