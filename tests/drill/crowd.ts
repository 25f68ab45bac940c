import { setTimeout as sleep } from 'node:timers/promises';
import { makeNote } from '../support/notes.ts';
import { Person } from '../support/person.ts';

/** An upload that a person sent. */
export type Note = {
  readonly person: Person;
  readonly messageId: number;
  /** Time in ms since the epoch. */
  readonly sentAt: number;
};

/** Length of a note, in seconds. */
const noteSeconds = 2;

/** Interval between two looks at a chat, in ms, after which a person repeats an unanswered press. */
const pollIntervalMs = 1_000;

/**
 * People who send voice notes one after another, half of them with a caption that names the engine, half of
 * them with a press of a button.
 */
export class Crowd {
  readonly notes: Note[] = [];
  readonly #users: readonly Person[];
  readonly #leaving = new AbortController();
  readonly #underWay = new Set<Promise<void>>();
  #count = 0;

  private constructor(users: readonly Person[]) {
    this.#users = users;
  }

  static async gather(playgroundUrl: string, count: number): Promise<Crowd> {
    const users: Person[] = [];
    for (let index = 0; index < count; index += 1) {
      users.push(await Person.join(playgroundUrl, `P${index + 1}`, index % 2 === 0 ? 'fa' : 'en'));
    }
    return new Crowd(users);
  }

  /**
   * Sends until `signal` aborts, and then until every upload has its engine.
   * @param pauseMs pause of one person between two uploads, in ms
   */
  async sendUntil(signal: AbortSignal, pauseMs: number): Promise<void> {
    await Promise.all(
      this.#users.map(async (person, index) => {
        await rest((index / this.#users.length) * pauseMs, signal);
        while (!signal.aborted) {
          await this.#sendOne(person);
          await rest(pauseMs, signal);
        }
      }),
    );
    await Promise.all(this.#underWay);
  }

  leave(): void {
    this.#leaving.abort();
    for (const person of this.#users) person.leave();
  }

  async #sendOne(person: Person): Promise<void> {
    this.#count += 1;
    const number = this.#count;
    const byCaption = number % 2 === 0;
    const messageId = await person.sends(makeNote(number, noteSeconds), {
      kind: 'audio',
      name: `note-${number}.wav`,
      type: 'audio/wav',
      seconds: noteSeconds,
      ...(byCaption && { caption: 'openai' }),
    });
    this.notes.push({ person, messageId, sentAt: Date.now() });
    const choosing = this.#choose(person, messageId);
    this.#underWay.add(choosing);
    void choosing.finally(() => this.#underWay.delete(choosing));
  }

  /** Presses the engine's button, or "Refresh", for as long as there is one. */
  async #choose(person: Person, messageId: number): Promise<void> {
    const { signal } = this.#leaving;
    for (; !signal.aborted; await rest(pollIntervalMs, signal)) {
      const answers = person.answers(messageId);
      const press = answers
        .map(({ message_id }) => ({ message_id, label: choiceUnder(person, message_id) }))
        .find(({ label }) => label !== undefined);
      if (press?.label !== undefined)
        await person.presses(press.message_id, press.label).catch(() => undefined);
      else if (answers.length > 0) return;
      // A kill may leave a picker that was sent twice; the press has removed it, or it is reported as a stale line.
      if (answers.some(({ text }) => /^[✓✗]/.test(text ?? ''))) return;
    }
  }
}

function choiceUnder(person: Person, messageId: number): string | undefined {
  return person.labelOf(messageId, 'engine:') ?? person.labelOf(messageId, 'refresh:');
}

async function rest(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal }).catch(() => undefined);
}
