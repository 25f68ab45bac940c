import type { TaskMessage } from '../../../app/ports/task-messages.ts';
import { clockTime } from '../../../domain/clock-time.ts';
import { textLanguage } from '../../../domain/languages.ts';
import { writeDigits } from '../../../domain/persian/digits.ts';
import { packMoment } from '../../../domain/understanding.ts';
import { inRows } from '../../../lib/in-rows.ts';
import { formatCalendarDay, isolate } from '../../../texts/format.ts';
import type { Texts } from '../../../texts/texts.ts';
import type { StoredLine, StoredResult, StoredTodo } from '../store/stored-result.ts';
import type { LeasedTask } from '../store/tasks.ts';
import { MessageText } from './message-text.ts';
import { packPress } from './presses.ts';
import { renderFileButton, renderFoot, renderPlays, type Say } from './result-foot.ts';
import { todoFacts } from './todo-facts.ts';

type ResultOf<Kind extends StoredResult['kind']> = Extract<StoredResult, { readonly kind: Kind }>;

type About = Pick<LeasedTask, 'id' | 'transcriptionId' | 'options'>;

const ticksPerRow = 4;

/**
 * Returns the message of a result: its lines with their moments, and buttons that play them.
 * @param version which text a cleaned text shows: that of the model, or as it was spoken
 */
export function renderResult(
  texts: Texts,
  languageCode: string | null,
  task: About,
  result: StoredResult,
  version: 'cleaned' | 'spoken' = 'cleaned',
): TaskMessage {
  const say: Say = (key, variables) => texts(languageCode, key, variables);
  switch (result.kind) {
    case 'summary':
    case 'question':
      return renderStatements(say, languageCode, task, result);
    case 'tasks':
      return renderTodos(say, languageCode, task, result);
    case 'chapters':
      return renderChapters(say, task, result);
    case 'clean':
    case 'translation':
      return renderLines(say, task, result, version);
    case 'minutes':
      return renderMinutes(say, task, result);
  }
}

/** Returns the reply to a question about all transcripts: each line says where it was found. */
function renderFound(
  say: Say,
  languageCode: string | null,
  text: MessageText,
  result: ResultOf<'summary' | 'question'>,
): TaskMessage {
  if (result.items.length === 0) return text.addFoot(say('understanding-nothing-found')).withRows([]);
  const plays = result.items.flatMap(({ text: words, start, end, from }, index) => {
    if (from === undefined) return [];
    const day = formatCalendarDay(languageCode, from.day).split(' (')[0] ?? '';
    const where = [...(from.name === null ? [] : [isolate(from.name)]), isolate(day), clockTime(start)];
    text.addLine(`\n${placeIn(languageCode, index)}. ${words}`);
    text.addLine(where.join(' · '));
    return [{ text: `▶ ${placeIn(languageCode, index)}`, data: packMoment({ id: from.id, start, end }) }];
  });
  return withFoot(say, text, result, inRows(plays, ticksPerRow));
}

function renderStatements(
  say: Say,
  languageCode: string | null,
  { transcriptionId, options }: About,
  result: ResultOf<'summary' | 'question'>,
): TaskMessage {
  const text = new MessageText().addHeading(options.question ?? say(`understanding-title-${result.kind}`));
  if (transcriptionId === null) return renderFound(say, languageCode, text, result);
  if (result.items.length === 0) text.addLine(say(`understanding-nothing-${result.kind}`));
  for (const { start, text: words } of result.items) text.addLine(`\n${clockTime(start)} ${words}`);
  return withFoot(say, text, result, renderPlays(transcriptionId, result.items));
}

function renderTodos(
  say: Say,
  languageCode: string | null,
  { id, transcriptionId }: About,
  result: ResultOf<'tasks'>,
): TaskMessage {
  const place = (index: number) => placeIn(languageCode, index);
  const text = new MessageText().addHeading(say('understanding-title-tasks'));
  if (result.items.length === 0) text.addLine(say('understanding-nothing-tasks'));
  for (const [index, todo] of result.items.entries()) {
    const facts = todoFacts(languageCode, todo);
    text.addLine(`\n${tickOf(todo)} ${place(index)}. ${todo.text}`);
    text.addLine([clockTime(todo.start), ...facts].join(' · '));
  }
  const ticks = result.items.map((todo, index) => ({
    text: `${tickOf(todo)} ${place(index)}`,
    data: packPress('tick', id, index),
  }));
  const hasDays = result.items.some(({ due }) => due?.gregorian != null);
  return withFoot(say, text, result, [
    ...(ticks.length === 0 ? [] : inRows(ticks, ticksPerRow)),
    ...renderPlays(transcriptionId, result.items),
    hasDays ? [renderFileButton(say, id, 'ics')] : [],
  ]);
}

/** Returns the number of a line, from 1 on, in the digits of the language. */
function placeIn(languageCode: string | null, index: number): string {
  return writeDigits(String(index + 1), textLanguage(languageCode) === 'fa' ? 'persian' : 'latin');
}

function tickOf({ isTicked }: StoredTodo): string {
  return isTicked ? '☑' : '☐';
}

function renderChapters(say: Say, { id }: About, result: ResultOf<'chapters'>): TaskMessage {
  const text = new MessageText().addHeading(result.title ?? say('understanding-title-chapters'));
  if (result.chapters.length === 0) text.addLine(say('understanding-nothing-chapters'));
  for (const { start, title } of result.chapters) text.addLine(`${clockTime(start)} ${title}`);
  const files = (['docx', 'pdf'] as const).map((file) => renderFileButton(say, id, file));
  return withFoot(say, text, result, result.chapters.length === 0 ? [] : [files]);
}

function renderLines(
  say: Say,
  { id }: About,
  result: ResultOf<'clean' | 'translation'>,
  version: 'cleaned' | 'spoken',
): TaskMessage {
  const text = new MessageText().addHeading(say(`understanding-title-${result.kind}`));
  const isSpoken = version === 'spoken';
  for (const paragraph of paragraphsOf(result.lines, isSpoken)) text.addLine(`\n${paragraph}`);
  const other = isSpoken ? 'cleaned' : 'spoken';
  const toggle = { text: say(`understanding-button-${other}`), data: packPress(other, id) };
  const files = (['docx', 'pdf'] as const).map((file) => renderFileButton(say, id, file));
  return withFoot(say, text, result, [result.kind === 'clean' ? [toggle] : [], files]);
}

/** Returns lines as running text, with a paragraph where the speaker changes. */
function paragraphsOf(lines: readonly StoredLine[], isSpoken: boolean): string[] {
  const paragraphs: { speaker: string | null; words: string[] }[] = [];
  for (const { speaker, original, text } of lines) {
    const words = isSpoken ? original : text;
    if (words === '') continue;
    const last = paragraphs.at(-1);
    if (last !== undefined && last.speaker === speaker) last.words.push(words);
    else paragraphs.push({ speaker, words: [words] });
  }
  return paragraphs.map(({ speaker, words }) =>
    speaker === null ? words.join(' ') : `${isolate(speaker)}: ${words.join(' ')}`,
  );
}

function renderMinutes(say: Say, { id, transcriptionId }: About, result: ResultOf<'minutes'>): TaskMessage {
  const text = new MessageText().addHeading(result.name);
  for (const { title, statements } of result.sections) {
    text.addLine('');
    text.addHeading(title);
    if (statements.length === 0) text.addLine('–');
    for (const { start, text: words } of statements) text.addLine(`${clockTime(start)} ${words}`);
  }
  const statements = result.sections.flatMap((section) => section.statements);
  const files = (['docx', 'pdf'] as const).map((file) => renderFileButton(say, id, file));
  return withFoot(say, text, result, [...renderPlays(transcriptionId, statements), files]);
}

function withFoot(say: Say, text: MessageText, result: StoredResult, rows: TaskMessage['rows']): TaskMessage {
  text.addFoot('');
  for (const line of renderFoot(say, result)) text.addFoot(line);
  return text.withRows(rows);
}
