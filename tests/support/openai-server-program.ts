import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { access, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { pino } from 'pino';
import { describe } from 'vitest';
import { findFreePort } from '../../src/embedded/free-port.ts';
import { provision } from '../../src/engines/local/provision.ts';
import {
  describeUnless,
  localEngineConfig,
  localEngineFolder,
  whyLocalCannotRun,
} from './local-engine-folder.ts';
import { until } from './until.ts';

const run = promisify(execFile);

/** The program; it needs these packages beside the LOCAL engine's own. */
const program = 'faster-whisper-server==0.0.3';
const needs = ['fastapi==0.124.4', 'uvicorn==0.38.0', 'python-multipart==0.0.20', 'PyYAML==6.0.3'];

/** A third-party server with OpenAI's transcription API, on this machine. */
export type ServerProgram = { readonly url: string; close(): Promise<void> };

/**
 * Declares tests that need the program. Where it cannot be installed they are skipped with the reason in
 * their name; with DABIR_REQUIRE_ALL set they fail instead, unless LOCAL is missing, which LOCAL's own tests
 * report.
 */
export async function describeWithServerProgram(name: string, define: () => void): Promise<void> {
  const withoutLocal = await whyLocalCannotRun();
  if (withoutLocal !== null)
    return void describe.skip(`${name} (skipped, LOCAL cannot run here: ${withoutLocal})`, define);
  describeUnless(await whyItCannotBeHad(), name, define);
}

async function whyItCannotBeHad(): Promise<string | null> {
  try {
    await install((await local()).command);
    return null;
  } catch (error) {
    // pip's own reason comes last.
    const reason = (error as Error).message.trim().split('\n').at(-1);
    return `${program} cannot be installed here: ${reason}`;
  }
}

/** Returns LOCAL's Python, packages and model. */
const local = () =>
  provision(localEngineConfig(), pino({ level: 'silent' }), () => undefined, AbortSignal.timeout(600_000));

/**
 * Starts faster-whisper-server, a third-party program, with LOCAL's Python and model. It is installed once
 * into the tests' data folder.
 * @throws Error when it cannot be installed here, or does not start
 */
export async function startServerProgram(): Promise<ServerProgram> {
  const { command, parameters } = await local();
  const model = parameters[parameters.indexOf('--model') + 1] ?? '';
  const packages = await install(command);
  // In whole numbers, as LOCAL does: with the program's usual setting it takes twice the processor time.
  const settings = { name: 'whisper-1', path: model, model_options: { device: 'cpu', compute_type: 'int8' } };
  const config = join(localEngineFolder(), 'openai-server.yaml');
  // JSON is YAML.
  await writeFile(config, JSON.stringify({ models: [settings] }));
  const port = await findFreePort();
  const server = spawn(
    command,
    ['-m', 'faster_whisper_server', '--config', config, '--host', '127.0.0.1', '--port', `${port}`],
    {
      env: { ...process.env, PYTHONPATH: packages, HF_HUB_OFFLINE: '1' },
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  );
  const words: string[] = [];
  server.stderr.setEncoding('utf8').on('data', (text: string) => words.push(text));
  const url = `http://127.0.0.1:${port}`;
  try {
    await until(
      () => answers(url) || hasEnded(server),
      () => words.join(''),
    );
    if (hasEnded(server)) throw new Error(`it ended: ${words.join('')}`);
  } catch (error) {
    server.kill();
    throw error;
  }
  return {
    url,
    async close() {
      if (hasEnded(server)) return;
      server.kill();
      await once(server, 'exit');
    },
  };
}

const answers = (url: string) =>
  fetch(`${url}/health`).then(
    ({ ok }) => ok,
    () => false,
  );
const hasEnded = ({ exitCode, signalCode }: ChildProcess) => exitCode !== null || signalCode !== null;

/**
 * Returns the folder with the server's packages, which is created under another name and renamed when it is
 * complete.
 */
async function install(python: string): Promise<string> {
  const folder = join(localEngineFolder(), 'openai-server');
  if (
    await access(folder).then(
      () => true,
      () => false,
    )
  )
    return folder;
  const temporary = await mkdtemp(`${folder}-`);
  try {
    const pip = [
      '-m',
      'pip',
      'install',
      '--quiet',
      '--disable-pip-version-check',
      '--no-input',
      '--target',
      temporary,
    ];
    await run(python, [...pip, ...needs]);
    await run(python, [...pip, '--no-deps', program]);
    await rename(temporary, folder);
  } catch (error) {
    await rm(temporary, { recursive: true, force: true });
    throw error;
  }
  return folder;
}
