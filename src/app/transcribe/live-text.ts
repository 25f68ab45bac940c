import { maxLiveLength } from '../../domain/live-text.ts';
import type { Range } from '../../domain/loudness.ts';
import { type Transcript, transcriptText } from '../../domain/transcript.ts';

/** Characters that are kept of a chunk: more than a status message shows, because white space is collapsed later. */
const keptLength = 2 * maxLiveLength;

export type LiveText<Chunk> = {
  /** Sets what is recognised of a chunk so far. */
  set(chunk: Chunk, text: string): void;
  /** Sets the transcript of a chunk; without segments that may be hallucinations. */
  finish(chunk: Chunk, transcript: Pick<Transcript, 'segments'>): void;
  /** Returns the end of the text that is recognised without a gap. */
  text(): string;
};

/**
 * Collects the text that is recognised so far. Chunks run at the same time, and a later one may end first; its text
 * waits for the chunks before it. Only the end of each chunk's text is kept, and nothing of it is stored.
 * @param missing the chunks to transcribe
 * @param transcribed the chunks transcribed earlier
 */
export function createLiveText<Chunk extends Range>(
  missing: readonly Chunk[],
  transcribed: readonly (Range & { readonly transcript: Pick<Transcript, 'segments'> })[],
): LiveText<Chunk> {
  type State = { readonly start: number; text: string; isDone: boolean };
  const running = new Map<Range, State>(
    missing.map((chunk) => [chunk, { start: chunk.start, text: '', isDone: false }]),
  );
  const states = [
    ...running.values(),
    ...transcribed.map(({ start, transcript }) => ({ start, text: textOf(transcript), isDone: true })),
  ].sort((a, b) => a.start - b.start);
  const change = (chunk: Chunk, text: string, isDone: boolean) => {
    const state = running.get(chunk);
    if (state !== undefined) Object.assign(state, { text: text.slice(-keptLength), isDone });
  };
  return {
    set: (chunk, text) => change(chunk, text, false),
    finish: (chunk, transcript) => change(chunk, textOf(transcript), true),
    text() {
      const open = states.findIndex(({ isDone }) => !isDone);
      let end = open < 0 ? states.length - 1 : open;
      let text = '';
      for (; end >= 0 && text.length < keptLength; end -= 1) text = `${states[end]?.text} ${text}`;
      return text.trim();
    },
  };
}

function textOf({ segments }: Pick<Transcript, 'segments'>): string {
  const sure = segments.filter(({ hallucination }) => hallucination === undefined);
  return transcriptText({ language: null, languageProbability: null, segments: sure }).slice(-keptLength);
}
