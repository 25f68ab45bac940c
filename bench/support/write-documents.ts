/**
 * A process of its own for bench/documents.ts: writes documents on their thread, and reports their time and
 * size.
 */
import { performance } from 'node:perf_hooks';
import { DocumentThread } from '../../src/documents/document-thread.ts';
import { type DocumentFormat, defaultLook } from '../../src/domain/document.ts';
import { spokenHours } from './spoken-hours.ts';

export type Order = {
  readonly hours: number;
  readonly hasWordTimes: boolean;
  readonly formats: readonly DocumentFormat[];
  readonly rounds: number;
};
export type Measured = {
  readonly medianMs: Partial<Record<DocumentFormat, number>>;
  /** All formats in one order, as one answer has them; what they share is made once. */
  readonly maxGapMs: number;
  /** Peak memory of the whole process, in MB of 2^20 bytes. */
  readonly peakMb: number;
};

const order: Order = JSON.parse(process.argv[2] ?? '');
const content = {
  title: 'یک ساعت گفت‌وگو',
  direction: 'rtl',
  language: 'fa',
  facts: [],
  source: {
    fileName: null,
    sentAt: '2026-11-22T12:00:00Z',
    durationSeconds: 3600,
    engine: '',
    language: 'fa',
  },
  labels: { time: '', speaker: '', text: '', missingGlyphs: '' },
  look: defaultLook,
  paragraphs: [...spokenHours(order.hours, order.hasWordTimes)],
} as const;

const thread = new DocumentThread();

/** Returns the median time of writing these formats, in ms. */
async function measure(formats: readonly DocumentFormat[]): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < order.rounds; round++) {
    const start = performance.now();
    await thread.render(content, formats, 'x');
    times.push(performance.now() - start);
  }
  return times.sort((one, other) => one - other)[Math.floor(times.length / 2)] ?? 0;
}

const medianMs: Partial<Record<DocumentFormat, number>> = {};
for (const format of order.formats) medianMs[format] = await measure([format]);
const maxGapMs = order.formats.length > 1 ? await measure(order.formats) : 0;
await thread.close();
const peakMb = Math.round(process.resourceUsage().maxRSS / 1024);
const measured: Measured = { medianMs, maxGapMs, peakMb };
process.send?.(measured);
