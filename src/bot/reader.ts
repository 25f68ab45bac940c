import type { Texts, TextVariables } from '../texts/texts.ts';
import { type BotContext, type BotDependencies, languageOf } from './context.ts';

/** Whoever looks at a message: how they are spoken to. */
export type Reader = {
  say(key: string, variables?: TextVariables): string;
  readonly texts: Texts;
  readonly languageCode: string | null;
  /** For dates and times. */
  readonly timeZone: string;
};

/** Whoever wrote or pressed. */
export function readerOf({ texts, timeZone }: BotDependencies, ctx: BotContext): Reader {
  return { say: ctx.say, texts, timeZone, languageCode: languageOf(ctx) };
}
