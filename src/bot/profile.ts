import type { Api } from 'grammy';
import type { LanguageCode } from 'grammy/types';
import type { Texts } from '../texts/texts.ts';

/** Languages of the profile; without a code, every language that has no profile of its own. */
const profileLanguages = [undefined, 'fa', 'en'] as const satisfies readonly (LanguageCode | undefined)[];

/**
 * Sets what users see before they start the bot: its name, its description (the empty chat shows it) and its short
 * description (its profile shows it). English in every language that is neither Persian nor English. Only what differs
 * is set, because Telegram allows few changes a day.
 */
export async function publishProfile(api: Api, texts: Texts): Promise<void> {
  for (const language of profileLanguages) {
    const scope = language === undefined ? {} : { language_code: language };
    const say = (key: string) => texts(language ?? 'en', key);
    const name = say('bot-name');
    if ((await api.getMyName(scope)).name !== name) await api.setMyName(name, scope);
    const description = say('bot-description');
    if ((await api.getMyDescription(scope)).description !== description)
      await api.setMyDescription(description, scope);
    const short = say('bot-short-description');
    if ((await api.getMyShortDescription(scope)).short_description !== short)
      await api.setMyShortDescription(short, scope);
  }
}
