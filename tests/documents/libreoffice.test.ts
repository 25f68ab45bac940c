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

/** Opens a document in LibreOffice and returns it in another format. */
async function opened(described: Described, format: 'docx' | 'odt', as: 'pdf' | 'fodt'): Promise<Buffer> {
  const folder = mkdtempSync(join(tmpdir(), 'dabir-libreoffice-'));
  try {
    const { bytes } = await renderDocument(documentOf(described), format, 'x');
    writeFileSync(join(folder, `x.${format}`), bytes);
    // A profile of its own: two at once would wait for each other.
    const profile = `-env:UserInstallation=${pathToFileURL(join(folder, 'profile')).href}`;
    const file = join(folder, `x.${format}`);
    execFileSync('soffice', [profile, '--headless', '--convert-to', as, '--outdir', folder, file]);
    return readFileSync(join(folder, `x.${as}`));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Returns the words of the DOCX and their places in LibreOffice's layout. */
async function laidOut(described: Described): Promise<{ width: number; words: WordBox[] }> {
  const [page] = pdfWords(await opened(described, 'docx', 'pdf'));
  return page ?? { width: 0, words: [] };
}

/** Returns the first and the last text of each paragraph or heading of LibreOffice's own format, with its level. */
function headingsOf(fodt: string): string[] {
  return [...fodt.matchAll(/<text:h [^>]*text:outline-level="1"[^>]*>(.*?)<\/text:h>/gs)].map(
    ([, inner = '']) => inner.replace(/<[^>]*>/g, '').trim(),
  );
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

  const talk = {
    title: 'گفت‌وگو دربارهٔ Dabir',
    paragraphs: [
      spoken('سلام، https://example.com/a?b=1&c=2 را ببینید.', 0, 61, 'Mina'),
      spoken('بله.', 61, 70, 'سارا'),
    ],
  };

  test.each(['docx', 'odt'] as const)(
    'the %s has speakers as headings and addresses as links, in LibreOffice too',
    async (format) => {
      const fodt = (await opened(talk, format, 'fodt')).toString();
      expect(headingsOf(fodt).map((name) => name.replace(/[\u2066-\u2069]/g, ''))).toEqual(['Mina', 'سارا']);
      expect(fodt).toMatch(/<text:a [^>]*xlink:href="https:\/\/example\.com\/a\?b=1&amp;c=2"/);
      expect(fodt).toContain('style:display-name="Heading 1"');
    },
  );

  test('the ODT starts Persian at the right margin, and numbers its pages in Persian', async () => {
    const sentence = 'درود دوستان، این English است و تمام نمی‌شود. ';
    const long = Array.from({ length: 60 }, () => `آغاز ${sentence.repeat(3)}`);
    const title = 'عنوان گفت‌وگو';
    const pages = pdfWords(await opened({ title, paragraphs: long }, 'odt', 'pdf'));
    const [{ width = 0, height = 0, words = [] } = {}, second] = pages;
    for (const begin of ['عنوان', 'آغاز']) {
      const first = words.find(({ text }) => text.includes(begin));
      expect(first?.xMax, begin).toBeGreaterThan(width - margin - 3);
    }
    const numbers = [words, second?.words ?? []].map((all) =>
      all.filter(({ yMin }) => yMin > height - margin).map(({ text }) => text),
    );
    expect(numbers).toEqual([['۱'], ['۲']]);
  });
});
