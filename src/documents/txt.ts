import { type DocumentContent, paragraphText } from '../domain/document.ts';
import { factLine } from './fact-line.ts';
import { baseDirection, languageDirection } from './layout/base-direction.ts';
import { withIsolates } from './layout/isolates.ts';
import { timeOf } from './time-of.ts';

const byteOrderMark = '\ufeff';
const lineEnd = '\r\n';

/**
 * Yields plain text for human readers, with a byte order mark and CRLF. Without a mark, viewers on phones and old
 * Windows versions decode UTF-8 as a local code page and garble Persian, and old viewers break lines only at
 * CRLF; everything newer accepts both. A speaker's name is on a line of its own where the speaker changes, and,
 * if set, the time is before each paragraph.
 */
export function* writeTxt(content: DocumentContent): Generator<string> {
  const head = [content.title, ...content.facts.map((fact) => factLine(fact, content.direction))];
  const opening = head.filter((line) => line !== '').join(lineEnd);
  yield byteOrderMark + opening + (opening === '' ? '' : lineEnd);
  const direction = languageDirection(content.language);
  let isFirst = opening === '';
  let previous: string | null = null;
  for (const paragraph of content.paragraphs) {
    const name =
      paragraph.speaker === previous || paragraph.speaker === null ? '' : paragraph.speaker + lineEnd;
    previous = paragraph.speaker;
    const text = paragraphText(paragraph);
    const time = content.look.hasTimes ? `${timeOf(paragraph, content)}  ` : '';
    yield `${isFirst ? '' : lineEnd}${name}${time}${withIsolates(text, baseDirection(text, direction))}${lineEnd}`;
    isFirst = false;
  }
}
