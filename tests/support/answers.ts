import type { Person } from './person.ts';

/** The messages that came in answer to a completed file. */
export type Answer = {
  /** The final text of the status message, as `Person.ending` has it. */
  readonly ending: string;
  /** All messages with words; the first is the status message. */
  readonly texts: readonly string[];
  /** Number of documents. */
  readonly documents: number;
};

/** Waits until the file has ended and all of its answer has come, and returns it. */
export async function answerTo(person: Person, note: number): Promise<Answer> {
  const ending = await person.ending(note);
  const messages = person.answers(note);
  return {
    ending,
    texts: messages.flatMap(({ text }) => (text === undefined ? [] : [text])),
    documents: messages.filter(({ document }) => document !== undefined).length,
  };
}

/** The answer to a file that the engine transcribed, received once. */
export const onceAndWhole: Answer = {
  ending: '✓ سلام دنیا',
  texts: ['سلام دنیا'],
  documents: 3,
};
