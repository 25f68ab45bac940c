import type { DocumentContent } from '../../domain/document.ts';
import { embeddedLine } from '../fact-line.ts';
import { languageDirection } from '../layout/base-direction.ts';
import { formatClock } from './clock.ts';
import { lineText, makeCues } from './cues.ts';

/** Without it, players on Windows and televisions read UTF-8 as a local code page. */
const byteOrderMark = '\ufeff';
/** Before the first words of another speaker, as in books; SubRip has no speakers. */
const dash = '– ';

/** Yields SubRip: numbered cues in plain text, with a dash where the speaker changes. */
export function* writeSrt({ paragraphs, language }: DocumentContent): Generator<string> {
  let number = 0;
  for (const { start, end, direction, lines } of makeCues(paragraphs, {
    usual: languageDirection(language),
    dash,
  })) {
    number++;
    const texts = lines.map((words) => embeddedLine(escapeMarkup(lineText(words)), direction));
    const mark = number === 1 ? byteOrderMark : '';
    yield `${mark}${number}\r\n${formatClock(start, ',')} --> ${formatClock(end, ',')}\r\n${texts.join('\r\n')}\r\n\r\n`;
  }
}

/**
 * Inserts word joiners (U+2060, invisible), because SubRip has no escapes and players would read tags, styles or
 * times.
 */
function escapeMarkup(text: string): string {
  if (!/[<>{]/.test(text)) return text;
  return text
    .replace(/<(?=[a-z/!])/gi, '<\u2060')
    .replace(/\{(?=\\)/g, '{\u2060')
    .replaceAll('-->', '--\u2060>');
}
