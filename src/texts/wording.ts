import type { Wording } from '../app/ports.ts';
import { type DocumentContent, usualLook } from '../domain/document.ts';
import type { EngineId, NameInLanguages } from '../domain/engine-names.ts';
import { textLanguage } from '../domain/languages.ts';
import { documentParagraphs } from '../domain/paragraphs.ts';
import { normalisePersian } from '../domain/persian/normalise.ts';
import type { Transcript } from '../domain/transcript.ts';
import { dateStamp, dateTime, duration } from './format.ts';
import type { Texts } from './texts.ts';

/** How a transcript's document reads: its title, facts and file name in the person's language and calendar. */
export function createWording(
  texts: Texts,
  timeZone: string,
  engineName: (id: EngineId) => NameInLanguages,
): Wording {
  return {
    document({ languageCode, sentAt, fileName }, { transcript, durationSeconds, engine }) {
      const say = (key: string, variables = {}) => texts(languageCode, key, variables);
      const date = dateTime(languageCode, sentAt, timeZone);
      const stamp = dateStamp(languageCode, sentAt, timeZone);
      const nameOfFile = fileName?.replace(/\.[^.]{1,5}$/, '').trim();
      const language = textLanguage(languageCode);
      const isPersian = language === 'fa';
      return {
        baseName: nameOfFile || say('document-name', { stamp }),
        content: {
          title: nameOfFile || say('document-title', { date }),
          direction: isPersian ? 'rtl' : 'ltr',
          language: transcript.language ?? language,
          facts: [
            ...(fileName === null ? [] : [{ label: say('document-file'), value: fileName }]),
            {
              label: say('document-date'),
              value: isPersian ? `${date} (${gregorianDate(sentAt, timeZone)})` : date,
            },
            { label: say('document-duration'), value: duration(texts, languageCode, durationSeconds) },
            { label: say('document-engine'), value: engineName(engine)[language] },
          ],
          source: {
            fileName,
            sentAt: sentAt.toISOString(),
            durationSeconds,
            engine: engineName(engine)[language],
            language: transcript.language,
          },
          paragraphs: paragraphsOf(transcript),
          labels: {
            time: say('document-time'),
            speaker: say('document-speaker'),
            text: say('document-text'),
            undrawn: say('document-undrawn'),
          },
          look: usualLook,
        },
      };
    },
  };
}

/** Persian is written as the school books write it; what was heard is kept beside it. */
function paragraphsOf({ language, segments }: Transcript): DocumentContent['paragraphs'] {
  return language === 'fa'
    ? documentParagraphs(segments, (heard) => normalisePersian(heard))
    : documentParagraphs(segments);
}

/** The day in the other calendar, in Persian words: `۲۲ نوامبر ۲۰۲۶`. */
function gregorianDate(date: Date, timeZone: string): string {
  return new Intl.DateTimeFormat('fa-IR-u-ca-gregory', { dateStyle: 'long', timeZone }).format(date);
}
