import { z } from 'zod';
import { addUsage } from '../../../../app/ports/language-model.ts';
import { createStatementChecker } from '../checks/check-statement.ts';
import { choiceCalls, chooseStatements } from '../choose-statements.ts';
import type { Provable, QuestionOptions, QuestionResult, Source } from '../contract.ts';
import { callsOf, estimateCalls, missingRanges, runSections, type SectionWork } from '../run-sections.ts';
import { asData, dataRules, statementRules } from '../section-data.ts';
import { checkDrafts, draftSchema, withoutRepetitions } from './statement-drafts.ts';

const maxStatements = 5;
/** Maximum length of a question, in UTF-16 units. */
const maxQuestionLength = 1_000;
const schema = z.object({ isAnswered: z.boolean(), statements: z.array(draftSchema) });

/** Prepares the reply to a question. A source may hold segments of several transcripts, such as those of a search. */
export function prepareQuestion(
  source: Source,
  { language, question }: QuestionOptions,
): Provable<QuestionResult> {
  const asked = asData(question).slice(0, maxQuestionLength).toWellFormed();
  const work: SectionWork<z.infer<typeof schema>> = {
    instructions: `You look for the answer to a question in a recording.
${dataRules}
The block "question" holds the question. Answer it with at most ${maxStatements} statements, from the transcript alone.
When the transcript does not answer it, "isAnswered" is false and "statements" is empty.
${statementRules(language)}`,
    schema,
    extra: [{ name: 'question', lines: [asked] }],
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
        if (value?.isAnswered !== true) return [];
        const checked = checkDrafts(value.statements, section, checker, language);
        leftOut += checked.leftOut;
        return checked.passed.map(({ statement }) => statement);
      });
      const purpose = `as an answer to this question: ${asked}`;
      const chosen = await chooseStatements(withoutRepetitions(made), maxStatements, purpose, context);
      return {
        result: { statements: chosen.selected },
        leftOut,
        missing: missingRanges(values),
        usage: addUsage(usage, chosen.usage),
      };
    },
  };
}
