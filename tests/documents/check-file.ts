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
    case 'odt':
    case 'epub': {
      for (const [name, xml] of unzip(bytes)) {
        expect(xml, name).not.toMatch(forbiddenInXml);
        if (name !== 'mimetype' && !name.endsWith('.css')) expect(unclosedTags(xml), name).toEqual([]);
      }
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

/** Returns the tags that are open at the end, or closed in another order. */
export function unclosedTags(xml: string): string[] {
  const open: string[] = [];
  for (const [, isEnd, name = '', isEmpty] of xml.matchAll(/<(\/?)([\w:-]+)(?:"[^"]*"|[^>"])*?(\/?)>/g)) {
    if (isEmpty === '/') continue;
    if (isEnd === '') open.push(name);
    else if (open.pop() !== name) return [...open, name];
  }
  return open;
}
