import { clockTime } from '../../domain/clock-time.ts';
import type { DocumentExtras, DocumentSection } from '../../domain/document-extras.ts';
import { textLanguage } from '../../domain/languages.ts';
import { writeDigits } from '../../domain/persian/digits.ts';
import type { Texts } from '../../texts/texts.ts';
import type { ProvenStatement } from './provable/contract.ts';
import type { StoredResult } from './store/stored-result.ts';
import type { DoneTask } from './store/tasks.ts';
import { todoFacts } from './views/todo-facts.ts';

type Line = DocumentSection['lines'][number];

/** Returns results as sections, chapters and a title of a document; null when there is nothing to show. */
export function renderExtras(
  texts: Texts,
  languageCode: string | null,
  tasks: readonly Pick<DoneTask, 'result'>[],
  place: DocumentExtras['place'],
): DocumentExtras | null {
  const results = tasks.map(({ result }) => result);
  const chapters = results.find((result) => result.kind === 'chapters');
  const sections = results.flatMap((result) => sectionsOf(texts, languageCode, result));
  if (sections.length === 0 && chapters === undefined) return null;
  return {
    ...{ title: chapters?.title ?? null, chapters: chapters?.chapters ?? [], sections, place },
    transcriptHeading: texts(languageCode, 'understanding-transcript'),
  };
}

/** Returns a result as sections of a document. Each begins with the line that says who wrote it. */
function sectionsOf(texts: Texts, languageCode: string | null, result: StoredResult): DocumentSection[] {
  const mark: Line = {
    text: texts(languageCode, 'understanding-made-by', { kind: result.kind, model: result.model }),
    start: null,
  };
  const lineOf = ({ text, start }: ProvenStatement): Line => ({
    text: `${text} (${timeWords(languageCode, start)})`,
    start,
  });
  switch (result.kind) {
    case 'summary':
      if (result.items.length === 0) return [];
      return [
        {
          heading: texts(languageCode, 'understanding-title-summary'),
          lines: [mark, ...result.items.map(lineOf)],
        },
      ];
    case 'tasks': {
      if (result.items.length === 0) return [];
      const lines = result.items.map((todo) => {
        const facts = [...todoFacts(languageCode, todo), timeWords(languageCode, todo.start)];
        return {
          text: `${todo.isTicked ? '☑' : '☐'} ${todo.text} (${facts.join(' · ')})`,
          start: todo.start,
        };
      });
      return [{ heading: texts(languageCode, 'understanding-title-tasks'), lines: [mark, ...lines] }];
    }
    case 'minutes':
      return result.sections.map(({ title, statements }, index) => ({
        heading: index === 0 ? `${result.name}: ${title}` : title,
        lines: [
          ...(index === 0 ? [mark] : []),
          ...(statements.length === 0 ? [{ text: '–', start: null }] : statements.map(lineOf)),
        ],
      }));
    default:
      return [];
  }
}

function timeWords(languageCode: string | null, seconds: number): string {
  return writeDigits(clockTime(seconds), textLanguage(languageCode) === 'fa' ? 'persian' : 'latin');
}
