import fc from 'fast-check';
import { expect, test } from 'vitest';
import { documentFormats } from '../../src/domain/document.ts';
import { anyContent } from './anything.ts';
import { checkFile } from './check-file.ts';
import { documentOf } from './content.ts';
import { renderDocument } from './render-document.ts';

/**
 * Number of documents, which have five texts on average. DABIR_ANYTHING=20000 is the long form with 100,000
 * texts; it takes a quarter of an hour.
 */
const numRuns = Number(process.env['DABIR_ANYTHING'] ?? 150);

test.each(documentFormats)(
  '%s: any text makes a valid file',
  async (format) => {
    await fc.assert(
      fc.asyncProperty(anyContent, async (content) => {
        checkFile(format, await renderDocument(content, format, content.title));
      }),
      { numRuns, seed: 20_261_122 },
    );
  },
  numRuns * 1000,
);

test('many different characters that no font has make a valid file', async () => {
  const strange = Array.from({ length: 20_000 }, (_, index) => String.fromCodePoint(0x100000 + index)).join(
    '',
  );
  const file = await renderDocument(documentOf({ paragraphs: [strange] }), 'pdf', 'x');
  checkFile('pdf', file);
  expect(file.missingGlyphs).toHaveLength(20_000);
});
