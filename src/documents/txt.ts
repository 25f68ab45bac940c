import { type DocumentContent, paragraphText } from '../domain/document.ts';
import { factLine } from './fact-line.ts';
import { baseDirection, languageDirection } from './layout/base-direction.ts';
import { withIsolates } from './layout/isolates.ts';
import { timeOf } from './time-of.ts';

const byteOrderMark = '\ufeff';
const lineEnd = '\r\n';
/** Line between the text and what is said about it; it reads the same in both directions. */
const separator = '* * *';

/**
 * Yields plain text for human readers, with a byte order mark and CRLF. Without a mark, viewers on phones and old
 * Windows versions decode UTF-8 as a local code page and garble Persian, and old viewers break lines only at
 * CRLF; everything newer accepts both. The text comes first, because a phone shows the first lines only; title and
 * facts come after it. A speaker's name is on a line of its own where the speaker changes, and,
 * if set, the time is before each paragraph.
 */
export function* writeTxt(content: DocumentContent): Generator<string> {
  const direction = languageDirection(content.language);
  let isFirst = true;
  let previous: string | null = null;
  for (const paragraph of content.paragraphs) {
    const { heading, speaker } = paragraph;
    const headingLine = heading === undefined ? '' : `${heading}${lineEnd}${lineEnd}`;
    const name = headingLine + (speaker === previous || speaker === null ? '' : speaker + lineEnd);
    previous = speaker;
    const text = paragraphText(paragraph);
    const time = content.look.hasTimes && !paragraph.isAside ? `${timeOf(paragraph, content)}  ` : '';
    yield `${isFirst ? byteOrderMark : lineEnd}${name}${time}${withIsolates(text, baseDirection(text, direction))}${lineEnd}`;
    isFirst = false;
  }
  const foot = [content.title, ...content.facts.map((fact) => factLine(fact, content.direction))];
  const about = foot.filter((line) => line !== '').map((line) => line + lineEnd);
  yield (isFirst ? byteOrderMark : about.length > 0 ? lineEnd + separator + lineEnd : '') + about.join('');
}
