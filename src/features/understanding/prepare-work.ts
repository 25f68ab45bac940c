import type { NumberSpeakerIn } from '../../app/ports/documents.ts';
import type { Lanes } from '../../app/ports/lanes.ts';
import type { LanguageModelProfile } from '../../app/ports/language-model.ts';
import type { Settings } from '../../app/ports/settings.ts';
import type { Transcripts } from '../../app/ports/transcripts.ts';
import type { TranscriptionId } from '../../domain/ids.ts';
import { withSpeakers } from '../../domain/speakers.ts';
import { timeZoneOf } from '../../domain/time-zone.ts';
import type { Texts } from '../../texts/texts.ts';
import { findTemplate } from './minutes-templates.ts';
import type {
  CleanText,
  Estimate,
  Provable,
  Proven,
  RunContext,
  Source,
  Translation,
} from './provable/contract.ts';
import { prepareChapters } from './provable/kinds/chapters.ts';
import { prepareCleanText } from './provable/kinds/clean-text.ts';
import { prepareMinutes } from './provable/kinds/minutes.ts';
import { prepareQuestion } from './provable/kinds/question.ts';
import { prepareSummary } from './provable/kinds/summary.ts';
import { prepareTasks } from './provable/kinds/tasks.ts';

import { prepareTranslation } from './provable/kinds/translation.ts';
import { numberSegments } from './provable/numbered-segments.ts';
import type { ResultContent, StoredLine, StoredResult } from './store/stored-result.ts';
import type { LeasedTask } from './store/tasks.ts';
import type { Templates } from './store/templates.ts';

export type PrepareDependencies = {
  readonly transcripts: Pick<Transcripts, 'find'>;
  readonly lanes: Pick<Lanes, 'find'>;
  readonly settings: Pick<Settings, 'documents'>;
  readonly numberSpeakerIn: NumberSpeakerIn;
  readonly templates: Pick<Templates, 'entries'>;
  readonly texts: Texts;
  /** IANA time zone of users whose own one is unknown. */
  readonly timeZone: string;
};

/** Work for the language model, whose result can be stored. */
export type PreparedWork = {
  estimate(profile: LanguageModelProfile): Estimate;
  /** Rejects as `Provable.run` does. */
  run(context: RunContext): Promise<StoredResult>;
};

type WorkTask = Pick<LeasedTask, 'userId' | 'transcriptionId' | 'kind' | 'options' | 'languageCode'>;

/** Reads what a task is about. Resolves to null when nothing was said in it, or it was deleted. */
export async function prepareWork(
  dependencies: PrepareDependencies,
  task: WorkTask,
): Promise<PreparedWork | null> {
  const { kind, options } = task;
  const source = await readSource(dependencies, task);
  if (source === null) return null;
  const { language } = options;
  switch (kind) {
    case 'summary':
      return storable(prepareSummary(source, options), language, ({ statements }) => ({
        ...{ kind, items: statements },
      }));
    case 'tasks': {
      const when = await readWhen(dependencies, task);
      if (when === null) return null;
      return storable(prepareTasks(source, { language, ...when }), language, ({ tasks }) => ({
        ...{ kind, items: tasks },
      }));
    }
    case 'chapters':
      return storable(prepareChapters(source, options), language, ({ title, chapters }) => ({
        ...{ kind, title, chapters: chapters.map(({ title: of, start }) => ({ title: of, start })) },
      }));
    case 'clean':
      return storable(prepareCleanText(source), source.language ?? language, ({ segments }) => ({
        ...{ kind, lines: linesOf(source, segments) },
      }));
    case 'translation':
      return storable(prepareTranslation(source, options), language, ({ segments }) => ({
        ...{ kind, lines: linesOf(source, segments) },
      }));
    case 'question':
      return storable(
        prepareQuestion(source, { language, question: options.question ?? '' }),
        language,
        ({ statements }) => ({ kind, items: statements }),
      );
    case 'minutes': {
      const { userId, languageCode } = task;
      const template = await findTemplate(dependencies, userId, languageCode, options.template ?? '');
      if (template === null) return null;
      return storable(prepareMinutes(source, { language, template }), language, ({ sections }) => ({
        ...{ kind, name: template.name, sections },
      }));
    }
  }
}

/** Returns work whose result is stored with what is said about it. */
export function storable<Result>(
  work: Provable<Result>,
  language: string,
  contentOf: (result: Result) => ResultContent,
): PreparedWork {
  return {
    estimate: (profile) => work.estimate(profile),
    async run(context) {
      const { result, leftOut, missing }: Proven<Result> = await work.run(context);
      const { modelName: model } = context.model.profile;
      return { model, language, leftOut, isIncomplete: missing.length > 0, ...contentOf(result) };
    },
  };
}

/** Reads the transcript of a task. Resolves to null when nothing was said in it, or it was deleted. */
async function readSource(
  dependencies: PrepareDependencies,
  { transcriptionId, languageCode }: WorkTask,
): Promise<Source | null> {
  if (transcriptionId === null) return null;
  const read = await readNumberedSegments(dependencies, transcriptionId, languageCode);
  return read === null || read.segments.every(({ text }) => text.trim() === '') ? null : read;
}

/**
 * Reads a transcript, with the speakers as its user sees them; null when it was deleted.
 * @param first number of the first segment
 */
export async function readNumberedSegments(
  { transcripts, numberSpeakerIn }: PrepareDependencies,
  id: TranscriptionId,
  languageCode: string | null,
  first = 1,
): Promise<Source | null> {
  const stored = await transcripts.find(id);
  if (stored === null) return null;
  const { transcript } = stored;
  const segments = withSpeakers(transcript.segments, 'shown', numberSpeakerIn(languageCode));
  return { segments: numberSegments({ segments }, String(id), first), language: transcript.language };
}

/** Reads from when words such as "tomorrow" count. */
async function readWhen(
  { lanes, settings, timeZone }: PrepareDependencies,
  { transcriptionId, userId, languageCode }: WorkTask,
): Promise<{ recordedAt: Date; timeZone: string } | null> {
  const file = transcriptionId === null ? null : await lanes.find(transcriptionId, userId);
  if (file === null) return null;
  const choice = await settings.documents(userId);
  return { recordedAt: file.sentAt, timeZone: timeZoneOf(languageCode, choice, timeZone) };
}

/** Returns the segments of a source with what became of their texts. */
function linesOf(source: Source, made: CleanText['segments'] | Translation['segments']): StoredLine[] {
  const texts = new Map(made.map(({ number, text }) => [number, text]));
  return source.segments.map(({ number, start, end, speaker, text: original }) => ({
    ...{ start, end, speaker, original },
    text: texts.get(number) ?? original,
  }));
}
