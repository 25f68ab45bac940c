import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { isolated, runCommand } from '../run-command.ts';
import type { CtcFiles } from './local-model.ts';

const ctcScript = fileURLToPath(new URL('../ctc_model.py', import.meta.url));
const checkedSchema = z.object({ of: z.string(), fault: z.string().nullable() });

/**
 * Loads a CTC model once in a process of its own and runs it on silence. The result is recorded beside its folder, and
 * valid until its files change.
 * @param path folder of the model
 * @returns what is wrong with it, in one line; null if it can be used
 */
export async function findGraphFault(
  python: string,
  path: string,
  files: CtcFiles,
  signal: AbortSignal,
): Promise<string | null> {
  const of = await fingerprint(path, files);
  const record = `${path}.checked.json`;
  const known = await readFile(record, 'utf8')
    .then((text) => checkedSchema.parse(JSON.parse(text)))
    .catch(() => null);
  if (known?.of === of) return known.fault;
  const model = JSON.stringify({ path, ...files });
  const fault = await runCommand(python, [...isolated, ctcScript, model], { signal }).then(
    (output) => output.trim() || null,
    (error: Error) => {
      signal.throwIfAborted();
      // A graph can end its process, for example when memory runs out.
      return error.message.split('\n')[0] ?? 'it does not load';
    },
  );
  await writeFile(record, JSON.stringify({ of, fault })).catch(() => undefined);
  return fault;
}

async function fingerprint(path: string, files: CtcFiles): Promise<string> {
  const sizes = [files.graph, files.tokens].map(async (name) => {
    const found = await stat(join(path, name)).catch(() => null);
    return found === null ? null : [name, found.size, found.mtimeMs];
  });
  return JSON.stringify([...(await Promise.all(sizes)), files.normalise]);
}
