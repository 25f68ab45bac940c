import type { Settings } from '../app/ports/settings.ts';
import type { DocumentChoice } from '../domain/document-choice.ts';
import { timeZoneOf } from '../domain/time-zone.ts';
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

export type ReaderDependencies = Pick<Reader, 'texts'> & {
  /** IANA time zone of users whose own one is unknown. */
  readonly timeZone: string;
};

/** Returns the sender of an update as a reader, with the time zone of their settings. */
export function readerOf(
  { texts, timeZone }: ReaderDependencies,
  ctx: BotContext,
  choice: Pick<DocumentChoice, 'timeZone'>,
): Reader {
  const languageCode = languageOf(ctx);
  return { say: ctx.say, texts, timeZone: timeZoneOf(languageCode, choice, timeZone), languageCode };
}

export type ZoneDependencies = Pick<ReaderDependencies, 'timeZone'> & {
  readonly settings: Pick<Settings, 'documents'>;
};

/** Returns the time zone in which the sender of an update reads dates and times. */
export async function zoneOf({ settings, timeZone }: ZoneDependencies, ctx: BotContext): Promise<string> {
  return timeZoneOf(languageOf(ctx), await settings.documents(ctx.account.id), timeZone);
}
