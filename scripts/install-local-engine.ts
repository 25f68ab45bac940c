/**
 * `npm run local:install` sets the LOCAL engine up (Python packages and models) before the first start,
 * which would otherwise do it in the background. A second run continues where the first one ended, and takes
 * a second when everything is there.
 *
 * `npm run local:install -- shenava-rizeh --agree` installs a model that docs/engines.md names. `--agree` is the operator's
 * agreement to an unclear licence.
 */
import { parseArgs } from 'node:util';
import { pino } from 'pino';
import { installModel } from '../src/engines/local/models/install-model.ts';
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

const silent = pino({ level: 'silent' });

try {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { agree: { type: 'boolean' } },
  });
  const config = loadConfig(loadEnvironment());
  const local = localEngineConfig(config);
  const agreement = values.agree ? 'npm run local:install -- --agree' : null;
  for (const name of positionals) {
    const path = await installModel(name, agreement, local, silent, show, stop.signal).catch((error) => {
      if (!/was not agreed to$/.test(error.message)) throw error;
      throw new Error(`${error.message}; read docs/engines.md, then add --agree`);
    });
    console.log(`${name} is installed in ${path}. A running worker takes it up at its next start.`);
  }
  if (positionals.length === 0) {
    const { model, ownModels = [], device } = await provision(local, silent, show, stop.signal);
    console.log(`LOCAL is set up: ${[model, ...ownModels].join('; ')} on ${device}.`);
    await installSpeakers(speakerFinderConfig(config));
  }
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
