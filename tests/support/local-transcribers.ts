import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { AudioChunk, TranscribeHooks } from '../../src/domain/engine.ts';
import type { TranscriberSettings } from '../../src/engines/local/transcriber-process.ts';
import { until } from './until.ts';

const script = fileURLToPath(new URL('local-fake-transcriber.ts', import.meta.url));

/**
 * Returns settings for a transcriber without a model (local-fake-transcriber.ts); `start` is its behaviour at
 * the start.
 */
export function fakeTranscriber(
  start: 'normal' | 'deaf' | 'cannot load' | 'loads forever' = 'normal',
  silenceMs = 60_000,
): TranscriberSettings {
  return { command: process.execPath, parameters: [script, start], model: 'fake', device: 'cpu', silenceMs };
}

/** Returns ten seconds of audio; its path sets what the transcriber does with it. */
export function audio(path: string): AudioChunk {
  return { path, durationSeconds: 10, format: 'wav' };
}

/** Returns hooks for a file that is never cancelled. */
export function hooks(overrides: Partial<TranscribeHooks> = {}): TranscribeHooks {
  return {
    signal: new AbortController().signal,
    onProgress: () => undefined,
    ticket: { value: null, save: async () => undefined },
    ...overrides,
  };
}

export const plain = { language: null, hotwords: [] };

/** Resolves when the process has ended, even without its parent. */
export async function hasGone(processId: number): Promise<void> {
  await until(async () => !(await isRunning(processId)));
}

async function isRunning(processId: number): Promise<boolean> {
  try {
    process.kill(processId, 0);
  } catch {
    return false;
  }
  if (process.platform !== 'linux') return true;
  // An ended orphan stays listed until its exit code is read, which not every container does.
  const status = await readFile(`/proc/${processId}/status`, 'utf8').catch(() => '');
  return status !== '' && !/^State:\s+Z/m.test(status);
}
