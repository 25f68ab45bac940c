import type { DocumentContent } from '../domain/document.ts';

/**
 * Plain text for people, not programs: with a byte order mark and CRLF, because a phone's or an old Windows' viewer
 * that finds no mark reads UTF-8 as a local code page and makes rubbish of Persian, and old viewers break lines at CRLF
 * only. Everything newer takes both.
 */
export function writeTxt(content: DocumentContent): Uint8Array {
  const head = [content.title, ...content.facts.map(({ label, value }) => `${label}: ${value}`)];
  const blocks = [head.filter((line) => line !== '').join(lineEnd), ...content.paragraphs];
  const text = blocks.filter((block) => block !== '').join(lineEnd + lineEnd);
  return Buffer.from(`${byteOrderMark}${text}${lineEnd}`, 'utf8');
}

const byteOrderMark = '\ufeff';
const lineEnd = '\r\n';
