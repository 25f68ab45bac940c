import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { defaultLook } from '../../src/domain/document.ts';
import { type Described, documentOf, spoken } from './content.ts';
import { pdfWords, type WordBox } from './poppler.ts';
import { renderDocument } from './render-document.ts';

/** Returns the words of the DOCX and their places in LibreOffice's layout. */
async function laidOut(described: Described): Promise<{ width: number; words: WordBox[] }> {
  const folder = mkdtempSync(join(tmpdir(), 'dabir-libreoffice-'));
  try {
    const { bytes } = await renderDocument(documentOf(described), 'docx', 'x');
    writeFileSync(join(folder, 'x.docx'), bytes);
    // A profile of its own: two at once would wait for each other.
    const profile = `-env:UserInstallation=${pathToFileURL(join(folder, 'profile')).href}`;
    execFileSync('soffice', [
      profile,
      '--headless',
      '--convert-to',
      'pdf',
      '--outdir',
      folder,
      join(folder, 'x.docx'),
    ]);
    const [page] = pdfWords(readFileSync(join(folder, 'x.pdf')));
    return page ?? { width: 0, words: [] };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const programs = ['soffice', 'pdftotext'];
const missing = programs.filter((program) => spawnSync(program, ['--version']).error !== undefined);
const suite = missing.length > 0 && !process.env['DABIR_REQUIRE_ALL'] ? describe.skip : describe;

suite(`the DOCX in LibreOffice${missing.length > 0 ? ` (skipped: no ${missing.join(', ')} found)` : ''}`, () => {
  const margin = 1417 / 20;

  test('right-to-left paragraphs start at the right margin and others at the left', async () => {
    const { width, words } = await laidOut({
      title: '',
      paragraphs: ['درود دوستان، این English است.', 'English first'],
    });
    const find = (text: string) => words.find((word) => word.text.includes(text));
    expect(find('درود')?.xMax).toBeGreaterThan(width - margin - 3);
    // Read from the right: درود, then دوستان, then the English word.
    expect(find('درود')?.xMin).toBeGreaterThan(find('دوستان')?.xMax ?? Number.NaN);
    expect(find('دوستان')?.xMin).toBeGreaterThan(find('English')?.xMax ?? Number.NaN);
    const first = words.find((word) => word.text === 'English' && word.xMin < margin + 3);
    expect(first).toBeDefined();
  });

  test('the first column of a right-to-left table is on the right', async () => {
    const look = { ...defaultLook, isTable: true };
    const { words } = await laidOut({ title: '', look, paragraphs: [spoken('Text', 0, 61, 'Mina')] });
    const x = (text: string) => words.find((word) => word.text.includes(text))?.xMin ?? Number.NaN;
    expect(x('زمان')).toBeGreaterThan(x('گوینده'));
    expect(x('گوینده')).toBeGreaterThan(x('متن'));
    expect(x('Mina')).toBeGreaterThan(x('Text'));
  });
});
