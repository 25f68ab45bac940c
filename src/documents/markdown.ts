import { type DocumentContent, paragraphText } from '../domain/document.ts';
import { factLine } from './fact-line.ts';

/** CommonMark with the title as its heading and a speaker's name in bold before what they say. */
export function* writeMarkdown(content: DocumentContent): Generator<string> {
  const { title, facts, direction, paragraphs } = content;
  if (title !== '') yield `# ${escapeMarkdown(title)}\n`;
  if (facts.length > 0)
    yield `\n${facts.map((fact) => `- ${escapeMarkdown(factLine(fact, direction))}\n`).join('')}`;
  let previous: string | null = null;
  for (const paragraph of paragraphs) {
    const { speaker } = paragraph;
    const name = speaker === null || speaker === previous ? '' : `**${escapeMarkdown(speaker)}**\n\n`;
    previous = speaker;
    yield `\n${name}${escapeMarkdown(paragraphText(paragraph))}\n`;
  }
}

/** What begins a heading, a list, a quotation, a rule or a table at the start of a line. */
const atStart = /^(?:([#>+=:-])|(\d+)([.)]))/;
/** What means something wherever it stands: code, emphasis, links, HTML, entities, tables, mathematics. */
const anywhere = /[\\`*_[\]<>&|~$]/g;

/** A line as text: a backslash before everything that CommonMark or GitHub would take for markup. */
export function escapeMarkdown(line: string): string {
  return line
    .replace(anywhere, '\\$&')
    .replace(atStart, (_, mark?: string, number?: string, dot?: string) =>
      mark === undefined ? `${number}\\${dot}` : `\\${mark}`,
    );
}
