/**
 * `npm run local:install` sets the LOCAL engine up (Python packages and a model) before the first start,
 * which would otherwise do it in the background. A second run continues where the first one ended, and takes
 * a second when everything is there.
 */
import { pino } from 'pino';
import { provision } from '../src/engines/local/provision.ts';
import type { SpeakerFinderConfig } from '../src/engines/speakers/configuration.ts';
import { provideSpeakerProgram } from '../src/engines/speakers/speaker-program.ts';
import { loadConfig } from '../src/runtime/config.ts';
import { localEngineConfig, speakerFinderConfig } from '../src/runtime/engine-settings.ts';
import { loadEnvironment } from '../src/runtime/environment.ts';

const stop = new AbortController();
process.once('SIGINT', () => stop.abort(new Error('it was interrupted')));
process.once('SIGTERM', () => stop.abort(new Error('it was interrupted')));

let shown = '';
const show = (stage: string, fraction: number | null) => {
  const line = fraction === null ? `${stage} …` : `${stage} ${Math.floor(fraction * 10) * 10} %`;
  if (line !== shown) console.log(line);
  shown = line;
};

try {
  const config = loadConfig(loadEnvironment());
  const { model, device } = await provision(
    localEngineConfig(config),
    pino({ level: 'silent' }),
    show,
    stop.signal,
  );
  console.log(`LOCAL is set up: ${model} on ${device}.`);
  await installSpeakers(speakerFinderConfig(config));
} catch (error) {
  console.error(`LOCAL could not be set up: ${(error as Error).message}`);
  process.exitCode = 1;
}

/** Sets up what tells speakers apart. Without it LOCAL works all the same. */
async function installSpeakers(config: SpeakerFinderConfig): Promise<void> {
  if (!config.isOn) return;
  try {
    await provideSpeakerProgram(config, stop.signal);
    console.log('Speakers can be told apart.');
  } catch (error) {
    stop.signal.throwIfAborted();
    console.error(`Speakers cannot be told apart: ${(error as Error).message}`);
  }
}
