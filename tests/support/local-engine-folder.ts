import { mkdirSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pino } from 'pino';
import { describe, test } from 'vitest';
import type { LocalEngineConfig } from '../../src/engines/local/local-engine.ts';
import { provision } from '../../src/engines/local/provision.ts';

/** A set-up that failed is not tried again by each test file of a run, in milliseconds. */
const failureHoldsMs = 10 * 60_000;
const longestSetUpMs = 10 * 60_000;

/** The data folder in which all tests share one LOCAL engine: `<project>/.data/test`, made when it is missing. */
export function localEngineFolder(): string {
  const folder = fileURLToPath(new URL('../../.data/test', import.meta.url));
  mkdirSync(folder, { recursive: true });
  return folder;
}

/** The engine that tests share: the `base` model on the machine's own Python. */
export function localEngineConfig(): LocalEngineConfig {
  return {
    dataDir: localEngineFolder(),
    python: null,
    model: 'base',
    computeType: null,
    threads: null,
    huggingFaceEndpoint: null,
  };
}

/**
 * Sets the shared engine up where that is still to do; several test files may ask at the same time.
 * @returns null when the engine can run here, else why not, in a line
 */
export async function whyLocalCannotRun(): Promise<string | null> {
  const failed = await recentFailure();
  if (failed !== null && !mustRun()) return failed;
  try {
    await provision(
      localEngineConfig(),
      pino({ level: 'silent' }),
      () => undefined,
      AbortSignal.timeout(longestSetUpMs),
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
 * `describe` for tests that need the real LOCAL engine. Where it cannot run they are skipped by name, with the reason;
 * with DABIR_REQUIRE_ALL set they fail instead. Await it, so that the tests are known when the file has been read.
 */
export async function describeWithLocal(name: string, define: () => void): Promise<void> {
  describeUnless(because(await whyLocalCannotRun()), name, define);
}

/**
 * `describe` for tests that need something which is not to be had everywhere; skipped or failed as `describeWithLocal`.
 * @param reason why they cannot run here, null when they can
 */
export function describeUnless(reason: string | null, name: string, define: () => void): void {
  if (reason === null) describe(name, define);
  else if (mustRun()) test(name, () => Promise.reject(new Error(reason)));
  else describe.skip(`${name} (skipped, ${reason})`, define);
}

/** One test, as `describeWithLocal`. */
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

/** Outside `local/`, which other tests link to. */
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
