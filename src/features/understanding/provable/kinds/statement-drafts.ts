import { z } from 'zod';
import type { StatementChecker } from '../checks/check-statement.ts';
import { tokensOf } from '../checks/word-tokens.ts';
import type { ProvenStatement } from '../contract.ts';
import type { Section } from '../sections.ts';

/** The fields of a statement, as a model writes them. */
export const draftFields = {
  text: z.string(),
  quote: z.string(),
  segments: z.array(z.coerce.number()),
  names: z.array(z.string()),
};

export const draftSchema = z.object(draftFields);

/** The segments that a model was given in a section. */
export function givenSegments({ context, own }: Section) {
  return [...context, ...own];
}

/** Statements that passed, each with its draft, and the number of those that did not. */
export type CheckedDrafts<Draft> = {
  readonly passed: readonly { readonly draft: Draft; readonly statement: ProvenStatement }[];
  readonly leftOut: number;
};

/** Checks the statements of a section. */
export function checkDrafts<Draft extends z.infer<typeof draftSchema>>(
  drafts: readonly Draft[],
  section: Section,
  checker: StatementChecker,
  language: string,
): CheckedDrafts<Draft> {
  const segments = givenSegments(section);
  const passed = drafts.flatMap((draft) => {
    const checked = checker.check(draft, segments, language);
    return 'statement' in checked ? [{ draft, statement: checked.statement }] : [];
  });
  return { passed, leftOut: drafts.length - passed.length };
}

/** Share of words from which two statements of the same segments say the same. */
const minSharedWords = 0.8;

/** Removes statements that overlapping sections both made, and sorts the others by their moment. */
export function withoutRepetitions<Made extends ProvenStatement>(statements: readonly Made[]): Made[] {
  const kept: { readonly made: Made; readonly words: ReadonlySet<string> }[] = [];
  for (const made of statements.toSorted((one, other) => one.start - other.start)) {
    const words = new Set(tokensOf(made.text).map(({ key }) => key));
    const isKnown = kept.some(
      (other) =>
        other.made.segments.some((number) => made.segments.includes(number)) &&
        (other.made.quote === made.quote || sharedShare(words, other.words) >= minSharedWords),
    );
    if (!isKnown) kept.push({ made, words });
  }
  return kept.map(({ made }) => made);
}

function sharedShare(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  const shared = [...one].filter((word) => other.has(word)).length;
  return shared / Math.max(1, Math.max(one.size, other.size));
}
