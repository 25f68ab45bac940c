import { makeNote } from '../../support/notes.ts';
import type { Person } from '../../support/person.ts';
import { until } from '../../support/until.ts';

/** What a person got in answer to one note, counted. */
export type NoteAnswer = {
  readonly note: number;
  readonly statuses: number;
  readonly texts: number;
  /** Number of documents, by file name. */
  readonly documents: ReadonlyMap<string, number>;
  /** The final text of the status message. */
  readonly ending: string;
};

/** A person who repeatedly sends notes, picks an engine for each and waits for the answers. */
export class Sender {
  readonly #person: Person;
  readonly #notes: number[] = [];
  readonly #label: string;

  /** @param label text on the engine's button */
  constructor(person: Person, label: string) {
    this.#person = person;
    this.#label = label;
  }

  /**
   * Sends two notes at a time, so that one waits for the other, until the signal aborts. Resolves when all of
   * them have ended.
   * @param number returns a new number for each note, so that no two are alike
   */
  async send(number: () => number, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const notes = [await this.#one(number()), await this.#one(number())];
      for (const note of notes) await patiently(() => this.#person.ending(note)).catch(() => undefined);
    }
  }

  /** Returns what came in answer to each note. */
  answers(): NoteAnswer[] {
    return this.#notes.map((note) => {
      const messages = this.#person.answers(note);
      const documents = new Map<string, number>();
      for (const { document } of messages) {
        const name = document?.file_name;
        if (name !== undefined) documents.set(name, (documents.get(name) ?? 0) + 1);
      }
      const statuses = messages.filter(({ text }) => text !== undefined && !isTranscript(text));
      return {
        note,
        // One that is left over: the status message becomes the text.
        statuses: statuses.length,
        texts: messages.filter(({ text }) => text !== undefined && isTranscript(text)).length,
        documents,
        ending: statuses[0]?.text ?? '',
      };
    });
  }

  /** Sends one note, and presses the button again while a press has no effect, as users do. */
  async #one(number: number): Promise<number> {
    const note = await this.#person.sends(makeNote(number, 1), { kind: 'audio', name: `${number}.wav` });
    this.#notes.push(note);
    const status = await patiently(() => this.#person.status(note)).catch(() => undefined);
    // The report counts it.
    if (status === undefined) return note;
    const { message_id } = status;
    const isAsked = () => this.#person.buttons(message_id).some((label) => label.includes(this.#label));
    while (isAsked()) {
      const pressedAt = Date.now();
      void this.#person.presses(message_id, this.#label).catch(() => undefined);
      await until(() => !isAsked() || Date.now() - pressedAt > pressAgainMs);
    }
    return note;
  }
}

/**
 * Waits with a longer limit than other tests: with restarts in quick succession, a bot that lost an answer
 * checks again only after a minute.
 */
async function patiently<T>(wait: () => Promise<T>): Promise<T> {
  for (let round = 1; ; round += 1) {
    try {
      return await wait();
    } catch (error) {
      if (round === 4) throw error;
    }
  }
}

/** Time without an effect after which a person presses again, in ms. */
const pressAgainMs = 10_000;

/** Returns whether a text is the transcript that this test's service gives for every note. */
function isTranscript(text: string): boolean {
  return text.includes('سلام دنیا');
}
