import { expect } from 'vitest';
import type { DocumentFile, DocumentFormat } from '../../src/domain/document.ts';
import { textOf, unzip } from './files.ts';
import { parseSrt, parseVtt } from './parse-subtitles.ts';

// biome-ignore lint/suspicious/noControlCharactersInRegex: XML 1.0 forbids them
const forbiddenInXml = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/;

/** Throws when the bytes are no valid file of their format. */
export function checkFile(format: DocumentFormat, { bytes }: DocumentFile): void {
  const text = textOf(bytes);
  switch (format) {
    case 'docx': {
      const xml = unzip(bytes).get('word/document.xml') ?? '';
      expect(xml).toMatch(/<\/w:document>$/);
      expect(xml).not.toMatch(forbiddenInXml);
      return;
    }
    case 'pdf': {
      expect(text.slice(0, 5)).toBe('%PDF-');
      const table = Number(/startxref\n(\d+)\n%%EOF\s*$/.exec(text)?.[1]);
      expect(Buffer.from(bytes).toString('latin1', table, table + 4)).toBe('xref');
      return;
    }
    case 'srt':
      parseSrt(text);
      return;
    case 'vtt':
      parseVtt(text);
      return;
    case 'json':
      JSON.parse(text);
      return;
    case 'txt':
    case 'md':
      expect(text.isWellFormed()).toBe(true);
  }
}
