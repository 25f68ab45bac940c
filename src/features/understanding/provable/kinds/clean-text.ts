import { z } from 'zod';
import { isCleanedOnly } from '../checks/check-cleaned.ts';
import type { CleanText, Provable, Source } from '../contract.ts';
import { callsOf, estimateCalls, missingRanges, runSections, type SectionWork } from '../run-sections.ts';
import { dataRules } from '../section-data.ts';

const schema = z.object({ lines: z.array(z.object({ number: z.coerce.number(), text: z.string() })) });

const work: SectionWork<z.infer<typeof schema>> = {
  instructions: `You clean the text of a recording for readers.
${dataRules}
For each line that needs it, give its "number" and the cleaned "text", without the speaker. Leave out filler words,
repetitions and false starts, and mend punctuation, spaces and half-spaces. Keep all other words as they are and in their
order, in the same language and the same form. Add no word, replace no word, and do not move words to another line. Leave
out lines that are clean.`,
  schema,
  extra: [],
  output: { base: 200, share: 1.1 },
  hasOverlap: false,
};

/** Prepares the cleaned text of a source, segment by segment. A cleaned text that says something else is not used. */
export function prepareCleanText(source: Source): Provable<CleanText> {
  return {
    estimate: (profile) => estimateCalls(callsOf(work, source.segments, profile), profile),
    async run(context) {
      const { values, usage } = await runSections(work, source.segments, context);
      const cleaned = new Map<number, string>();
      let leftOut = 0;
      for (const { section, value } of values) {
        const originals = new Map(section.own.map(({ number, text }) => [number, text]));
        for (const { number, text } of value?.lines ?? []) {
          const original = originals.get(number);
          const tidy = text.replaceAll(/\s+/g, ' ').trim();
          if (tidy === original) continue;
          if (original === undefined || cleaned.has(number) || !isCleanedOnly(original, tidy)) leftOut += 1;
          else cleaned.set(number, tidy);
        }
      }
      return {
        result: {
          segments: source.segments.map(({ number, text }) => ({
            number,
            text: cleaned.get(number) ?? text,
            isCleaned: cleaned.has(number),
          })),
        },
        leftOut,
        missing: missingRanges(values),
        usage,
      };
    },
  };
}
