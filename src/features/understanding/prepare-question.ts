import { dateTimeFormat } from '../../domain/formats.ts';
import { timeZoneOf } from '../../domain/time-zone.ts';
import type { History } from '../history/index.ts';
import { type FoundTranscript, findTranscripts, passagesAround, wordsOfQuestion } from './find-passages.ts';
import {
  type PrepareDependencies,
  type PreparedWork,
  readNumberedSegments,
  storable,
} from './prepare-work.ts';
import type { NumberedSegment, Source } from './provable/contract.ts';
import { prepareQuestion } from './provable/kinds/question.ts';
import type { LeasedTask } from './store/tasks.ts';

export type PrepareQuestionDependencies = PrepareDependencies & {
  readonly history: Pick<History, 'page' | 'alike'>;
};

/**
 * Prepares a question about all transcripts of a user: a search finds where its words stand, and the language model reads
 * what is around them. Where nothing is found, it is not asked.
 */
export async function prepareSearch(
  dependencies: PrepareQuestionDependencies,
  { userId, options, languageCode }: Pick<LeasedTask, 'userId' | 'options' | 'languageCode'>,
): Promise<PreparedWork> {
  const { language, question = '' } = options;
  const asked = wordsOfQuestion(question);
  const { found, words } = await findTranscripts(dependencies.history, userId, asked);
  const segments: NumberedSegment[] = [];
  const sources = new Map<number, FoundTranscript>();
  let spoken: string | null = null;
  for (const transcript of found) {
    const first = (segments.at(-1)?.number ?? 0) + 1;
    const read = await readNumberedSegments(dependencies, transcript.id, languageCode, first);
    if (read === null) continue;
    spoken ??= read.language;
    for (const segment of passagesAround(read.segments, words)) {
      segments.push(segment);
      sources.set(segment.number, transcript);
    }
  }
  if (segments.length === 0) return nothingFound(language);
  const choice = await dependencies.settings.documents(userId);
  const timeZone = timeZoneOf(languageCode, choice, dependencies.timeZone);
  // The format of Canada is YYYY-MM-DD.
  const dayOf = (date: Date) => dateTimeFormat('en-CA', { timeZone }).format(date);
  const source: Source = { segments, language: spoken };
  return storable(prepareQuestion(source, { language, question }), language, ({ statements }) => ({
    kind: 'question',
    items: statements.flatMap((statement) => {
      const from = sources.get(statement.segments[0] ?? 0);
      if (from === undefined) return [];
      return [{ ...statement, from: { id: from.id, name: from.name, day: dayOf(from.sentAt) } }];
    }),
  }));
}

function nothingFound(language: string): PreparedWork {
  return {
    estimate: () => ({ calls: 0, inputTokens: 0, outputTokens: 0, cost: null, maxCost: null }),
    run: async ({ model }) => ({
      ...{
        kind: 'question',
        model: model.profile.modelName,
        language,
        leftOut: 0,
        isIncomplete: false,
        items: [],
      },
    }),
  };
}
