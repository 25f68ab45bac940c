import type { TaskMessage } from '../../../app/ports/task-messages.ts';

/** Longest text of a message, in UTF-16 units (Bot API, `sendMessage`: 4,096), with room for the lines at its end. */
const maxLength = 3_500;

/** A message that is built line by line. The line that no longer fits is cut, and those after it are left out. */
export class MessageText {
  #text = '';
  #isFull = false;
  readonly #bold: { offset: number; length: number }[] = [];

  /** Adds a bold line. */
  addHeading(text: string): this {
    const offset = this.#text === '' ? 0 : this.#text.length + 1;
    if (this.addLine(text)) this.#bold.push({ offset, length: text.length });
    return this;
  }

  /** Adds a line. Returns false when not all of it fits. */
  addLine(text: string): boolean {
    if (this.#isFull) return false;
    const room = maxLength - this.#text.length;
    this.#isFull = text.length > room;
    this.#append(this.#isFull ? `${text.slice(0, Math.max(0, room)).toWellFormed()}…` : text);
    return !this.#isFull;
  }

  /** Adds a line at the end, for which there is always room. */
  addFoot(text: string): this {
    this.#append(text);
    return this;
  }

  /** Returns the message with these buttons. */
  withRows(rows: TaskMessage['rows']): TaskMessage {
    return { text: this.#text, bold: [...this.#bold], rows: rows.filter((row) => row.length > 0) };
  }

  #append(line: string): void {
    this.#text += this.#text === '' ? line : `\n${line}`;
  }
}
