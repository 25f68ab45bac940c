import type { Wording } from '../../app/ports/documents.ts';
import type { Settings } from '../../app/ports/settings.ts';
import type { Transcripts } from '../../app/ports/transcripts.ts';
import type { Understood, UnderstoodContent } from '../../app/ports/understood.ts';
import type { DocumentContent } from '../../domain/document.ts';
import { type DocumentChoice, writerFor } from '../../domain/document-choice.ts';
import type { DocumentExtras } from '../../domain/document-extras.ts';
import type { Segment } from '../../domain/transcript.ts';
import type { Transcription } from '../../domain/transcription.ts';
import { languageName } from '../../texts/format.ts';
import type { Texts } from '../../texts/texts.ts';
import { bilingualRows } from './bilingual-rows.ts';
import { datedTodos, writeCalendar } from './calendar.ts';
import { renderExtras } from './document-sections.ts';
import type { AboutResult, StoredLine } from './store/stored-result.ts';
import type { DoneTask, UnderstandingTasks } from './store/tasks.ts';

type UnderstoodDependencies = {
  readonly tasks: Pick<UnderstandingTasks, 'find' | 'latest'>;
  readonly transcripts: Pick<Transcripts, 'find'>;
  readonly wording: Wording;
  readonly settings: Pick<Settings, 'documents'>;
  readonly texts: Texts;
  /** False: there is no language model, so that nothing is looked for. */
  readonly isOn: boolean;
};

/** Returns what a language model made of transcripts, for documents. */
export function createUnderstood(dependencies: UnderstoodDependencies): Understood {
  const { tasks, texts, isOn } = dependencies;
  return {
    async findExtras({ id, languageCode }, { summary }) {
      if (!isOn || summary === 'hidden') return null;
      return renderExtras(texts, languageCode, await tasks.latest(id), summary);
    },

    async find(transcription, id, file) {
      const task = await tasks.find(id, transcription.userId);
      if (task === null || task.transcriptionId !== transcription.id) return null;
      if (file === 'ics') return calendarOf(dependencies, transcription, task);
      return documentOfResult(dependencies, transcription, task, file);
    },
  };
}

function calendarOf(
  { texts }: UnderstoodDependencies,
  { languageCode }: Transcription,
  { id, result }: DoneTask,
): UnderstoodContent | null {
  if (result.kind !== 'tasks' || datedTodos(result.items).length === 0) return null;
  const bytes = new TextEncoder().encode(writeCalendar(`task-${id}`, result.items, new Date()));
  return { kind: 'file', fileName: `${texts(languageCode, 'understanding-title-tasks')}.ics`, bytes };
}

async function documentOfResult(
  { transcripts, wording, settings, texts }: UnderstoodDependencies,
  transcription: Transcription,
  task: DoneTask,
  format: 'docx' | 'pdf',
): Promise<UnderstoodContent | null> {
  const { result } = task;
  const stored = await transcripts.find(transcription.id);
  if (stored === null) return null;
  const choice = await settings.documents(transcription.userId);
  const { languageCode } = transcription;
  if (result.kind === 'clean' || result.kind === 'translation') {
    const transcript = { ...stored.transcript, segments: result.lines.map(segmentOf) };
    const { content, baseName } = wording.document(transcription, { ...stored, transcript }, choice);
    const name = texts(languageCode, `understanding-title-${result.kind}`);
    const mark = {
      label: name,
      value: texts(languageCode, 'understanding-made-by-model', { model: result.model }),
    };
    return {
      kind: 'document',
      content: {
        ...content,
        facts: [...content.facts, mark],
        ...(result.kind === 'translation' && bilingual(languageCode, content, result, choice)),
      },
      baseName: `${baseName} – ${name}`,
      format,
    };
  }
  const place = choice.summary === 'before' ? 'before' : 'after';
  const extras: DocumentExtras | null = renderExtras(texts, languageCode, [task], place);
  return { kind: 'document', ...wording.document(transcription, stored, choice, extras), format };
}

/** Returns what makes a document bilingual: its rows, and the headings of both columns. */
function bilingual(
  languageCode: string | null,
  { language }: DocumentContent,
  result: AboutResult & { readonly lines: readonly StoredLine[] },
  choice: DocumentChoice,
): Pick<DocumentContent, 'paragraphs' | 'translation'> {
  return {
    paragraphs: bilingualRows(result.lines, writerFor(language, choice)),
    translation: {
      language: result.language,
      headings: {
        original: languageName(languageCode, language),
        translation: languageName(languageCode, result.language),
      },
    },
  };
}

function segmentOf({ start, end, speaker, text }: StoredLine): Segment {
  return {
    ...{ start, end, text, words: [] },
    ...{ averageLogProbability: null, noSpeechProbability: null, compressionRatio: null },
    ...(speaker !== null && { speaker }),
  };
}
