import type { Texts, TextVariables } from '../texts/texts.ts';
import { type BotContext, languageOf } from './context.ts';

/** The user who reads a message: language, texts and time zone. */
export type Reader = {
  say(key: string, variables?: TextVariables): string;
  readonly texts: Texts;
  readonly languageCode: string | null;
  /** IANA time zone of dates and times. */
  readonly timeZone: string;
};

export type ReaderDependencies = Pick<Reader, 'texts' | 'timeZone'>;

/** Returns the sender of an update as a reader. */
export function readerOf({ texts, timeZone }: ReaderDependencies, ctx: BotContext): Reader {
  return { say: ctx.say, texts, timeZone, languageCode: languageOf(ctx) };
}
