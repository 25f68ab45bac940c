import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { AudioPart, TranscribeHooks } from '../../src/domain/engine.ts';
import type { TranscriberSettings } from '../../src/engines/local/transcriber-process.ts';
import { until } from './until.ts';

const script = fileURLToPath(new URL('local-fake-transcriber.ts', import.meta.url));

/** How to start the transcriber without a model (local-fake-transcriber.ts); `start` is how it behaves at first. */
export function fakeTranscriber(
  start: 'normal' | 'deaf' | 'cannot load' | 'loads forever' = 'normal',
  silenceMs = 60_000,
): TranscriberSettings {
  return { command: process.execPath, parameters: [script, start], model: 'fake', device: 'cpu', silenceMs };
}

/** Ten seconds of audio; what the transcriber does with it is its path. */
export function audio(path: string): AudioPart {
  return { path, durationSeconds: 10, format: 'wav' };
}

/** Hooks for a file that nobody cancels. */
export function hooks(overrides: Partial<TranscribeHooks> = {}): TranscribeHooks {
  return {
    signal: new AbortController().signal,
    onProgress: () => undefined,
    ticket: { value: null, keep: async () => undefined },
    ...overrides,
  };
}

export const plain = { language: null, hotwords: [] };

/** Resolves when the process has gone, whoever was to wait for it. */
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
  // An orphan that has ended stays listed until somebody asks for its exit code, which not every container does.
  const status = await readFile(`/proc/${processId}/status`, 'utf8').catch(() => '');
  return status !== '' && !/^State:\s+Z/m.test(status);
}
