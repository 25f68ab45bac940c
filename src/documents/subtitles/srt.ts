import type { DocumentContent } from '../../domain/document.ts';
import { lineOf } from '../fact-line.ts';
import { firstStrongDirection } from '../layout/direction.ts';
import { clock } from './clock.ts';
import { type Cue, lineText, makeCues } from './cues.ts';

/** Yields SubRip: numbered cues in plain text, without speakers. */
export function* writeSrt({ paragraphs, direction }: DocumentContent): Generator<string> {
  let number = 0;
  for (const cue of makeCues(paragraphs)) {
    number++;
    yield `${number}\r\n${clock(cue.start, ',')} --> ${clock(cue.end, ',')}\r\n${cueLines(cue, direction).join('\r\n')}\r\n\r\n`;
  }
}

function cueLines({ lines }: Cue, fallback: DocumentContent['direction']): string[] {
  const texts = lines.map(lineText);
  const direction = firstStrongDirection(texts.join(' ')) ?? fallback;
  return texts.map((text) => lineOf(escapeMarkup(text), direction));
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
