import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { z } from 'zod';
import type { CtcModel } from './local-model.ts';

/** File by which a folder beside the downloaded models becomes a model of the operator's own. */
const descriptionFile = 'model.json';

const fileName = z.string().refine((name) => name !== '' && basename(name) === name, 'must be a file name');
const descriptionSchema = z.strictObject({
  languages: z.array(z.string().regex(/^[a-z]{2,3}$/, 'must be language codes such as fa')).min(1),
  graph: fileName.default('model.onnx'),
  tokens: fileName.default('tokens.txt'),
  normalise: z.enum(['none', 'per_feature']).nullable().default(null),
  licence: z.string().max(100).default('unknown'),
  wordErrorPercent: z.number().min(0).max(100).optional(),
});

/** A model that the operator brought, or why its folder is not one. */
export type Brought = { readonly name: string } & ({ readonly model: CtcModel } | { readonly fault: string });

/**
 * Reads the folders of models that have a `model.json`. Their hashes are unknown: the operator answers for the files.
 * @param folder folder of the models
 * @param known names that a brought model must not have
 */
export async function listBroughtModels(folder: string, known: ReadonlySet<string>): Promise<Brought[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const brought: Brought[] = [];
  for (const { name } of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    const text = await readFile(join(folder, name, descriptionFile), 'utf8').catch(() => null);
    if (text === null) continue;
    brought.push(
      known.has(name) ? { name, fault: 'the name is that of another model' } : describe(name, text),
    );
  }
  return brought;
}

function describe(name: string, text: string): Brought {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    return { name, fault: `${descriptionFile} is not JSON` };
  }
  const result = descriptionSchema.safeParse(data);
  if (!result.success) {
    const faults = result.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`.trim());
    return { name, fault: `${descriptionFile}: ${faults.join('; ')}` };
  }
  const { languages, graph, tokens, normalise, licence, wordErrorPercent } = result.data;
  const said = { on: 'unknown recordings', source: "the operator's model.json" };
  return {
    name,
    model: {
      name,
      family: 'ctc',
      languages,
      accuracy:
        wordErrorPercent === undefined
          ? []
          : languages.map((language) => ({ wordErrorPercent, language, ...said })),
      cpuSecondsPerMinute: null,
      peakMemoryBytes: null,
      minMachineBytes: 0,
      licence: { name: licence, mustBeAgreed: false },
      ctc: { graph, tokens, normalise },
      repository: '',
      revision: '',
      files: [],
    },
  };
}
