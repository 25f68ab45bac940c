import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe } from 'vitest';

/**
 * Declares a suite that needs Poppler. Without it the suite is skipped with a name that says so, or fails
 * where nothing may be skipped.
 */
export function describeWithPoppler(name: string, tests: () => void): void {
  const missing = spawnSync('pdftotext', ['-v']).error !== undefined && !process.env['DABIR_REQUIRE_ALL'];
  if (missing) describe.skip(`${name} (skipped: no pdftotext found, install poppler-utils)`, tests);
  else describe(name, tests);
}

/** Returns the text that Poppler finds in a PDF, without Poppler's own bidi marks. */
export function pdfText(pdf: Uint8Array): string {
  return markedPdfText(pdf).replace(/[\u200e\u200f\u202a-\u202e]/g, '');
}

/** Returns the text that Poppler finds in a PDF, with bidi marks around what runs against the direction of its line. */
export function markedPdfText(pdf: Uint8Array): string {
  return run('pdftotext', pdf, ['-']);
}

/** A word's box on its page, in points from the top left. */
export type WordBox = {
  readonly text: string;
  readonly xMin: number;
  readonly xMax: number;
  readonly yMin: number;
  readonly yMax: number;
};

/** Returns every word of a PDF with its place, page by page. */
export function pdfWords(pdf: Uint8Array): { width: number; height: number; words: WordBox[] }[] {
  const html = run('pdftotext', pdf, ['-bbox', '-']);
  return [...html.matchAll(/<page width="([\d.]+)" height="([\d.]+)">(.*?)<\/page>/gs)].map(
    ([, width, height, words = '']) => ({
      width: Number(width),
      height: Number(height),
      words: [...words.matchAll(/xMin="(.*?)" yMin="(.*?)" xMax="(.*?)" yMax="(.*?)">(.*?)</g)].map(
        ([, xMin, yMin, xMax, yMax, text = '']) => ({
          text: asRead(text),
          xMin: Number(xMin),
          xMax: Number(xMax),
          yMin: Number(yMin),
          yMax: Number(yMax),
        }),
      ),
    }),
  );
}

/** Returns the text in reading order; Poppler gives the letters of a box from left to right. */
function asRead(text: string): string {
  return /[\u0590-\u08ff]/.test(text) ? Array.from(text).reverse().join('') : text;
}

function run(program: string, pdf: Uint8Array, last: readonly string[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'dabir-documents-'));
  try {
    const path = join(folder, 'document.pdf');
    writeFileSync(path, pdf);
    const options = last.filter((option) => option !== '-');
    return execFileSync(program, [...options, path, '-'], { encoding: 'utf8', maxBuffer: 2 ** 28 });
  } finally {
    rmSync(folder, { recursive: true });
  }
}
