import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

export type Ended = { readonly code: number | null; readonly out: string; readonly err: string };

/** Starts a program of the checkout as an operator does, without this machine's own configuration. */
export function startProgram(
  script: string,
  parameters: readonly string[],
  env: Readonly<Record<string, string>>,
  wrapper: readonly string[] = [],
): { readonly process: ChildProcess; readonly ended: Promise<Ended> } {
  const path = fileURLToPath(new URL(`../../${script}`, import.meta.url));
  const [program = '', ...rest] = [...wrapper, process.execPath, path, ...parameters];
  const child = spawn(program, rest, {
    env: { ...process.env, BOT_TOKEN: '', DATABASE_URL: '', REDIS_URL: '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]).then(
    ([out, err, [code]]) => ({ code: code as number | null, out, err }),
  );
  return { process: child, ended };
}

/** Runs a program of the checkout to its end. */
export async function runProgram(
  script: string,
  parameters: readonly string[],
  env: Readonly<Record<string, string>>,
  wrapper: readonly string[] = [],
): Promise<Ended> {
  return startProgram(script, parameters, env, wrapper).ended;
}
