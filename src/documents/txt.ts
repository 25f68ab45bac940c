import { type DocumentContent, paragraphText } from '../domain/document.ts';
import { factLine } from './fact-line.ts';
import { timeOf } from './time-of.ts';

const byteOrderMark = '\ufeff';
const lineEnd = '\r\n';

/**
 * Plain text for people, not programs: with a byte order mark and CRLF, because a phone's or an old Windows' viewer
 * that finds no mark reads UTF-8 as a local code page and makes rubbish of Persian, and old viewers break lines at CRLF
 * only. Everything newer takes both. A speaker's name stands on a line of its own where another begins to speak,
 * and the time before each paragraph for who wants it.
 */
export function* writeTxt(content: DocumentContent): Generator<string> {
  const head = [content.title, ...content.facts.map((fact) => factLine(fact, content.direction))];
  const opening = head.filter((line) => line !== '').join(lineEnd);
  yield byteOrderMark + opening + (opening === '' ? '' : lineEnd);
  let isFirst = opening === '';
  let previous: string | null = null;
  for (const paragraph of content.paragraphs) {
    const name =
      paragraph.speaker === previous || paragraph.speaker === null ? '' : paragraph.speaker + lineEnd;
    previous = paragraph.speaker;
    const time = content.look.hasTimes ? `${timeOf(paragraph, content)}  ` : '';
    yield `${isFirst ? '' : lineEnd}${name}${time}${paragraphText(paragraph)}${lineEnd}`;
    isFirst = false;
  }
}
