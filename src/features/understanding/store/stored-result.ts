import { z } from 'zod';
import type { TranscriptionId } from '../../../domain/ids.ts';
import type { FoundChapter, FoundTask, ProvenStatement } from '../provable/contract.ts';

/** What a user chose for a task. */
export type StoredOptions = {
  /** Language of the result, ISO 639-1. */
  readonly language: string;
  /** The template of minutes: the name of one of Dabir's own, or the id of a row. */
  readonly template?: string;
  /** The words of a question. */
  readonly question?: string;
};

export const storedOptionsSchema: z.ZodType<StoredOptions> = z.looseObject({
  language: z.string(),
  template: z.string().exactOptional(),
  question: z.string().exactOptional(),
});

/** A statement, and the transcript that it is about where a result is about several. */
export type StoredStatement = ProvenStatement & {
  readonly from?: {
    readonly id: TranscriptionId;
    /** Name of the file or its sender. */
    readonly name: string | null;
    /** The day on which it was sent, `YYYY-MM-DD`, in the user's time zone. */
    readonly day: string;
  };
};

/** Something that is to be done, with its tick. */
export type StoredTodo = FoundTask & { readonly isTicked?: boolean };

/** A segment with what became of its text: cleaned, or translated. Times are in seconds. */
export type StoredLine = {
  readonly start: number;
  readonly end: number;
  readonly speaker: string | null;
  readonly original: string;
  readonly text: string;
};

/** What is said about a result. */
export type AboutResult = {
  /** Name of the model. */
  readonly model: string;
  /** Language of the result, ISO 639-1. */
  readonly language: string;
  /** Number of statements that were left out, because the transcript does not support them. */
  readonly leftOut: number;
  /** True when the model gave nothing usable for some of the text. */
  readonly isIncomplete: boolean;
};

/** What a task gave, by its kind. */
export type ResultContent =
  | { readonly kind: 'summary' | 'question'; readonly items: readonly StoredStatement[] }
  | { readonly kind: 'tasks'; readonly items: readonly StoredTodo[] }
  | {
      readonly kind: 'chapters';
      readonly title: string | null;
      readonly chapters: readonly Pick<FoundChapter, 'title' | 'start'>[];
    }
  | { readonly kind: 'clean' | 'translation'; readonly lines: readonly StoredLine[] }
  | {
      readonly kind: 'minutes';
      /** Name of the template. */
      readonly name: string;
      readonly sections: readonly {
        readonly title: string;
        readonly statements: readonly ProvenStatement[];
      }[];
    };

/** The result of a task. */
export type StoredResult = AboutResult & ResultContent;

const statementShape = {
  text: z.string(),
  segments: z.array(z.number()),
  quote: z.string(),
  start: z.number(),
  end: z.number(),
};

const fromSchema = z.looseObject({ id: z.number(), name: z.string().nullable(), day: z.string() });

const statementsSchema = z.array(z.looseObject(statementShape));

const todoSchema = z.looseObject({
  ...statementShape,
  who: z.string().nullable(),
  due: z
    .looseObject({
      words: z.string(),
      gregorian: z.string().nullable(),
      jalali: z.string().nullable(),
      time: z.string().nullable(),
    })
    .nullable(),
  amounts: z.array(z.string()),
  isTicked: z.boolean().exactOptional(),
});

const lineSchema = z.looseObject({
  start: z.number(),
  end: z.number(),
  speaker: z.string().nullable(),
  original: z.string(),
  text: z.string(),
});

const about = {
  model: z.string(),
  language: z.string(),
  leftOut: z.number(),
  isIncomplete: z.boolean(),
};

/** `understanding_task.result`. Objects are loose: a field that a newer release has added stays. */
export const storedResultSchema: z.ZodType<StoredResult> = z.discriminatedUnion('kind', [
  z.looseObject({
    kind: z.enum(['summary', 'question']),
    ...about,
    items: z.array(z.looseObject({ ...statementShape, from: fromSchema.exactOptional() })),
  }),
  z.looseObject({ kind: z.literal('tasks'), ...about, items: z.array(todoSchema) }),
  z.looseObject({
    kind: z.literal('chapters'),
    ...about,
    title: z.string().nullable(),
    chapters: z.array(z.looseObject({ title: z.string(), start: z.number() })),
  }),
  z.looseObject({ kind: z.enum(['clean', 'translation']), ...about, lines: z.array(lineSchema) }),
  z.looseObject({
    kind: z.literal('minutes'),
    ...about,
    name: z.string(),
    sections: z.array(z.looseObject({ title: z.string(), statements: statementsSchema })),
  }),
]);
