import type { EngineProfile, TranscribeOptions } from '../domain/engine.ts';
import { DabirError, type ErrorCode } from '../domain/errors.ts';
import { createScribeModelChoice, isAboutMissingModel } from './model-choice.ts';
import { FinalError } from './poll.ts';

/** One way to ask MetisAI for a transcription. */
export type MetisTry = {
  readonly model: { readonly name: 'elevenlabs' | 'openai'; readonly model: string };
  /** Arguments beside the file. */
  readonly args: Readonly<Record<string, string | number>>;
};

/** A provider behind MetisAI. */
export type MetisRoute = {
  readonly can: Pick<EngineProfile['can'], 'times' | 'confidences' | 'speakers' | 'hotwords'>;
  /** Returns the ways to try, in order. */
  tries(options: TranscribeOptions): readonly MetisTry[];
  taken(attempt: MetisTry): void;
  refused(attempt: MetisTry): void;
  /** Returns true for an error after which the next way is tried. */
  isRefusal(thrown: unknown): boolean;
};

/**
 * Creates the route for a model: `scribe_v2`, or `openai/whisper-1` with the provider before the slash.
 * @param warn tells operators of another model than theirs
 */
export function createMetisRoute(model: string, warn?: (message: string) => void): MetisRoute {
  const name = /^openai\/(.+)$/.exec(model)?.[1];
  return name === undefined
    ? createScribeRoute(model.replace(/^elevenlabs\//, ''), warn)
    : createOpenAiRoute(name);
}

/** ElevenLabs takes no argument but the file here; its response has words with times and speakers. */
function createScribeRoute(configured: string, warn?: (message: string) => void): MetisRoute {
  const models = createScribeModelChoice(configured, warn);
  return {
    can: { times: 'words', confidences: true, speakers: true, hotwords: false },
    tries: () =>
      models.candidates().map((model) => ({ model: { name: 'elevenlabs', model }, args: {} }) as const),
    taken: ({ model }) => models.taken(model.model),
    refused: ({ model }) => models.refused(model.model),
    // A request holds only the model and the file's address, so a rejection is likely to be about the model.
    isRefusal: (thrown) =>
      isOf(thrown, 'engine_rejected') ||
      (thrown instanceof FinalError && isAboutMissingModel(thrown.message)),
  };
}

/** Whisper gives times as SRT; MetisAI fails with that format at times, and its text alone is better than nothing. */
function createOpenAiRoute(model: string): MetisRoute {
  let hasSubtitles = true;
  let isRefused = false;
  return {
    can: { times: 'segments', confidences: false, speakers: false, hotwords: true },
    tries({ language, hotwords }) {
      const args = {
        temperature: 0,
        ...(language === null ? {} : { language }),
        ...(hotwords.length === 0 ? {} : { prompt: hotwords.join(', ') }),
      };
      const text: MetisTry = { model: { name: 'openai', model }, args };
      return hasSubtitles ? [{ ...text, args: { ...args, response_format: 'srt' } }, text] : [text];
    },
    taken({ args }) {
      // Where the text alone succeeds, the format was the reason.
      if (!('response_format' in args) && isRefused) hasSubtitles = false;
    },
    refused({ args }) {
      isRefused = 'response_format' in args;
    },
    isRefusal: (thrown) =>
      isOf(thrown, 'engine_rejected') ||
      isOf(thrown, 'engine_response_unknown') ||
      thrown instanceof FinalError,
  };
}

function isOf(thrown: unknown, code: ErrorCode): boolean {
  return thrown instanceof DabirError && thrown.code === code;
}
