import type { TranscribeOptions } from '../domain/engine.ts';
import type { HttpResponse } from '../http/client.ts';

/**
 * The form of a response: words and segments, segments with speakers, or text alone with or without log probabilities.
 */
export type ResponseForm = {
  readonly format: 'verbose_json' | 'diarized_json' | 'json';
  readonly hasLogProbabilities: boolean;
};

const form = (format: ResponseForm['format'], hasLogProbabilities = false): ResponseForm => ({
  format,
  hasLogProbabilities,
});

/**
 * Returns the forms to request, in order; the next one is for a server that refuses the one before. OpenAI's own models
 * are known by name; other servers mostly run Whisper, which gives full detail.
 */
export function responseForms(model: string): readonly [ResponseForm, ...ResponseForm[]] {
  if (/diarize/.test(model)) return [form('diarized_json'), form('verbose_json'), form('json')];
  if (isGptTranscribe(model)) return [form('json')];
  if (/^gpt-/.test(model)) return [form('json', true), form('json')];
  return [form('verbose_json'), form('json')];
}

/** Returns true for a refusal of the form, rather than of the audio. */
export function refusesForm({ status, text }: Pick<HttpResponse, 'status' | 'text'>): boolean {
  const words = /response_format|timestamp_granularities|diarized|chunking_strategy|logprobs|\binclude\b/i;
  return (status === 400 || status === 422) && words.test(text);
}

/** Returns the form's fields beside the file. */
export function fieldsOf(
  model: string,
  { format, hasLogProbabilities }: ResponseForm,
  { language, hotwords }: TranscribeOptions,
): [string, string][] {
  const fields: [string, string][] = [
    ['model', model],
    ['response_format', format],
  ];
  if (format === 'verbose_json') {
    fields.push(['timestamp_granularities[]', 'segment'], ['timestamp_granularities[]', 'word']);
  }
  if (format === 'diarized_json') fields.push(['chunking_strategy', 'auto']);
  if (hasLogProbabilities) fields.push(['include[]', 'logprobs']);
  if (isGptTranscribe(model)) {
    // It takes lists in place of `language` and `prompt`.
    if (language !== null) fields.push(['languages[]', language]);
    fields.push(...keywordsOf(hotwords).map((word): [string, string] => ['keywords[]', word]));
    return fields;
  }
  if (language !== null) fields.push(['language', language]);
  // The diarize model takes no prompt.
  if (hotwords.length > 0 && !/diarize/.test(model)) fields.push(['prompt', hotwords.join(', ')]);
  return fields;
}

function isGptTranscribe(model: string): boolean {
  return /^gpt-transcribe\b/.test(model);
}

/**
 * Returns the hotwords that gpt-transcribe takes; it refuses the whole request for a keyword with `<`, `>` or a line
 * break.
 */
function keywordsOf(hotwords: readonly string[]): string[] {
  return [...new Set(hotwords.map((word) => word.trim()))].filter(
    (word) => word !== '' && !/[<>\r\n]/.test(word),
  );
}

/** The day on which OpenAI ends these models (its deprecations page, notice of 2026-08-26). */
const lastDay = '2027-02-26';

/** Returns what operators should know about a model of OpenAI that ends; null for any other. */
export function endOfModel(model: string): string | null {
  if (!/^(whisper-1|gpt-4o(-mini)?-transcribe)/.test(model)) return null;
  return `OpenAI ends ${model} on ${lastDay}; gpt-transcribe replaces it, without times and speakers`;
}
