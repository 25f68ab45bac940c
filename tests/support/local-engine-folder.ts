import { mkdirSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pino } from 'pino';
import { describe, test } from 'vitest';
import type { LocalEngineConfig } from '../../src/engines/local/local-engine.ts';
import { provision } from '../../src/engines/local/provision.ts';

/** Time for which a failed set-up is not repeated by the other test files of a run, in ms. */
const failureHoldsMs = 10 * 60_000;
const maxSetUpMs = 10 * 60_000;

/**
 * Returns the data folder in which all tests share one LOCAL engine, `<project>/.data/test`; creates it when
 * it is missing.
 */
export function localEngineFolder(): string {
  const folder = fileURLToPath(new URL('../../.data/test', import.meta.url));
  mkdirSync(folder, { recursive: true });
  return folder;
}

/** Returns the configuration of the shared engine: the `base` model on the machine's own Python. */
export function localEngineConfig(): LocalEngineConfig {
  return {
    dataDir: localEngineFolder(),
    python: null,
    model: 'base',
    languageModels: new Map<string, string>(),
    forbiddenModels: new Set<string>(),
    agreedLicences: new Set<string>(),
    computeType: null,
    threads: null,
    idleMs: 60_000,
    huggingFaceEndpoint: null,
  };
}

/**
 * Sets the shared engine up unless that is done; several test files may call it at the same time.
 * @returns null when the engine can run here, else the reason, in a line
 */
export async function whyLocalCannotRun(): Promise<string | null> {
  const failed = await recentFailure();
  if (failed !== null && !mustRun()) return failed;
  try {
    await provision(
      localEngineConfig(),
      pino({ level: 'silent' }),
      () => undefined,
      AbortSignal.timeout(maxSetUpMs),
    );
    await rm(failureFile(), { force: true });
    return null;
  } catch (error) {
    const reason = (error as Error).message.replace(/\s+/g, ' ');
    await writeFile(failureFile(), JSON.stringify({ reason, at: Date.now() }));
    return reason;
  }
}

/**
 * Declares tests that need the real LOCAL engine. Where it cannot run they are skipped with the reason in
 * their name; with DABIR_REQUIRE_ALL set they fail instead. Await it, so that the tests are known when the
 * file has been read.
 */
export async function describeWithLocal(name: string, define: () => void): Promise<void> {
  describeUnless(because(await whyLocalCannotRun()), name, define);
}

/**
 * Declares tests that need something that not every machine has; skipped or failed as by `describeWithLocal`.
 * @param reason why they cannot run here, null when they can
 */
export function describeUnless(reason: string | null, name: string, define: () => void): void {
  if (reason === null) describe(name, define);
  else if (mustRun()) test(name, () => Promise.reject(new Error(reason)));
  else describe.skip(`${name} (skipped, ${reason})`, define);
}

/** Declares one test, as `describeWithLocal` does. */
export async function testWithLocal(name: string, run: () => Promise<void>): Promise<void> {
  const reason = because(await whyLocalCannotRun());
  if (reason === null) test(name, run);
  else if (mustRun()) test(name, () => Promise.reject(new Error(reason)));
  else test.skip(`${name} (skipped, ${reason})`, run);
}

const because = (reason: string | null) => (reason === null ? null : `LOCAL cannot run here: ${reason}`);

function mustRun(): boolean {
  return Boolean(process.env['DABIR_REQUIRE_ALL']);
}

/** Returns a file outside `local/`, to which other tests link. */
function failureFile(): string {
  return join(localEngineFolder(), 'local-cannot-run.json');
}

async function recentFailure(): Promise<string | null> {
  try {
    const { reason, at } = JSON.parse(await readFile(failureFile(), 'utf8')) as {
      reason: string;
      at: number;
    };
    return Date.now() - at < failureHoldsMs ? reason : null;
  } catch {
    return null;
  }
}
