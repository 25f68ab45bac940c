import { textLanguage } from '../domain/languages.ts';
import type { EngineOffer } from '../domain/status.ts';
import { isolate } from '../texts/format.ts';
import type { Texts } from '../texts/texts.ts';

/** Returns the lines below the question for an engine: engines that are not ready, and where each sends the audio. */
export function listRemarks(
  texts: Texts,
  languageCode: string | null,
  engines: readonly EngineOffer[],
): string[] {
  const notes = engines.flatMap((offer) =>
    offer.readiness.state === 'ready'
      ? []
      : [
          texts(languageCode, `status-choosing-${offer.readiness.state}`, {
            engine: nameOf(offer, languageCode),
          }),
        ],
  );
  return [...notes, ...listDestinations(texts, languageCode, engines)];
}

/** Returns a line for each engine on where it sends the audio; no lines when every engine keeps it here. */
export function listDestinations(
  texts: Texts,
  languageCode: string | null,
  engines: readonly EngineOffer[],
): string[] {
  const sending = engines.filter(({ privacy }) => privacy.destination !== null);
  if (sending.length === 0) return [];
  const lines = engines.map((offer) => {
    const { destination, keeps } = offer.privacy;
    const engine = nameOf(offer, languageCode);
    return destination === null
      ? texts(languageCode, 'sent-nowhere', { engine })
      : texts(languageCode, `sent-to-${keeps}`, { engine, host: isolate(destination) });
  });
  const someUnknown = sending.some(({ privacy }) => privacy.keeps === 'unknown');
  return [
    '',
    texts(languageCode, 'sent-where'),
    ...lines,
    ...(someUnknown ? [texts(languageCode, 'sent-retention-unknown')] : []),
  ];
}

function nameOf({ name }: EngineOffer, languageCode: string | null): string {
  return isolate(name[textLanguage(languageCode)]);
}
