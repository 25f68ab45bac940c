import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe } from 'vitest';

/** Folder with the JAR files of veraPDF and EPUBCheck; tests/documents/checkers/pom.xml says how to fill it. */
const jars = process.env['DABIR_CHECKERS'] ?? fileURLToPath(new URL('../../.data/checkers', import.meta.url));
const isMissing = !existsSync(jars) || spawnSync('java', ['-version']).error !== undefined;

/** Time for one run of a checker; Java takes ten seconds to begin, and a minute on a busy machine. */
export const checkerTimeoutMs = 180_000;

/** Declares a suite that needs Java and the checkers. Without them it is skipped with a name that says so. */
export function describeWithCheckers(name: string, tests: () => void): void {
  if (isMissing) describe.skip(`${name} (skipped: no Java, or no .data/checkers)`, tests);
  else describe(name, tests);
}

/** Runs a Java program, a class or a source file, on files, and returns what it prints. */
export function runChecker(program: string, files: Readonly<Record<string, Uint8Array>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'dabir-checkers-'));
  try {
    const paths = Object.entries(files).map(([name, bytes]) => {
      const path = join(folder, name);
      writeFileSync(path, bytes);
      return path;
    });
    const result = spawnSync('java', ['-cp', join(jars, '*'), program, ...paths], { encoding: 'utf8' });
    return result.stdout + result.stderr;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
