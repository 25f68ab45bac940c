import { setImmediate } from 'node:timers/promises';
import { z } from 'zod';
import { addUsage, noUsage } from '../../../../app/ports/language-model.ts';
import { createStatementChecker, type StatementChecker } from '../checks/check-statement.ts';
import type {
  Chapters,
  FoundChapter,
  NumberedSegment,
  OutputOptions,
  Provable,
  RunContext,
  Source,
} from '../contract.ts';
import {
  callsOf,
  estimateCalls,
  loadOrCall,
  type ModelCall,
  missingRanges,
  runSections,
  type SectionWork,
} from '../run-sections.ts';
import { asData, dataRules, englishNameOf } from '../section-data.ts';

const schema = z.object({
  title: z.string(),
  chapters: z.array(z.object({ title: z.string(), segment: z.coerce.number() })),
});
const titleSchema = z.object({ title: z.string() });
const titleTokens = 120;
/** Maximum chapters of a source: more do not fit a message. */
const maxChapters = 30;
const maxTitleLength = 80;

const titleRules = (
  language: string,
) => `A title has two to eight words in ${englishNameOf(language)}, from the words of the
transcript, without a full stop. Numbers and names in it have to be said in its lines.`;

/** Prepares the chapters of a source, and a title for it. */
export function prepareChapters(source: Source, { language }: OutputOptions): Provable<Chapters> {
  const work: SectionWork<z.infer<typeof schema>> = {
    instructions: `You divide a recording into chapters.
${dataRules}
A chapter begins where the subject changes. Give each its title and "segment", the number of its first line. A chapter
lasts minutes rather than seconds. When the transcript goes on with the subject of the block "context", its first chapter
begins later. Give "title" for the whole transcript too.
${titleRules(language)}`,
    schema,
    extra: [],
    output: { base: 900, share: 0 },
    hasOverlap: true,
  };
  return {
    estimate: (profile) => {
      const calls = callsOf(work, source.segments, profile);
      const title = { inputTokens: 800 + maxChapters * 60, outputTokens: titleTokens };
      return estimateCalls(calls.length > 1 ? [...calls, title] : calls, profile);
    },
    async run(context) {
      const checker = createStatementChecker(source, context.commonWords);
      const { values, usage } = await runSections(work, source.segments, context);
      const drafts = values.flatMap(({ section, value }) =>
        (value?.chapters ?? []).flatMap(({ title, segment }) => {
          const first = section.own.find(({ number }) => number === segment);
          return first === undefined ? [] : [{ title, first }];
        }),
      );
      const { chapters, leftOut } = await checkChapters(drafts, source, checker, language);
      const [only] = values;
      const whole =
        values.length === 1
          ? { title: only?.value?.title ?? '', usage: noUsage }
          : await askTitle(chapters, language, context);
      // The title of several sections is made of titles that were proved.
      const ground = values.length === 1 ? source.segments : chapters.map(asSegment);
      const title = checkTitle(whole.title, ground, checker, language);
      return {
        result: { title, chapters },
        leftOut: leftOut + Number(title === null && whole.title !== ''),
        missing: missingRanges(values),
        usage: addUsage(usage, whole.usage),
      };
    },
  };
}

/** Returns the title of a chapter as a segment, for checks. */
function asSegment({ title, start }: FoundChapter, at: number): NumberedSegment {
  const rest = { end: start, speaker: null, isHallucination: false, transcription: null };
  return { number: at + 1, start, text: title, ...rest };
}

type ChapterDraft = { readonly title: string; readonly first: NumberedSegment };

/** Returns the chapters whose titles were said between their beginning and the next one. */
async function checkChapters(
  drafts: readonly ChapterDraft[],
  { segments }: Source,
  checker: StatementChecker,
  language: string,
): Promise<{ readonly chapters: FoundChapter[]; readonly leftOut: number }> {
  const sorted = [...new Map(drafts.map((draft) => [draft.first.number, draft])).values()].toSorted(
    (one, other) => one.first.number - other.first.number,
  );
  const passed: FoundChapter[] = [];
  for (const [at, { title, first }] of sorted.entries()) {
    const next = sorted[at + 1]?.first.number ?? Number.POSITIVE_INFINITY;
    const own = segments.filter(({ number }) => number >= first.number && number < next);
    const checked = checkTitle(title, own, checker, language);
    if (checked !== null) passed.push({ title: checked, segment: first.number, start: first.start });
    // The chapters of four hours take a second of a slow processor together.
    await setImmediate();
  }
  const [begin] = segments;
  const chapters = thinOut(passed).map((chapter, at) =>
    at === 0 && begin !== undefined ? { ...chapter, segment: begin.number, start: begin.start } : chapter,
  );
  return { chapters, leftOut: sorted.length - passed.length };
}

/** Removes the shortest chapters until few enough are left; their time goes to the chapter before. */
function thinOut(chapters: readonly FoundChapter[]): FoundChapter[] {
  const left = [...chapters];
  while (left.length > maxChapters) {
    let briefest = 1;
    const lengthOf = (at: number) =>
      (left[at + 1]?.start ?? Number.POSITIVE_INFINITY) - (left[at]?.start ?? 0);
    for (let at = 2; at < left.length; at += 1) if (lengthOf(at) < lengthOf(briefest)) briefest = at;
    left.splice(briefest, 1);
  }
  return left;
}

function checkTitle(
  title: string,
  segments: readonly NumberedSegment[],
  checker: StatementChecker,
  language: string,
): string | null {
  const text = title
    .replaceAll(/\s+/g, ' ')
    .trim()
    .replace(/[.。۔]$/u, '');
  if (text === '' || text.length > maxTitleLength) return null;
  return checker.checkText(text, segments, language) === null ? text : null;
}

async function askTitle(chapters: readonly FoundChapter[], language: string, context: RunContext) {
  if (chapters.length === 0) return { title: '', usage: noUsage };
  const asked: ModelCall = {
    instructions: `You give a recording its title, from the titles of its chapters.
${dataRules}
${titleRules(language)}`,
    schema: titleSchema,
    blocks: [{ name: 'chapters', lines: chapters.map(({ title }, at) => `[${at + 1}] ${asData(title)}`) }],
    maxOutputTokens: titleTokens,
  };
  const { value, usage } = await loadOrCall(asked, context);
  const parsed = titleSchema.safeParse(value);
  return { title: parsed.success ? parsed.data.title : '', usage };
}
