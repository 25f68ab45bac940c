/**
 * Command `npm run demo [-- FILE …] [--engine ID] [--language xx] [--out DIR]`: the whole path
 * without a browser. It starts what is not running, sends the files through the playground like a
 * user, names the engine in their captions, shows the progress, prints the transcript and saves the
 * documents in a folder.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { PlaygroundUser, type Transcribed } from './demo/playground-user.ts';
import { findUserOfFolder } from './embedded/data-folder.ts';
import { loadConfig } from './runtime/config.ts';
import { loadEnvironment } from './runtime/environment.ts';
import { startDabir } from './standalone/dabir.ts';

const sample = fileURLToPath(new URL('../samples/voice-note.oga', import.meta.url));

const usage = 'npm run demo [-- FILE …] [--engine ID] [--language xx] [--out DIR]';
const { values, positionals } = readArguments();

const { env, config } = readConfiguration();
let stop = async () => {};
let shown = '';
process.on('SIGINT', () => void stop().finally(() => process.exit(130)));

try {
  process.exitCode = (await run()) ? 0 : 1;
} catch (error) {
  process.stderr.write(`\n${(error as Error).message}\n`);
  process.exitCode = 1;
}
await stop();
process.exit();

function readConfiguration() {
  try {
    const env = loadEnvironment();
    // The demo uses the playground even when a token is configured. Free ports avoid conflicts.
    return { env, config: { ...loadConfig({ ...env, BOT_TOKEN: '' }), PLAYGROUND_PORT: 0, WEB_PORT: 0 } };
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`);
    process.exit(1);
  }
}

function readArguments() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        engine: { type: 'string', default: 'local' },
        language: { type: 'string' },
        out: { type: 'string', default: 'demo-output' },
      },
    });
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\nUse: ${usage}\n`);
    process.exit(1);
  }
}

/**
 * Transcribes all files.
 * @returns true when every file became a transcript
 */
async function run(): Promise<boolean> {
  const person = await PlaygroundUser.enter(await playgroundUrl());
  const folder = resolve(values.out);
  await mkdir(folder, { recursive: true });
  let fine = true;
  for (const file of positionals.length > 0 ? positionals : [sample]) {
    process.stdout.write(`\n${basename(file)}\n`);
    const result = await person.transcribe(file, values.engine, values.language, showProgress);
    fine = (await report(person, result, folder)) && fine;
  }
  return fine;
}

async function playgroundUrl(): Promise<string> {
  const announced = await findUserOfFolder(config.DATA_DIR);
  if (announced?.startsWith('http')) return announced;
  process.stdout.write('Starting Dabir (the first time, the LOCAL engine is set up too)…\n');
  const dabir = await startDabir(
    config,
    { ...env, BOT_TOKEN: '', WEB_PORT: '0' },
    { onDeath: () => undefined },
  );
  stop = dabir.stop;
  if (dabir.playgroundUrl === null) throw new Error('The playground did not start.');
  return dabir.playgroundUrl;
}

/**
 * Shows the status message as it changes: in place on a terminal, and one line for each change
 * elsewhere.
 */
function showProgress(status: string): void {
  // Isolation marks around names are for chats; terminals show them as boxes.
  const line = status.replaceAll('\n', ' ').replace(/[\u2068\u2069]/g, '');
  if (line === shown) return;
  shown = line;
  process.stdout.write(process.stdout.isTTY ? `\r\x1b[K  ${line}` : `  ${line}\n`);
}

async function report(person: PlaygroundUser, result: Transcribed, folder: string): Promise<boolean> {
  if (process.stdout.isTTY) process.stdout.write('\n');
  if (result.failure !== null) {
    process.stderr.write(`\n${result.failure}\n`);
    return false;
  }
  process.stdout.write(`\n${result.text}\n\n`);
  for (const { name, uniqueId } of result.documents) {
    const path = join(folder, basename(name));
    await writeFile(path, await person.download(uniqueId));
    process.stdout.write(`  ${path}\n`);
  }
  return true;
}
