import { type DocumentContent, speakersOf } from '../domain/document.ts';

/**
 * Yields JSON for programs with everything that is known: times in seconds, `original` as the engine returned it.
 * Each paragraph is one line, so that hours of speech can be written and read in a stream.
 */
export function* writeJson(content: DocumentContent): Generator<string> {
  const { title, language, source, facts, paragraphs } = content;
  const head = { title, language, source, facts, speakers: speakersOf(content) };
  yield `${JSON.stringify(head).slice(0, -1)},"paragraphs":[`;
  let separator = '\n';
  for (const paragraph of paragraphs) {
    if (paragraph.isAside) continue;
    yield separator + JSON.stringify(paragraph);
    separator = ',\n';
  }
  yield '\n]}\n';
}
