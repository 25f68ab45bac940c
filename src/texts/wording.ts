import type { Wording } from '../app/ports/documents.ts';
import { lookOf, writerFor } from '../domain/document-choice.ts';
import type { EngineId, NameInLanguages } from '../domain/engine-names.ts';
import { beginningLength, titleInName, titleInText } from '../domain/file-title.ts';
import { dateTimeFormat } from '../domain/formats.ts';
import { textLanguage } from '../domain/languages.ts';
import type { Range } from '../domain/loudness.ts';
import { lowConfidenceLimit } from '../domain/low-confidence.ts';
import { documentParagraphs } from '../domain/paragraphs.ts';
import { withSpeakers } from '../domain/speakers.ts';
import { timeZoneOf } from '../domain/time-zone.ts';
import { type Segment, type Transcript, transcriptText } from '../domain/transcript.ts';
import {
  formatDateStamp,
  formatDateTime,
  formatDuration,
  formatTimeRanges,
  isolate,
  languageName,
} from './format.ts';
import type { Texts } from './texts.ts';

/**
 * Creates the texts of a transcript's documents: title, facts and file name in the user's language,
 * calendar and time zone.
 * @param serverZone IANA time zone of users of whom none is known
 */
export function createWording(
  texts: Texts,
  serverZone: string,
  engineName: (id: EngineId) => NameInLanguages,
): Wording {
  const fileTitle: Wording['fileTitle'] = ({ fileName, language, beginning }, choice) =>
    titleInName(fileName) ?? titleInText(writerFor(language, choice)(beginning));
  return {
    heading: (languageCode, name, sentAt, choice) =>
      texts(languageCode, 'document-heading', {
        name: isolate(name),
        time: formatDateTime(languageCode, sentAt, timeZoneOf(languageCode, choice, serverZone)),
      }),

    fileTitle,

    voiceRemembered: (languageCode, name, outcome) =>
      texts(languageCode, 'voice-remembered', { name: isolate(name), outcome }),

    numbered: (languageCode, name, number) => texts(languageCode, 'document-numbered', { name, number }),

    document(
      { languageCode, sentAt, senderName, fileName },
      { transcript, durationSeconds, engine },
      choice,
    ) {
      const timeZone = timeZoneOf(languageCode, choice, serverZone);
      const say = (key: string, variables = {}) => texts(languageCode, key, variables);
      const date = formatDateTime(languageCode, sentAt, timeZone);
      const stamp = formatDateStamp(languageCode, sentAt, timeZone);
      const nameOfFile = titleInName(fileName);
      const language = textLanguage(languageCode);
      const segments = withSpeakers(transcript.segments, choice.speakers, (number) =>
        say('document-speaker-number', { number }),
      );
      const paragraphs = documentParagraphs(segments, writerFor(transcript.language, choice));
      const isPersian = language === 'fa';
      const enginesOf = ({ segments }: Transcript) => {
        const others = rangesByOthers(segments).map(({ id, ranges }) =>
          say('document-ranges-by', {
            engine: isolate(engineName(id)[language]),
            ranges: formatTimeRanges(texts, languageCode, ranges),
          }),
        );
        return [engineName(engine)[language], ...others].join(isPersian ? '، ' : ', ');
      };
      return {
        baseName:
          fileTitle(
            { fileName, language: transcript.language, beginning: beginningOf(transcript) },
            choice,
          ) ?? [say('document-name', { stamp }), senderName].filter(Boolean).join(' '),
        content: {
          title: nameOfFile ?? say('document-title', { date }),
          direction: isPersian ? 'rtl' : 'ltr',
          language: transcript.language ?? language,
          facts: [
            ...(fileName === null ? [] : [{ label: say('document-file'), value: fileName }]),
            ...(senderName === null ? [] : [{ label: say('document-sender'), value: senderName }]),
            {
              label: say('document-date'),
              value: isPersian ? `${date} (${gregorianDate(sentAt, timeZone)})` : date,
            },
            { label: say('document-duration'), value: formatDuration(texts, languageCode, durationSeconds) },
            ...(transcript.language === null
              ? []
              : [
                  {
                    label: say('document-language'),
                    value: languageName(languageCode, transcript.language),
                  },
                ]),
            { label: say('document-engine'), value: enginesOf(transcript) },
          ],
          source: {
            fileName,
            sentAt: sentAt.toISOString(),
            durationSeconds,
            engine: engineName(engine)[language],
            language: transcript.language,
          },
          paragraphs,
          lowConfidenceBelow: lowConfidenceLimit(paragraphs),
          labels: {
            time: say('document-time'),
            speaker: say('document-speaker'),
            text: say('document-text'),
            missingGlyphs: say('document-missing-glyphs'),
          },
          look: lookOf(choice),
        },
      };
    },
  };
}

/** Number of segments that hold the first words of a transcript. */
const firstSegments = 50;

/** Returns the beginning of a transcript's text, as `Transcripts.findWithEarlier` returns it. */
function beginningOf({ segments, ...transcript }: Transcript): string {
  return transcriptText({ ...transcript, segments: segments.slice(0, firstSegments) }).slice(
    0,
    beginningLength,
  );
}

/**
 * Returns the engines other than the transcription's own that transcribed something, each with its
 * time ranges.
 */
function rangesByOthers(segments: readonly Segment[]): { id: EngineId; ranges: Range[] }[] {
  const byEngine = new Map<EngineId, Range[]>();
  let previous: EngineId | undefined;
  for (const { engine, start, end } of segments) {
    const own = engine && byEngine.get(engine);
    if (own !== undefined && engine === previous) own.push({ start: own.pop()?.start ?? start, end });
    else if (own !== undefined) own.push({ start, end });
    else if (engine !== undefined) byEngine.set(engine, [{ start, end }]);
    previous = engine;
  }
  return [...byEngine].map(([id, ranges]) => ({ id, ranges }));
}

/** Returns the date in the Gregorian calendar in Persian words: `۲۲ نوامبر ۲۰۲۶`. */
function gregorianDate(date: Date, timeZone: string): string {
  return dateTimeFormat('fa-IR-u-ca-gregory', { dateStyle: 'long', timeZone }).format(date);
}
