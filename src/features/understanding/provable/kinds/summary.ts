import { z } from 'zod';
import { addUsage } from '../../../../app/ports/language-model.ts';
import { createStatementChecker } from '../checks/check-statement.ts';
import { choiceCalls, chooseStatements } from '../choose-statements.ts';
import type { OutputOptions, Provable, Source, Summary } from '../contract.ts';
import { callsOf, estimateCalls, missingRanges, runSections, type SectionWork } from '../run-sections.ts';
import { dataRules, statementRules } from '../section-data.ts';
import { checkDrafts, draftSchema, withoutRepetitions } from './statement-drafts.ts';

const maxStatements = 7;
const schema = z.object({ statements: z.array(draftSchema) });

/** Prepares the summary of a source: three to seven statements. */
export function prepareSummary(source: Source, { language }: OutputOptions): Provable<Summary> {
  const work: SectionWork<z.infer<typeof schema>> = {
    instructions: `You summarise a recording.
${dataRules}
Write three to ${maxStatements} statements that say what the transcript is about and what comes of it, in its order. A
block "context" comes before the transcript; write no statement about it alone.
${statementRules(language)}`,
    schema,
    extra: [],
    output: { base: maxStatements * 180, share: 0 },
    hasOverlap: true,
  };
  return {
    estimate: (profile) => {
      const calls = callsOf(work, source.segments, profile);
      return estimateCalls(
        [...calls, ...choiceCalls(calls.length * maxStatements, maxStatements, profile)],
        profile,
      );
    },
    async run(context) {
      const checker = createStatementChecker(source, context.commonWords);
      const { values, usage } = await runSections(work, source.segments, context);
      let leftOut = 0;
      const made = values.flatMap(({ section, value }) => {
        const checked = checkDrafts(value?.statements ?? [], section, checker, language);
        leftOut += checked.leftOut;
        return checked.passed.map(({ statement }) => statement);
      });
      const chosen = await chooseStatements(
        withoutRepetitions(made),
        maxStatements,
        'for a summary',
        context,
      );
      return {
        result: { statements: chosen.selected },
        leftOut,
        missing: missingRanges(values),
        usage: addUsage(usage, chosen.usage),
      };
    },
  };
}
