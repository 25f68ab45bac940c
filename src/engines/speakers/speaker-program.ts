import { join } from 'node:path';
import { provideEnvironment } from '../local/environment.ts';
import { runOneAtATime } from '../local/one-at-a-time.ts';
import type { SpeakerFinderConfig } from './configuration.ts';
import { provideSpeakerModels } from './speaker-models.ts';

/** A Python with the packages that find_turns.py needs, and the folder of its models. */
export type SpeakerProgram = { readonly python: string; readonly models: string };

/**
 * Sets up LOCAL's Python environment, and the models for it. Fast if both exist. Waits while another process does the
 * same in the same folder.
 * @throws Error with a message of one line
 */
export async function provideSpeakerProgram(
  { dataDir, python: configured }: Pick<SpeakerFinderConfig, 'dataDir' | 'python'>,
  signal: AbortSignal,
): Promise<SpeakerProgram> {
  const folder = join(dataDir, 'local');
  return runOneAtATime(folder, signal, async () => {
    const { python } = await provideEnvironment(folder, configured, () => undefined, signal);
    return { python, models: await provideSpeakerModels(dataDir, python, signal) };
  });
}
