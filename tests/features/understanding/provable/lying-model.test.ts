import { afterAll, beforeAll, expect, test } from 'vitest';
import type { LanguageModel } from '../../../../src/app/ports/language-model.ts';
import { createCommonWords } from '../../../../src/features/glossary/index.ts';
import type { SectionStore } from '../../../../src/features/understanding/provable/contract.ts';
import { prepareSummary } from '../../../../src/features/understanding/provable/kinds/summary.ts';
import { numberSegments } from '../../../../src/features/understanding/provable/numbered-segments.ts';
import { createLanguageModel } from '../../../../src/language-model/language-model.ts';
import {
  type LanguageModelServer,
  linesOf,
  serverKey,
  serverModel,
  startLanguageModelServer,
} from '../../../support/language-model-server.ts';
import {
  createDrafts,
  createFactTranscript,
  type LieKind,
  type LyingDraft,
  lieKinds,
} from '../../../support/understanding/lying-model.ts';

/** Transcripts of each language. */
const count = Number(process.env['LYING_TRANSCRIPTS'] ?? 250);
const statementsOfEach = 7;
/** Number of the first transcript: other numbers are transcripts that the checks were not made with. */
const firstSeed = Number(process.env['LYING_SEED'] ?? 1);

/** Statements by the first line of the transcript that they are about. */
const prepared = new Map<string, readonly LyingDraft[]>();
let server: LanguageModelServer;
let model: LanguageModel;

beforeAll(async () => {
  server = await startLanguageModelServer(({ data }) => {
    const statements = prepared.get(fingerprint(data)) ?? [];
    return {
      statements: statements.map(({ text, quote, segments, names }) => ({ text, quote, segments, names })),
    };
  });
  model = createLanguageModel({
    baseUrl: server.baseUrl,
    apiKey: serverKey,
    authScheme: null,
    modelName: serverModel,
    contextTokens: 16_000,
    thinkingTokens: 0,
    maxParallelCalls: 1,
    timeoutMs: 10_000,
    price: null,
    keeps: 'unknown',
  });
});
afterAll(async () => {
  await model?.close();
  await server?.close();
});

const fingerprint = (data: string) =>
  linesOf(data, 'transcript')
    .map(({ text }) => text.replaceAll(/[^\p{L}\p{N}]/gu, ''))
    .join('|');

type Tally = { made: number; dropped: number; mended: number };

test(
  `of ${count * 2} transcripts, lies are left out and true statements stay`,
  async () => {
    const tallies = new Map<string, Tally>();
    const escaped: string[] = [];
    const lost: string[] = [];
    const commonWords = createCommonWords();
    const nowhere: SectionStore = { load: async () => null, save: async () => undefined };
    for (const language of ['fa', 'en'] as const) {
      for (let seed = firstSeed; seed < firstSeed + count; seed += 1) {
        const scene = createFactTranscript(seed, language);
        const source = { language, segments: numberSegments(scene.transcript) };
        const drafts = createDrafts(scene, statementsOfEach, seed * 7919);
        prepared.set(
          source.segments.map(({ text }) => text.replaceAll(/[^\p{L}\p{N}]/gu, '')).join('|'),
          drafts,
        );
        const { result, leftOut } = await prepareSummary(source, { language }).run({
          model,
          commonWords,
          sections: nowhere,
          signal: new AbortController().signal,
        });
        expect(result.statements.length + leftOut).toBeLessThanOrEqual(drafts.length);
        for (const draft of drafts) {
          const kept = result.statements.find(
            ({ text, segments }) => text === draft.text && segments.includes(draft.segments[0] ?? 0),
          );
          const tally = tallies.get(`${language} ${draft.kind}`) ?? { made: 0, dropped: 0, mended: 0 };
          tallies.set(`${language} ${draft.kind}`, tally);
          tally.made += 1;
          const text = scene.transcript.segments.map((segment) => segment.text).join(' ');
          if (kept === undefined) {
            tally.dropped += 1;
            if (draft.kind === 'true')
              lost.push(
                `${draft.text} | ${draft.quote} | ${scene.transcript.segments[(draft.segments[0] ?? 1) - 1]?.text}`,
              );
          } else {
            // What is shown as a quote is always the transcript's own words.
            expect(text).toContain(kept.quote);
            if (/^quote with/.test(draft.kind)) tally.mended += 1;
            else if (draft.kind !== 'true')
              escaped.push(
                `${draft.kind}: ${draft.text} | ${draft.quote} | ${scene.transcript.segments[(draft.segments[0] ?? 1) - 1]?.text}`,
              );
          }
        }
      }
    }
    console.log(renderTable(tallies));
    if (process.env['LYING_EXAMPLES'] !== undefined)
      console.log(['ESCAPED', ...escaped.slice(0, 40), 'LOST', ...lost.slice(0, 40)].join('\n'));
    for (const language of ['fa', 'en']) {
      const of = (kind: LieKind) => tallies.get(`${language} ${kind}`) ?? { made: 0, dropped: 0, mended: 0 };
      // A model that hides a name breaks the schema's rule; where no list knows the name, nothing tells that it is one.
      const lies = lieKinds
        .filter((kind) => kind !== 'true' && kind !== 'invented name, not declared')
        .map(of);
      const made = lies.reduce((sum, tally) => sum + tally.made, 0);
      const stopped = lies.reduce((sum, tally) => sum + tally.dropped + tally.mended, 0);
      expect(stopped / made, language).toBeGreaterThanOrEqual(0.99);
      expect(of('true').dropped / of('true').made, language).toBeLessThanOrEqual(0.02);
      // Every way of lying was tried.
      expect(
        lies.every((tally) => tally.made >= count / 100),
        language,
      ).toBe(true);
    }
  },
  Math.max(60_000, count * 1_000),
);

function renderTable(tallies: ReadonlyMap<string, Tally>): string {
  const cell = (language: string, kind: LieKind) => {
    const { made, dropped, mended } = tallies.get(`${language} ${kind}`) ?? {
      made: 0,
      dropped: 0,
      mended: 0,
    };
    return `${made} | ${dropped} | ${mended} | ${made === 0 ? '–' : (((dropped + mended) / made) * 100).toFixed(1)} %`;
  };
  return lieKinds.map((kind) => `| ${kind} | ${cell('fa', kind)} | ${cell('en', kind)} |`).join('\n');
}
