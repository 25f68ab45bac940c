import { type DocumentContent, paragraphText } from '../../domain/document.ts';
import { baseDirection, languageDirection } from '../layout/base-direction.ts';
import { timeOf } from '../time-of.ts';
import { writeBilingualXml } from './bilingual-table.ts';
import type { Hyperlinks } from './hyperlinks.ts';
import { type TextRun, textRuns, writeParagraphXml } from './paragraph.ts';
import { writeTableXml } from './table.ts';

/** Yields the document's paragraphs as WordprocessingML. */
export function* writeBodyXml(content: DocumentContent, hyperlinks: Hyperlinks): Generator<string> {
  const { title, facts, direction, look } = content;
  yield writeParagraphXml('Title', [{ text: title }], direction);
  for (const { label, value } of facts) {
    yield writeParagraphXml(
      'Subtitle',
      [
        { text: `${label}: `, style: 'Strong' },
        { text: value, isIsolated: true },
      ],
      direction,
    );
  }
  if (content.translation !== undefined) yield* writeBilingualXml(content, content.translation, hyperlinks);
  else if (look.isTable) yield* writeTableXml(content, hyperlinks);
  else yield* paragraphsXml(content, hyperlinks);
}

function* paragraphsXml(content: DocumentContent, hyperlinks: Hyperlinks): Generator<string> {
  const direction = languageDirection(content.language);
  let previous: string | null = null;
  for (const paragraph of content.paragraphs) {
    const { speaker, heading } = paragraph;
    if (heading !== undefined) yield writeParagraphXml('Heading1', [{ text: heading }], content.direction);
    if (speaker !== null && speaker !== previous) {
      const alignment = baseDirection(paragraphText(paragraph), direction);
      yield writeParagraphXml('Heading1', [{ text: speaker }], content.direction, alignment);
    }
    previous = speaker;
    const time: TextRun[] =
      content.look.hasTimes && !paragraph.isAside
        ? [{ text: `${timeOf(paragraph, content)}  `, style: 'Timestamp', isIsolated: true }]
        : [];
    yield writeParagraphXml('BodyText', [...time, ...textRuns(paragraph, content, hyperlinks)], direction);
  }
}
