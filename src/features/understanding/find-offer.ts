import type { LanguageModelProfile } from '../../app/ports/language-model.ts';
import type { FindUnderstandingOffer } from '../../app/ports/understanding-offers.ts';
import { textLanguage } from '../../domain/languages.ts';
import { type PrepareDependencies, prepareWork } from './prepare-work.ts';

/**
 * Returns a function that says what the language model would cost for a transcript. It is offered in private chats, for
 * uploads of the user: notes of a connected account go to the engine that was chosen for them, and to nobody else.
 * @param profile null: there is no language model
 */
export function createOffers(
  dependencies: PrepareDependencies,
  profile: LanguageModelProfile | null,
): FindUnderstandingOffer {
  return async ({ id, chatId, userId, purpose, languageCode }) => {
    if (profile === null || chatId !== userId || purpose != null) return null;
    const isPrivate = profile.privacy.destination === null;
    if (profile.price === null) return { isPrivate, cost: null };
    const work = await prepareWork(dependencies, {
      ...{ userId, transcriptionId: id, kind: 'summary', languageCode },
      options: { language: textLanguage(languageCode) },
    });
    return { isPrivate, cost: work?.estimate(profile).cost ?? null };
  };
}
