import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findFreePort } from '../../src/embedded/free-port.ts';
import { describeUnless, whyLocalCannotRun } from './local-engine-folder.ts';
import { installPackages, provisionLocal } from './python-packages.ts';
import { makeToyGguf } from './toy-gguf.ts';

/** llama.cpp with its server, built for many systems. It ships no model. */
const program = 'xllamacpp==2026.10.11549';

/** llama.cpp's server on this machine. */
export type LlamaServer = {
  readonly url: string;
  readonly key: string;
  readonly modelName: string;
  close(): Promise<void>;
};

/**
 * Declares tests that need llama.cpp's server. Where it cannot be installed they are skipped with the reason in their
 * name; with DABIR_REQUIRE_ALL set they fail instead, unless LOCAL is missing, whose Python they use.
 */
export async function describeWithLlamaServer(name: string, define: () => void): Promise<void> {
  const withoutLocal = await whyLocalCannotRun();
  const reason =
    withoutLocal === null
      ? await install().then(
          () => null,
          (error: Error) => `${program} cannot be installed here: ${error.message.trim().split('\n').at(-1)}`,
        )
      : null;
  if (withoutLocal !== null)
    return void describeUnless(`LOCAL cannot run here: ${withoutLocal}`, name, define);
  describeUnless(reason, name, define);
}

async function install(): Promise<{ python: string; packages: string }> {
  const { command } = await provisionLocal();
  const packages = await installPackages(command, 'llama-server', [['--only-binary', ':all:', program]]);
  return { python: command, packages };
}

/** Starts the server with the toy model. */
export async function startLlamaServer(contextTokens: number): Promise<LlamaServer> {
  const { python, packages } = await install();
  const folder = await mkdtemp(join(tmpdir(), 'dabir-llama-'));
  const modelName = 'toy.gguf';
  const path = join(folder, modelName);
  await writeFile(path, makeToyGguf(contextTokens));
  const key = 'key-of-llama-server';
  const script = fileURLToPath(new URL('llama_server.py', import.meta.url));
  const port = await findFreePort();
  const child = spawn(python, [script, path, `${port}`, `${contextTokens}`, key], {
    env: { ...process.env, PYTHONPATH: packages },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const words: string[] = [];
  child.stderr.setEncoding('utf8').on('data', (text: string) => words.push(text));
  const ended = once(child, 'exit');
  const [started] = (await Promise.race([once(child.stdout.setEncoding('utf8'), 'data'), ended])) as [
    string | number,
  ];
  if (typeof started !== 'string') {
    await rm(folder, { recursive: true, force: true });
    throw new Error(`it ended: ${words.join('').slice(-2_000)}`);
  }
  return {
    url: started.trim(),
    key,
    modelName,
    async close() {
      child.stdin.end();
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}
