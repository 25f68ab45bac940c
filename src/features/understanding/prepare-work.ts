import type { LanguageModelProfile } from '../../app/ports/language-model.ts';
import type { NumberSpeakerIn } from '../../app/ports/documents.ts';
import type { Transcripts } from '../../app/ports/transcripts.ts';
import { withSpeakers } from '../../domain/speakers.ts';
import type { Estimate, Proven, Provable, RunContext, Source } from './provable/contract.ts';
import { numberSegments } from './provable/numbered-segments.ts';
import { prepareSummary } from './provable/summary.ts';
import type { ResultContent, StoredResult } from './store/stored-result.ts';
import type { TakenTask } from './store/tasks.ts';

export type PrepareDependencies = {
  readonly transcripts: Pick<Transcripts, 'find'>;
  readonly numberSpeakerIn: NumberSpeakerIn;
};

/** Work for the language model, whose result can be stored. */
export type PreparedWork = {
  estimate(profile: LanguageModelProfile): Estimate;
  /** Rejects as `Provable.run` does. */
  run(context: RunContext): Promise<StoredResult>;
};

/** Reads what a task is about. Resolves to null when nothing was said in it, or it was deleted. */
export async function prepareWork(
  dependencies: PrepareDependencies,
  task: Pick<TakenTask, 'transcriptionId' | 'kind' | 'options' | 'languageCode'>,
): Promise<PreparedWork | null> {
  const { kind, options } = task;
  const source = await readSource(dependencies, task);
  if (source === null) return null;
  switch (kind) {
    case 'summary':
      return storable(prepareSummary(source, options), options.language, ({ statements }) => ({ kind, items: statements }));
  }
}

/** Returns work whose result is stored with what is said about it. */
function storable<Result>(
  work: Provable<Result>,
  language: string,
  ofKind: (result: Result) => ResultContent,
): PreparedWork {
  return {
    estimate: (profile) => work.estimate(profile),
    async run(context) {
      const { result, leftOut, missing }: Proven<Result> = await work.run(context);
      const about = { model: context.model.profile.modelName, language, leftOut, isIncomplete: missing.length > 0 };
      return { ...about, ...ofKind(result) };
    },
  };
}

/** Reads the transcript of a task, with the speakers as its user sees them. */
async function readSource(
  { transcripts, numberSpeakerIn }: PrepareDependencies,
  { transcriptionId, languageCode }: Pick<TakenTask, 'transcriptionId' | 'languageCode'>,
): Promise<Source | null> {
  const stored = transcriptionId === null ? null : await transcripts.find(transcriptionId);
  if (stored === null) return null;
  const { transcript } = stored;
  const segments = withSpeakers(transcript.segments, 'shown', numberSpeakerIn(languageCode));
  const numbered = numberSegments({ ...transcript, segments }, null);
  if (numbered.every(({ text }) => text.trim() === '')) return null;
  return { segments: numbered, language: transcript.language };
}
