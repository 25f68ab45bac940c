import { type DocumentContent, paragraphText } from '../domain/document.ts';
import { factLine } from './fact-line.ts';
import { baseDirection, languageDirection } from './layout/base-direction.ts';
import { withIsolates } from './layout/isolates.ts';

/** Yields CommonMark with the title as a heading and each speaker's name in bold before their words. */
export function* writeMarkdown(content: DocumentContent): Generator<string> {
  const { title, facts, direction, paragraphs } = content;
  const usual = languageDirection(content.language);
  if (title !== '') yield `# ${escapeMarkdown(title)}\n`;
  if (facts.length > 0)
    yield `\n${facts.map((fact) => `- ${escapeMarkdown(factLine(fact, direction))}\n`).join('')}`;
  let previous: string | null = null;
  for (const paragraph of paragraphs) {
    const { speaker, heading } = paragraph;
    const above = heading === undefined ? '' : `## ${escapeMarkdown(heading)}\n\n`;
    const name = speaker === null || speaker === previous ? '' : `**${escapeMarkdown(speaker)}**\n\n`;
    previous = speaker;
    const text = paragraphText(paragraph);
    yield `\n${above}${name}${escapeMarkdown(withIsolates(text, baseDirection(text, usual)))}\n`;
  }
}

/** Markup at the start of a line: headings, lists, quotations, rules, tables. */
const atStart = /^(?:([#>+=:-])|(\d+)([.)]))/;
/** Markup anywhere in a line: code, emphasis, links, HTML, entities, tables, mathematics. */
const anywhere = /[\\`*_[\]<>&|~$]/g;

/** Escapes with a backslash everything that CommonMark or GitHub would take for markup. */
export function escapeMarkdown(line: string): string {
  return line
    .replace(anywhere, '\\$&')
    .replace(atStart, (_, mark?: string, number?: string, dot?: string) =>
      mark === undefined ? `${number}\\${dot}` : `\\${mark}`,
    );
}
