import { createHash } from 'node:crypto';
import type { z } from 'zod';
import {
  addUsage,
  type LanguageModel,
  LanguageModelError,
  type LanguageModelProfile,
  noUsage,
  type TokenUsage,
} from '../../../app/ports/language-model.ts';
import { maxTokensOf } from '../../../domain/tokens.ts';
import { costOfTokens } from '../budget.ts';
import type { Estimate, RunContext, SavedSection } from './contract.ts';
import { type DataBlock, renderData, segmentLine } from './section-data.ts';
import { divide, halve, type Section } from './sections.ts';

/** How one kind of work asks a model about a section. */
export type SectionWork<Value> = {
  readonly instructions: string;
  readonly schema: z.ZodType<Value>;
  /** Blocks beside the segments, such as a question. */
  readonly extra: readonly DataBlock[];
  /** Output tokens of a section: a number, and a share of the tokens of its segments. */
  readonly output: { readonly base: number; readonly share: number };
  readonly hasOverlap: boolean;
};

/** The value of a section; null when the model gave nothing usable. */
export type SectionValue<Value> = { readonly section: Section; readonly value: Value | null };

export type SectionValues<Value> = {
  readonly values: readonly SectionValue<Value>[];
  readonly usage: TokenUsage;
};

/** Maximum tokens of the segments of a section: models read shorter texts more closely. */
const maxSectionTokens = 6_000;
/** Maximum output tokens of a call: many servers allow no more. */
const maxOutputTokens = 4_000;
/** Tokens of the marks, of the code, of the schema in words and of what repairs a reply. */
const overheadTokens = 700;
/** Shortest section that is worth a call, in tokens. */
const minSectionTokens = 300;

/** Returns the tokens that the segments of a section may have. */
function sectionTokens(
  { instructions, extra, output }: SectionWork<unknown>,
  profile: LanguageModelProfile,
): number {
  const fixed = maxTokensOf(instructions) + maxTokensOf(renderData(extra)) + overheadTokens + output.base;
  const room = (profile.contextTokens - profile.thinkingTokens - fixed) / (1 + output.share);
  const byOutput =
    output.share === 0 ? Number.POSITIVE_INFINITY : (maxOutputTokens - output.base) / output.share;
  return Math.max(minSectionTokens, Math.floor(Math.min(room, byOutput, maxSectionTokens)));
}

function outputTokensOf(work: SectionWork<unknown>, { own }: Section): number {
  const tokens = own.reduce((sum, segment) => sum + maxTokensOf(segmentLine(segment)), 0);
  return Math.min(maxOutputTokens, Math.ceil(work.output.base + tokens * work.output.share));
}

/** Divides the segments of a source for a model. Those that may be hallucinations are left out. */
export function sectionsFor(
  work: SectionWork<unknown>,
  segments: Section['own'],
  profile: LanguageModelProfile,
): Section[] {
  const sent = segments.filter(({ isHallucination }) => !isHallucination);
  return divide(sent, sectionTokens(work, profile), work.hasOverlap);
}

/** Returns an upper bound of the cost of calls. */
export function estimateCalls(
  calls: readonly { readonly inputTokens: number; readonly outputTokens: number }[],
  profile: LanguageModelProfile,
): Estimate {
  const usage = {
    inputTokens: calls.reduce((sum, call) => sum + call.inputTokens, 0),
    outputTokens: calls.reduce((sum, call) => sum + call.outputTokens + profile.thinkingTokens, 0),
  };
  const cost = costOfTokens(usage, profile.price);
  // Each reply may be repaired once.
  const maxCost = cost === null ? null : { ...cost, amount: cost.amount * 2 };
  return { calls: calls.length, ...usage, cost, maxCost };
}

/** Returns the tokens of each section's call, at most. */
export function callsOf(
  work: SectionWork<unknown>,
  segments: Section['own'],
  profile: LanguageModelProfile,
): { readonly inputTokens: number; readonly outputTokens: number }[] {
  return sectionsFor(work, segments, profile).map((section) => ({
    inputTokens:
      maxTokensOf(work.instructions) + maxTokensOf(renderData(blocksOf(work, section))) + overheadTokens,
    outputTokens: outputTokensOf(work, section),
  }));
}

function blocksOf(work: SectionWork<unknown>, { context, own }: Section): DataBlock[] {
  return [
    ...work.extra,
    ...(context.length === 0 ? [] : [{ name: 'context', lines: context.map(segmentLine) }]),
    { name: 'transcript', lines: own.map(segmentLine) },
  ];
}

/**
 * Asks a model about each section, several at once. Each outcome is saved before the next call, and saved outcomes are
 * used instead of calls. A section that is too long for the model is cut in two.
 * @throws LanguageModelError of the first call that failed and may succeed later, after all running calls have ended
 */
export async function runSections<Value>(
  work: SectionWork<Value>,
  segments: Section['own'],
  context: RunContext,
): Promise<SectionValues<Value>> {
  const planned = sectionsFor(work, segments, context.model.profile);
  const values: SectionValue<Value>[][] = planned.map(() => []);
  let usage: TokenUsage = noUsage;
  let next = 0;
  let done = 0;
  let failure: unknown;
  const takeSections = async () => {
    while (failure === undefined && next < planned.length) {
      const at = next++;
      const section = planned[at];
      if (section === undefined) return;
      try {
        values[at] = await askAbout(work, section, context, (spent) => {
          usage = addUsage(usage, spent);
        });
      } catch (thrown) {
        failure ??= thrown;
        return;
      }
      done += 1;
      context.onProgress?.(done / planned.length);
    }
  };
  const { maxParallelCalls } = context.model.profile;
  await Promise.all(Array.from({ length: Math.min(maxParallelCalls, planned.length) }, takeSections));
  if (failure !== undefined) throw failure;
  return { values: values.flat(), usage };
}

async function askAbout<Value>(
  work: SectionWork<Value>,
  section: Section,
  context: RunContext,
  onSpent: (usage: TokenUsage) => void,
): Promise<SectionValue<Value>[]> {
  const { instructions, schema } = work;
  const blocks = blocksOf(work, section);
  const asked = { instructions, schema, blocks, maxOutputTokens: outputTokensOf(work, section) };
  const saved = await loadOrCall(asked, context);
  onSpent(saved.usage);
  const parsed = saved.failure === null ? work.schema.safeParse(saved.value) : null;
  if (parsed?.success) return [{ section, value: parsed.data }];
  const halves = saved.failure === 'cut_off' ? halve(section) : null;
  if (halves === null) return [{ section, value: null }];
  const found: SectionValue<Value>[] = [];
  for (const half of halves) found.push(...(await askAbout(work, half, context, onSpent)));
  return found;
}

/** One call. */
export type ModelCall = {
  readonly instructions: string;
  readonly schema: z.ZodType;
  readonly blocks: readonly DataBlock[];
  readonly maxOutputTokens: number;
};

/** Returns the saved outcome of a call, or makes the call and saves its outcome. */
export async function loadOrCall(
  asked: ModelCall,
  { model, sections, signal }: Pick<RunContext, 'model' | 'sections' | 'signal'>,
): Promise<SavedSection> {
  signal.throwIfAborted();
  const key = keyOf(asked, model);
  const known = await sections.load(key);
  if (known !== null) return known;
  const saved = await callModel(asked, model, signal);
  await sections.save(key, saved);
  return saved;
}

async function callModel(asked: ModelCall, model: LanguageModel, signal: AbortSignal): Promise<SavedSection> {
  const { instructions, schema, blocks, maxOutputTokens } = asked;
  try {
    const request = { instructions, schema, data: renderData(blocks), maxOutputTokens };
    const { value, usage } = await model.complete(request, signal);
    return { value, failure: null, usage };
  } catch (thrown) {
    if (!(thrown instanceof LanguageModelError)) throw thrown;
    const { usage } = thrown;
    if (thrown.kind === 'cut_off' || thrown.kind === 'too_long')
      return { value: null, failure: 'cut_off', usage };
    if (thrown.kind === 'refused' || thrown.kind === 'response_unknown')
      return { value: null, failure: thrown.kind, usage };
    throw thrown;
  }
}

/** Returns the key of a call: the same model, instructions and lines have the same key, the random marks aside. */
function keyOf({ instructions, blocks }: ModelCall, model: LanguageModel): string {
  const lines = blocks.map(({ name, lines }) => [name, ...lines]);
  return createHash('sha256')
    .update(JSON.stringify([model.profile.modelName, instructions, lines]))
    .digest('hex');
}

/** Returns the ranges of sections without a value, in seconds. */
export function missingRanges(values: readonly SectionValue<unknown>[]): { start: number; end: number }[] {
  return values.flatMap(({ section: { own }, value }) => {
    const first = own[0];
    const last = own.at(-1);
    return value !== null || first === undefined || last === undefined
      ? []
      : [{ start: first.start, end: last.end }];
  });
}
