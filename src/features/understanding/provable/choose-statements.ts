import { z } from 'zod';
import {
  addUsage,
  type LanguageModelProfile,
  noUsage,
  type TokenUsage,
} from '../../../app/ports/language-model.ts';
import { maxTokensOf } from '../../../domain/tokens.ts';
import type { ProvenStatement, RunContext } from './contract.ts';
import { loadOrCall } from './run-sections.ts';
import { asData, dataRules } from './section-data.ts';

const schema = z.object({ numbers: z.array(z.coerce.number()) });
/** Output tokens of a list of numbers. */
const choiceTokens = 300;
/** Tokens of the instructions, the marks and the code. */
const fixedTokens = 1_300;

/**
 * Chooses the most important statements. The model names their numbers and writes no text, so that what was proved stays
 * proved. Lists that do not fit the context are reduced group by group.
 * @param purpose what they are important for, in English
 * @returns the chosen ones in their order; evenly chosen ones where the model's choice cannot be used
 */
export async function chooseStatements<Made extends ProvenStatement>(
  statements: readonly Made[],
  max: number,
  purpose: string,
  context: RunContext,
): Promise<{ readonly selected: readonly Made[]; readonly usage: TokenUsage }> {
  let usage: TokenUsage = noUsage;
  let left = statements;
  while (left.length > max) {
    const groups = groupStatements(
      left,
      context.model.profile.contextTokens - context.model.profile.thinkingTokens,
    );
    const isLast = groups.length === 1;
    const chosen: Made[] = [];
    for (const group of groups) {
      // Half of each group stays until the rest fits one call.
      const wanted = isLast ? max : Math.max(1, Math.ceil(group.length / 2));
      const saved = await loadOrCall(
        {
          instructions: instructionsFor(wanted, purpose),
          schema,
          blocks: [{ name: 'statements', lines: group.map(({ text }, at) => `[${at + 1}] ${asData(text)}`) }],
          maxOutputTokens: choiceTokens + wanted * 4,
        },
        context,
      );
      usage = addUsage(usage, saved.usage);
      chosen.push(...pick(group, wanted, saved.value));
    }
    left = chosen;
  }
  return { selected: left, usage };
}

/** Tokens of a statement in a list, at most, for estimates. */
const tokensPerStatement = 150;

/** Returns the tokens of the calls that choose `max` of `count` statements, at most. */
export function choiceCalls(
  count: number,
  max: number,
  { contextTokens, thinkingTokens }: LanguageModelProfile,
): { readonly inputTokens: number; readonly outputTokens: number }[] {
  const calls: { inputTokens: number; outputTokens: number }[] = [];
  const perCall = Math.max(2, Math.floor(roomOf(contextTokens - thinkingTokens) / tokensPerStatement));
  for (let left = count; left > max; ) {
    const groups = Math.ceil(left / perCall);
    for (let at = 0; at < groups; at += 1) {
      const size = Math.min(perCall, left - at * perCall);
      calls.push({
        inputTokens: fixedTokens + size * tokensPerStatement,
        outputTokens: choiceTokens + size * 4,
      });
    }
    left = groups === 1 ? max : Math.ceil(left / 2);
  }
  return calls;
}

function instructionsFor(wanted: number, purpose: string): string {
  return `You choose statements about a recording.
${dataRules}
Choose the ${wanted} statements that are most important ${purpose}. Prefer decisions, results and reasons to details, and
cover the whole recording. Do not choose two that say the same.
Give "numbers": the numbers of the chosen statements.`;
}

function roomOf(contextTokens: number): number {
  return Math.max(500, contextTokens - fixedTokens - choiceTokens * 2);
}

function groupStatements<Made extends ProvenStatement>(
  statements: readonly Made[],
  contextTokens: number,
): Made[][] {
  const room = roomOf(contextTokens);
  const groups: Made[][] = [[]];
  let used = 0;
  for (const statement of statements) {
    const tokens = maxTokensOf(asData(statement.text)) + 8;
    if (used + tokens > room && used > 0) {
      groups.push([]);
      used = 0;
    }
    groups.at(-1)?.push(statement);
    used += tokens;
  }
  return groups;
}

function pick<Made>(group: readonly Made[], wanted: number, value: unknown): Made[] {
  const parsed = schema.safeParse(value);
  const numbers = [...new Set(parsed.success ? parsed.data.numbers : [])]
    .filter((number) => Number.isInteger(number) && number >= 1 && number <= group.length)
    .slice(0, wanted);
  const usable = numbers.length > 0 ? numbers : spread(group.length, wanted);
  return usable.toSorted((one, other) => one - other).flatMap((number) => group[number - 1] ?? []);
}

/** Returns numbers from 1 to `count`, evenly spread. */
function spread(count: number, wanted: number): number[] {
  return Array.from({ length: Math.min(wanted, count) }, (_, at) => 1 + Math.floor((at * count) / wanted));
}
