import { type DocumentContent, speakersOf } from '../domain/document.ts';

/**
 * For programs: all that is known, times in seconds, `heard` as the engine gave it. One paragraph a line, so that hours
 * can be written and read bit by bit.
 */
export function* writeJson(content: DocumentContent): Generator<string> {
  const { title, language, source, facts, paragraphs } = content;
  const head = { title, language, source, facts, speakers: speakersOf(content) };
  yield `${JSON.stringify(head).slice(0, -1)},"paragraphs":[`;
  let separator = '\n';
  for (const paragraph of paragraphs) {
    yield separator + JSON.stringify(paragraph);
    separator = ',\n';
  }
  yield '\n]}\n';
}
