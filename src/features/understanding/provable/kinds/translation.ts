import { z } from 'zod';
import { addUsage } from '../../../../app/ports/language-model.ts';
import { isFaithfulTranslation } from '../checks/check-translation.ts';
import type {
  NumberedSegment,
  OutputOptions,
  Provable,
  RunContext,
  Source,
  Translation,
} from '../contract.ts';
import { callsOf, estimateCalls, missingRanges, runSections, type SectionWork } from '../run-sections.ts';
import { dataRules, englishNameOf } from '../section-data.ts';

const schema = z.object({ lines: z.array(z.object({ number: z.coerce.number(), text: z.string() })) });
type Lines = z.infer<typeof schema>;

/** Prepares the translation of a source, segment by segment. */
export function prepareTranslation(source: Source, { language }: OutputOptions): Provable<Translation> {
  const work = workFor(language, false);
  return {
    estimate: (profile) => estimateCalls(callsOf(work, source.segments, profile), profile),
    async run(context) {
      const first = await translate(work, source.segments, language, context);
      // What did not pass is asked for once more, by itself.
      const left = source.segments.filter(({ number }) => !first.texts.has(number));
      const second = await translate(workFor(language, true), left, language, {
        ...context,
        onProgress: () => undefined,
      });
      const segments = source.segments.map(({ number, text, isHallucination }) => {
        const translated = first.texts.get(number) ?? second.texts.get(number);
        return { number, text: translated ?? text, isTranslated: translated !== undefined, isHallucination };
      });
      return {
        result: { language, segments: segments.map(({ isHallucination: _, ...segment }) => segment) },
        leftOut: segments.filter(({ isTranslated, isHallucination }) => !isTranslated && !isHallucination)
          .length,
        missing: missingRanges(second.values),
        usage: addUsage(first.usage, second.usage),
      };
    },
  };
}

function workFor(language: string, isRetry: boolean): SectionWork<Lines> {
  return {
    instructions: `You translate a recording into ${englishNameOf(language)}.
${dataRules}
Translate each line of the transcript by itself, completely, without its speaker. Give each line's "number" and the
translation as "text". Leave no line out, add none, and do not explain. Write every number and amount of a line, in digits.
Keep names, written as usual in ${englishNameOf(language)}.${isRetry ? '\nAn earlier translation of these lines left something out. Be exact.' : ''}`,
    schema,
    extra: [],
    output: { base: 200, share: 1.4 },
    hasOverlap: false,
  };
}

async function translate(
  work: SectionWork<Lines>,
  segments: readonly NumberedSegment[],
  language: string,
  context: RunContext,
) {
  const { values, usage } = await runSections(work, segments, context);
  const texts = new Map<number, string>();
  for (const { section, value } of values) {
    const lines = Map.groupBy(value?.lines ?? [], ({ number }) => number);
    for (const segment of section.own) {
      const [line, ...others] = lines.get(segment.number) ?? [];
      if (line === undefined || others.length > 0) continue;
      const text = line.text.replaceAll(/\s+/g, ' ').trim();
      if (isFaithfulTranslation(segment.text, text, language)) texts.set(segment.number, text);
    }
  }
  return { texts, values, usage };
}
