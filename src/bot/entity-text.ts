import type { MessageEntity } from 'grammy/types';

/** Formatting of a piece of a message. */
type Look = 'bold' | 'expandable_blockquote';

/** A message that is built from formatted pieces. Offsets are UTF-16 units, as in Telegram's entities. */
export class EntityText {
  #text = '';
  readonly #entities: MessageEntity[] = [];

  add(piece: string, look?: Look): this {
    if (look !== undefined && piece !== '') {
      this.#entities.push({ type: look, offset: this.#text.length, length: piece.length });
    }
    this.#text += piece;
    return this;
  }

  /** Adds a piece in which the given stretches are bold. */
  addMarked(piece: string, marks: readonly { readonly offset: number; readonly length: number }[]): this {
    const start = this.#text.length;
    for (const { offset, length } of marks) {
      this.#entities.push({ type: 'bold', offset: start + offset, length });
    }
    return this.add(piece);
  }

  get message(): { text: string; entities: MessageEntity[] } {
    return { text: this.#text, entities: [...this.#entities] };
  }
}
