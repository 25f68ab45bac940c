import { expect, test } from 'vitest';
import { defaultChoice } from '../../src/domain/document-choice.ts';
import { engineNames } from '../../src/domain/engine-names.ts';
import type { Segment } from '../../src/domain/transcript.ts';
import type { Transcription } from '../../src/domain/transcription.ts';
import { loadTexts } from '../../src/texts/texts.ts';
import { createWording } from '../../src/texts/wording.ts';

const wording = createWording(loadTexts(), 'Asia/Tehran', (id) => engineNames[id]);

const segment = (start: number, engine?: 'vira' | 'eboo'): Segment => ({
  start,
  end: start + 10,
  text: 'سلام',
  words: [],
  averageLogProbability: null,
  noSpeechProbability: null,
  compressionRatio: null,
  ...(engine && { engine }),
});

/** Returns the engines as the document's heading names them, without the marks that only set directions. */
function enginesOf(languageCode: string, segments: readonly Segment[]): string | undefined {
  const file = { languageCode, sentAt: new Date(0), fileName: 'talk.ogg' } as Transcription;
  const transcript = { language: 'fa', languageProbability: null, segments };
  const { content } = wording.document(
    file,
    { transcript, durationSeconds: 100, engine: 'local' },
    defaultChoice,
  );
  return content.facts.at(-1)?.value.replaceAll(/[\u2066-\u2069]/g, '');
}

test('a document names the engine that transcribed it', () => {
  expect(enginesOf('en', [segment(0), segment(10)])).toBe('LOCAL');
});

test('a document of several engines names the part of each', () => {
  const segments = [
    segment(0),
    segment(10, 'vira'),
    segment(20, 'vira'),
    segment(30),
    segment(70, 'vira'),
    segment(80, 'eboo'),
  ];
  expect(enginesOf('en', segments)).toBe('LOCAL, VIRA (0:10–0:30, 1:10–1:20), EBOO (1:20–1:30)');
  expect(enginesOf('fa', segments)).toBe('LOCAL، ویرا (۰:۱۰ تا ۰:۳۰ و ۱:۱۰ تا ۱:۲۰)، ایبو (۱:۲۰ تا ۱:۳۰)');
});

test('a speaker is named in the user’s language, or left out where the user does not want one', () => {
  const talk = [
    { ...segment(0), speaker: 'speaker_1' },
    { ...segment(10), speaker: 'Sara' },
    { ...segment(20), speaker: 'speaker_0' },
  ];
  const speakersOf = (languageCode: string, speakers: 'shown' | 'hidden') => {
    const file = { languageCode, sentAt: new Date(0), fileName: 'talk.ogg' } as Transcription;
    const transcript = { language: 'fa', languageProbability: null, segments: talk };
    const stored = { transcript, durationSeconds: 100, engine: 'elevenlabs' } as const;
    const { content } = wording.document(file, stored, { ...defaultChoice, speakers });
    return [...content.paragraphs].map(({ speaker }) => speaker);
  };
  expect(speakersOf('fa', 'shown')).toEqual(['گویندهٔ ۱', 'Sara', 'گویندهٔ ۲']);
  expect(speakersOf('en', 'shown')).toEqual(['Speaker 1', 'Sara', 'Speaker 2']);
  expect(speakersOf('en', 'hidden')).toEqual([null]);
});
