import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Message } from 'grammy/types';
import { attachmentOf, toUpload } from '../../src/bot/upload.ts';
import type { Delivery, Member } from './fleet.ts';

/** Sent and not yet known to have been chosen or cancelled, at the same time. */
const inTheAir = 40;

/** People in the playground who send voice notes; Telegram brings each of them twice, until a bot has taken it. */
export class Crowd {
  readonly uploadKeys = new Set<string>();
  readonly #url: string;
  readonly #people: readonly number[];

  private constructor(url: string, people: readonly number[]) {
    this.#url = `${url}/playground/people`;
    this.#people = people;
  }

  static async gather(url: string, count: number): Promise<Crowd> {
    const people: number[] = [];
    for (let index = 0; index < count; index += 1) {
      const response = await fetch(`${url}/playground/people`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ first_name: `P${index}`, language_code: 'fa' }),
      });
      people.push(((await response.json()) as { id: number }).id);
    }
    return new Crowd(url, people);
  }

  /** Sends so many voice notes; resolves when a bot has taken each of them and what was wished for it. */
  async send(
    count: number,
    bots: readonly Member[],
    random: () => number,
    onProgress?: (line: string) => void,
  ): Promise<void> {
    const voice = await readFile(new URL('../fixtures/media/tone.ogg', import.meta.url));
    const underWay = new Set<Promise<void>>();
    for (let sent = 0; sent < count; sent += 1) {
      const person = this.#people[Math.floor(random() * this.#people.length)] ?? 0;
      const wishes = {
        cancel: random() < 0.08,
        cancelAfterMs: random() * 1_500,
        bot: Math.floor(random() * 1e6),
      };
      const one = this.#one(person, voice, bots, wishes);
      underWay.add(one);
      void one.finally(() => underWay.delete(one));
      if (underWay.size >= inTheAir) await Promise.race(underWay);
      if (sent % 200 === 199) onProgress?.(`${sent + 1} of ${count} sent`);
    }
    await Promise.all(underWay);
  }

  /** Sends one voice note of the person with this number; resolves when it is in the lane. */
  async sendOne(index: number, bots: readonly Member[]): Promise<void> {
    const voice = await readFile(new URL('../fixtures/media/tone.ogg', import.meta.url));
    await this.#one(this.#people[index] ?? 0, voice, bots, { cancel: false, cancelAfterMs: 0, bot: 0 });
  }

  async #one(
    person: number,
    voice: Uint8Array,
    bots: readonly Member[],
    wishes: { cancel: boolean; cancelAfterMs: number; bot: number },
  ): Promise<void> {
    const response = await fetch(
      `${this.#url}/${person}/files?kind=voice&name=v.oga&duration=1&mime_type=audio/ogg`,
      {
        method: 'PUT',
        body: voice as Uint8Array<ArrayBuffer>,
      },
    );
    const message = (await response.json()) as Message & { from: NonNullable<Message['from']> };
    const attachment = attachmentOf(message);
    if (attachment === undefined || attachment.kind === 'not-media')
      throw new Error('the playground sent no voice');
    const upload = toUpload(1, message, attachment);
    this.uploadKeys.add(upload.uploadKey);
    const until = (delivery: Delivery, first: number) => untilTaken(bots, delivery, first);
    await Promise.all([
      until({ kind: 'upload', upload }, wishes.bot),
      until({ kind: 'upload', upload }, wishes.bot + 1),
    ]);
    await until({ kind: 'choose', uploadKey: upload.uploadKey }, wishes.bot + 2);
    if (!wishes.cancel) return;
    await sleep(wishes.cancelAfterMs);
    await until({ kind: 'cancel', uploadKey: upload.uploadKey }, wishes.bot + 3);
  }

  /** How many albums answered each upload. */
  async albums(): Promise<Map<string, number>> {
    const albums = new Map<string, number>();
    for (const person of this.#people) {
      const seen = new Set<string>();
      for (let before: number | undefined; ; ) {
        const query = before === undefined ? '' : `&before=${before}`;
        const response = await fetch(`${this.#url}/${person}/messages?limit=100${query}`);
        const { messages, more } = (await response.json()) as { messages: Message[]; more: boolean };
        for (const { media_group_id: album, reply_to_message: original } of messages) {
          if (album === undefined || original === undefined || seen.has(album)) continue;
          seen.add(album);
          const key = `1:${person}:${original.message_id}`;
          albums.set(key, (albums.get(key) ?? 0) + 1);
        }
        before = messages[0]?.message_id;
        if (!more || before === undefined) break;
      }
    }
    return albums;
  }
}

/** As Telegram does: again, to this bot or another, until one says that it has it. */
async function untilTaken(bots: readonly Member[], delivery: Delivery, first: number): Promise<void> {
  for (let round = first; ; round += 1) {
    if (await bots[round % bots.length]?.deliver(delivery)) return;
    await sleep(100);
  }
}
