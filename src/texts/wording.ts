import type { Wording } from '../app/ports.ts';
import { toParagraphs } from '../domain/paragraphs.ts';
import { dateStamp, dateTime, duration } from './format.ts';
import { type Texts, textLanguage } from './texts.ts';

/** How a transcript's document reads: its title, facts and file name in the person's language and calendar. */
export function createWording(texts: Texts, timeZone: string, engineName: (id: string) => string): Wording {
  return {
    document({ languageCode, sentAt, fileName }, { transcript, durationSeconds, engine }) {
      const say = (key: string, variables = {}) => texts(languageCode, key, variables);
      const date = dateTime(languageCode, sentAt, timeZone);
      const stamp = dateStamp(languageCode, sentAt, timeZone);
      const nameOfFile = fileName?.replace(/\.[^.]{1,5}$/, '').trim();
      return {
        baseName: nameOfFile || say('document-name', { stamp }),
        content: {
          title: nameOfFile || say('document-title', { date }),
          direction: textLanguage(languageCode) === 'fa' ? 'rtl' : 'ltr',
          language: transcript.language ?? textLanguage(languageCode),
          facts: [
            ...(fileName === null ? [] : [{ label: say('document-file'), value: fileName }]),
            { label: say('document-date'), value: date },
            { label: say('document-duration'), value: duration(texts, languageCode, durationSeconds) },
            { label: say('document-engine'), value: engineName(engine) },
          ],
          paragraphs: toParagraphs(transcript.segments),
        },
      };
    },
  };
}
