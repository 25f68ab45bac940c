import type { Texts } from '../../texts/texts.ts';
import type { MinutesTemplate } from './provable/contract.ts';
import type { Templates } from './store/templates.ts';

/**
 * Dabir's own templates: what a language model is told about each section. Their names and titles are texts of the user's
 * language, `minutes-NAME` and `minutes-NAME-SECTION`.
 */
const builtIn = {
  meeting: {
    topics: 'What was talked about, one statement for each subject.',
    decisions: 'What was decided or agreed on.',
    tasks: 'Who is to do what, and until when.',
    open: 'Questions that were asked and not answered.',
  },
  interview: {
    about: 'Who is interviewed, and what about.',
    answers: 'The main answers, in the order of the questions.',
    quotes: 'Remarkable statements, in the words of who said them.',
  },
  lecture: {
    subject: 'What the lecture is about.',
    points: 'The main points and definitions, in their order.',
    examples: 'Examples and figures.',
    reading: 'Exercises, dates and sources that were named.',
  },
  diary: {
    happened: 'What happened.',
    thoughts: 'Thoughts and feelings.',
    plans: 'Plans and intentions.',
  },
  sales: {
    needs: 'What the customer needs, and for what.',
    offer: 'What was offered, with prices.',
    objections: 'Objections of the customer.',
    next: 'What was agreed as the next step, and when.',
  },
} as const;

export type BuiltInTemplate = keyof typeof builtIn;

/** The names of Dabir's own templates, in the order of their buttons. */
export const builtInTemplates = Object.keys(builtIn) as BuiltInTemplate[];

/** Returns true for the name of one of Dabir's own templates. */
export function isBuiltIn(name: string): name is BuiltInTemplate {
  return Object.hasOwn(builtIn, name);
}

/** Returns one of Dabir's own templates in a language. */
export function writeBuiltIn(
  texts: Texts,
  languageCode: string | null,
  name: BuiltInTemplate,
): MinutesTemplate {
  return {
    name: texts(languageCode, `minutes-${name}`),
    sections: Object.entries(builtIn[name]).map(([section, instructions]) => ({
      title: texts(languageCode, `minutes-${name}-${section}`),
      instructions,
    })),
  };
}

/** Returns the name under which a task and a button know a template of the database. */
export function templateKey(id: number): string {
  return `own-${id}`;
}

/** Resolves to the template that a task names; null when the user has none of this name. */
export async function findTemplate(
  { templates, texts }: { readonly templates: Pick<Templates, 'entries'>; readonly texts: Texts },
  userId: number,
  languageCode: string | null,
  name: string,
): Promise<MinutesTemplate | null> {
  if (isBuiltIn(name)) return writeBuiltIn(texts, languageCode, name);
  const own = await templates.entries(userId);
  return own.find(({ id }) => templateKey(id) === name) ?? null;
}

/** Limits of a template: sections, and UTF-16 units of its name, a title and the instructions of a section. */
const [maxSections, maxNameLength, maxTitleLength, maxInstructionsLength] = [12, 40, 60, 300];

/**
 * Reads a template as users write it: its name in the first line, then a section in each line, with instructions after a
 * colon. Returns null for a text that is none, or exceeds a limit.
 */
export function readTemplate(text: string): MinutesTemplate | null {
  const [name = '', ...lines] = text
    .split('\n')
    .map((line) => line.replace(/^[-–•*]\s*/u, '').trim())
    .filter((line) => line !== '');
  const sections = lines.map((line) => {
    const [title = '', ...rest] = line.split(/[:：]/u);
    return { title: title.trim(), instructions: rest.join(':').trim() };
  });
  const fits =
    name.length <= maxNameLength &&
    /\p{L}|\p{N}/u.test(name) &&
    sections.length > 0 &&
    sections.length <= maxSections &&
    sections.every(
      ({ title, instructions }) =>
        title !== '' && title.length <= maxTitleLength && instructions.length <= maxInstructionsLength,
    );
  return fits ? { name, sections } : null;
}
