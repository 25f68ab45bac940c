import { z } from 'zod';
import { addUsage, noUsage, type TokenUsage } from '../../../../app/ports/language-model.ts';
import { createStatementChecker } from '../checks/check-statement.ts';
import { choiceCalls, chooseStatements } from '../choose-statements.ts';
import type { Minutes, MinutesOptions, Provable, ProvenStatement, Source } from '../contract.ts';
import { callsOf, estimateCalls, missingRanges, runSections, type SectionWork } from '../run-sections.ts';
import { asData, dataRules, statementRules } from '../section-data.ts';
import { checkDrafts, draftFields, withoutRepetitions } from './statement-drafts.ts';

/** Maximum statements of one section of the minutes. */
const maxStatements = 12;
/** Statements of one call, for its output tokens. */
const statementsPerCall = 14;
const schema = z.object({ statements: z.array(z.object({ section: z.coerce.number(), ...draftFields })) });
const maxInstructionLength = 500;

/** Prepares minutes by a template. The template's texts are a user's, so they are data. */
export function prepareMinutes(source: Source, { language, template }: MinutesOptions): Provable<Minutes> {
  const form = template.sections.map(
    ({ title, instructions }, at) =>
      `[${at + 1}] ${asData(title)}: ${asData(instructions).slice(0, maxInstructionLength).toWellFormed()}`,
  );
  const work: SectionWork<z.infer<typeof schema>> = {
    instructions: `You write the minutes of a recording.
${dataRules}
The block "form" lists the sections of the minutes, "[number] title: what belongs there".
Write the statements that belong into these sections, at most ${statementsPerCall}. A block "context" may come before the
transcript; write no statement about it alone. Leave a section empty when nothing was said for it.
"section" is the number of the section in the form.
${statementRules(language)}`,
    schema,
    extra: [{ name: 'form', lines: form }],
    output: { base: statementsPerCall * 180, share: 0 },
    hasOverlap: true,
  };
  return {
    estimate: (profile) => {
      const calls = callsOf(work, source.segments, profile);
      const perSection = Math.ceil((calls.length * statementsPerCall) / Math.max(1, form.length));
      const selections = form.flatMap(() => choiceCalls(perSection, maxStatements, profile));
      return estimateCalls([...calls, ...selections], profile);
    },
    async run(context) {
      const checker = createStatementChecker(source, context.commonWords);
      const { values, usage } = await runSections(work, source.segments, context);
      const made: ProvenStatement[][] = form.map(() => []);
      let leftOut = 0;
      for (const { section, value } of values) {
        const checked = checkDrafts(value?.statements ?? [], section, checker, language);
        leftOut += checked.leftOut;
        for (const { draft, statement } of checked.passed) {
          const place = made[draft.section - 1];
          if (place === undefined) leftOut += 1;
          else place.push(statement);
        }
      }
      const sections: { title: string; statements: readonly ProvenStatement[] }[] = [];
      let chosenUsage: TokenUsage = noUsage;
      for (const [at, { title }] of template.sections.entries()) {
        const purpose = 'for minutes';
        const chosen = await chooseStatements(
          withoutRepetitions(made[at] ?? []),
          maxStatements,
          purpose,
          context,
        );
        chosenUsage = addUsage(chosenUsage, chosen.usage);
        sections.push({ title, statements: chosen.selected });
      }
      return {
        result: { sections },
        leftOut,
        missing: missingRanges(values),
        usage: addUsage(usage, chosenUsage),
      };
    },
  };
}
