import type { DocumentContent } from '../../domain/document.ts';
import { isLowConfidence } from '../../domain/low-confidence.ts';
import { lineOf } from '../fact-line.ts';
import { languageDirection } from '../layout/base-direction.ts';
import type { Direction } from '../layout/direction.ts';
import { formatClock } from './clock.ts';
import type { CueWord } from './cue-word.ts';
import { lineText, makeCues } from './cues.ts';

/** Yields WebVTT: speakers as voice tags, words of low confidence in the class `low-confidence`. */
export function* writeVtt({ paragraphs, language }: DocumentContent): Generator<string> {
  yield 'WEBVTT\n\nSTYLE\n::cue(.low-confidence) { opacity: 0.7; }\n';
  for (const cue of makeCues(paragraphs, { usual: languageDirection(language), dash: '' })) {
    const voice = cue.speaker === null ? '' : `<v ${escapeVtt(cue.speaker)}>`;
    const lines = cue.lines.map((words) => cueLine(words, cue.direction));
    yield `\n${formatClock(cue.start, '.')} --> ${formatClock(cue.end, '.')}\n${voice}${lines.join('\n')}\n`;
  }
}

/** Returns a line with its isolates and its words of low confidence marked. */
function cueLine(words: readonly CueWord[], direction: Direction): string {
  const line = lineOf(lineText(words), direction);
  let marked = '';
  let written = 0;
  let at = 0;
  for (const word of words) {
    const from = line.indexOf(word.text, at);
    // A word with an isolate in it stays unmarked.
    if (from < 0) continue;
    at = from + word.text.length;
    if (!isLowConfidence(word)) continue;
    marked += `${escapeVtt(line.slice(written, from))}<c.low-confidence>${escapeVtt(word.text)}</c>`;
    written = at;
  }
  return marked + escapeVtt(line.slice(written));
}

function escapeVtt(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
