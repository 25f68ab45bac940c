import type { DocumentContent } from '../../domain/document.ts';
import { isLowConfidence } from '../../domain/low-confidence.ts';
import { lineOf } from '../fact-line.ts';
import { firstStrongDirection } from '../layout/direction.ts';
import { formatClock } from './clock.ts';
import type { CueWord } from './cue-word.ts';
import { type Cue, lineText, makeCues } from './cues.ts';

/** Yields WebVTT: speakers as voice tags, words of low confidence in the class `low-confidence`. */
export function* writeVtt({ paragraphs, direction }: DocumentContent): Generator<string> {
  yield 'WEBVTT\n\nSTYLE\n::cue(.low-confidence) { opacity: 0.7; }\n';
  for (const cue of makeCues(paragraphs)) {
    const voice = cue.speaker === null ? '' : `<v ${escapeVtt(cue.speaker)}>`;
    yield `\n${formatClock(cue.start, '.')} --> ${formatClock(cue.end, '.')}\n${voice}${cueText(cue, direction)}\n`;
  }
}

function cueText({ lines }: Cue, fallback: DocumentContent['direction']): string {
  const direction = firstStrongDirection(lines.map(lineText).join(' ')) ?? fallback;
  return lines
    .map((words) => lineOf(lineText(words), direction).replace(lineText(words), () => markedUp(words)))
    .join('\n');
}

function markedUp(words: readonly CueWord[]): string {
  return words
    .map((word, index) => {
      const text = escapeVtt(word.text);
      const space = word.hasSpaceBefore && index > 0 ? ' ' : '';
      return space + (isLowConfidence(word) ? `<c.low-confidence>${text}</c>` : text);
    })
    .join('');
}

function escapeVtt(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
