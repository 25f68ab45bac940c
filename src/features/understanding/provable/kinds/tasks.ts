import { z } from 'zod';
import { addUsage } from '../../../../app/ports/language-model.ts';
import { createStatementChecker, type StatementChecker } from '../checks/check-statement.ts';
import { findWords } from '../checks/find-quote.ts';
import { createNameSearch } from '../checks/names.ts';
import { tokensOf } from '../checks/word-tokens.ts';
import { choiceCalls, chooseStatements } from '../choose-statements.ts';
import type {
  FoundTask,
  NumberedSegment,
  Provable,
  ProvenStatement,
  Source,
  TaskOptions,
  Tasks,
} from '../contract.ts';
import { resolveDate } from '../dates/resolve-date.ts';
import { callsOf, estimateCalls, missingRanges, runSections, type SectionWork } from '../run-sections.ts';
import { dataRules, statementRules } from '../section-data.ts';
import { checkDrafts, draftFields, givenSegments, withoutRepetitions } from './statement-drafts.ts';

/** Maximum tasks of a source, and of one call. */
const maxTasks = 40;
const tasksPerCall = 10;
const maxWhoLength = 80;

const taskSchema = z.object({
  ...draftFields,
  who: z.string().nullable(),
  due: z.string().nullable(),
  amounts: z.array(z.string()),
});
const schema = z.object({ tasks: z.array(taskSchema) });
type TaskDraft = z.infer<typeof taskSchema>;

/** Prepares the tasks and dates of a source. */
export function prepareTasks(
  source: Source,
  { language, recordedAt, timeZone }: TaskOptions,
): Provable<Tasks> {
  const work: SectionWork<z.infer<typeof schema>> = {
    instructions: `You find the tasks, appointments and promises in a recording.
${dataRules}
Write at most ${tasksPerCall}: what somebody has to do or has promised, and what happens at a time. A block "context" may
come before the transcript; write none about it alone. When there are none, the list is empty.
- "who": the name of who has to do it, as it is said or as it stands before the colon; null when it is not said.
- "due": the words of the lines that say when, copied without any change; null when it is not said. Do not compute a date.
- "amounts": the amounts of money and quantities in "text".
${statementRules(language)}`,
    schema,
    extra: [],
    output: { base: tasksPerCall * 220, share: 0 },
    hasOverlap: true,
  };
  return {
    estimate: (profile) => {
      const calls = callsOf(work, source.segments, profile);
      return estimateCalls(
        [...calls, ...choiceCalls(calls.length * tasksPerCall, maxTasks, profile)],
        profile,
      );
    },
    async run(context) {
      const checker = createStatementChecker(source, context.commonWords);
      const { values, usage } = await runSections(work, source.segments, context);
      let leftOut = 0;
      const made = values.flatMap(({ section, value }) => {
        const checked = checkDrafts(value?.tasks ?? [], section, checker, language);
        leftOut += checked.leftOut;
        return checked.passed.flatMap(({ draft, statement }) => {
          const task = checkTask(draft, statement, givenSegments(section), checker);
          if (task === null) leftOut += 1;
          return task ?? [];
        });
      });
      const chosen = await chooseStatements(
        withoutRepetitions(made),
        maxTasks,
        'for a list of tasks',
        context,
      );
      return {
        result: { tasks: chosen.selected },
        leftOut,
        missing: missingRanges(values),
        usage: addUsage(usage, chosen.usage),
      };
    },
  };

  /** Returns the task; null when who, when or how much was not said in its segments. */
  function checkTask(
    draft: TaskDraft,
    statement: ProvenStatement,
    segments: readonly NumberedSegment[],
    checker: StatementChecker,
  ): FoundTask | null {
    const cited = segments.filter(({ number }) => statement.segments.includes(number));
    const who = nameOfDoer(draft.who, cited);
    if (who !== null && (who.length > maxWhoLength || !isNamed(who, cited))) return null;
    const due = draft.due?.trim() || null;
    const dueWords = due === null ? null : findWords(due, cited);
    if (due !== null && dueWords === null) return null;
    const amounts = draft.amounts.map((amount) => amount.trim()).filter((amount) => amount !== '');
    if (amounts.some((amount) => checker.checkText(amount, cited, language) !== null)) return null;
    return {
      ...statement,
      who,
      due: dueWords === null ? null : resolveDate(dueWords, recordedAt, timeZone),
      amounts,
    };
  }
}

/** Words by which a speaker means themselves. */
const self = new Set('من خودم ما i me we'.split(' '));

/** Returns who has to do it: for «من» the speaker of the first segment, where the speaker is known. */
function nameOfDoer(who: string | null, [first]: readonly NumberedSegment[]): string | null {
  const name = who?.trim() || null;
  return name !== null && self.has(name.toLowerCase()) ? (first?.speaker ?? null) : name;
}

/** Returns true when each word of a name was said, or is the speaker's name. */
function isNamed(who: string, cited: readonly NumberedSegment[]): boolean {
  const words = cited.flatMap(({ text, speaker }) =>
    tokensOf(`${text} ${speaker ?? ''}`).map(({ key }) => key),
  );
  const isSaid = createNameSearch(words);
  return tokensOf(who).every(({ key, kind }) => kind !== 'word' || isSaid(key));
}
