import type { DocumentContent } from '../../domain/document.ts';
import { timeOf } from '../time-of.ts';
import { type TextRun, textRuns, writeParagraphXml } from './paragraph.ts';
import { writeTableXml } from './table.ts';

/** Yields the document's paragraphs as WordprocessingML. */
export function* writeBodyXml(content: DocumentContent): Generator<string> {
  const { title, facts, direction, look } = content;
  yield writeParagraphXml('Title', [{ text: title }], direction);
  for (const { label, value } of facts) {
    yield writeParagraphXml(
      'Facts',
      [{ text: `${label}: `, style: 'FactLabel' }, { text: value }],
      direction,
    );
  }
  if (look.isTable) yield* writeTableXml(content);
  else yield* paragraphsXml(content);
}

function* paragraphsXml(content: DocumentContent): Generator<string> {
  let previous: string | null = null;
  for (const paragraph of content.paragraphs) {
    const { speaker } = paragraph;
    if (speaker !== null && speaker !== previous) {
      yield writeParagraphXml('Speaker', [{ text: speaker }], content.direction);
    }
    previous = speaker;
    const time: TextRun[] = content.look.hasTimes
      ? [{ text: `${timeOf(paragraph, content)}  `, style: 'Timestamp' }]
      : [];
    yield writeParagraphXml('BodyText', [...time, ...textRuns(paragraph, content)], content.direction);
  }
}
