import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findInstalledFault, provideModel } from '../../src/engines/local/model.ts';
import { readAgreements, recordAgreement } from '../../src/engines/local/models/agreements.ts';
import { listBroughtModels } from '../../src/engines/local/models/brought-models.ts';
import { chooseModels, type ModelRules, wantedModels } from '../../src/engines/local/models/choose-models.ts';
import { ctcModels } from '../../src/engines/local/models/ctc-models.ts';
import { knownModels } from '../../src/engines/local/models/known-models.ts';
import { listModels } from '../../src/engines/local/models/list-models.ts';
import type { CtcModel } from '../../src/engines/local/models/local-model.ts';
import { provideOwnModels } from '../../src/engines/local/models/provide-own-models.ts';
import { manifestOf, modelFiles, sha256, startHub } from '../support/local-hub.ts';

const gigabyte = 2 ** 30;
const never = new AbortController().signal;
const quiet = { onProgress: () => undefined, signal: never };
let folder = '';
let hub: Awaited<ReturnType<typeof startHub>>;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dabir-own-'));
  hub = await startHub();
});
afterEach(async () => {
  await hub.close();
  await rm(folder, { recursive: true, force: true });
});

const rules = (own: Partial<ModelRules> = {}): ModelRules => ({
  fixed: new Map(),
  forbidden: new Set(),
  agreed: new Set(),
  memoryBytes: 16 * gigabyte,
  ...own,
});
const all = new Set(ctcModels.map(({ name }) => name));
const persian = (models: readonly CtcModel[], own: Partial<ModelRules>) =>
  chooseModels(models, rules(own)).get('fa')?.name;

test('every known model has its source, licence and the files that are read', () => {
  expect(new Set(knownModels.map(({ name }) => name)).size).toBe(knownModels.length);
  for (const { name, repository, revision, files, licence, accuracy } of knownModels) {
    expect(repository, name).toMatch(/^[\w.-]+\/[\w.-]+$/);
    expect(revision, name).toMatch(/^[0-9a-f]{40}$/);
    expect(licence.name, name).not.toBe('');
    for (const { sha256: hash } of files) if (hash !== null) expect(hash, name).toMatch(/^[0-9a-f]{64}$/);
    for (const { source } of accuracy) expect(source, name).toMatch(/\d{4}-\d\d-\d\d/);
  }
  for (const { name, ctc, files } of ctcModels)
    expect(files.map((file) => file.name).sort(), name).toEqual([ctc.graph, ctc.tokens].sort());
});

test('the most accurate installed model that suits the memory transcribes its language', () => {
  expect(persian(ctcModels, { agreed: all })).toBe('shenava-koochik');
  expect(persian(ctcModels, { agreed: all, memoryBytes: 2 * gigabyte })).toBe('shenava-rizeh');
  expect(persian(ctcModels, { agreed: all, memoryBytes: 1 * gigabyte })).toBe('shenava-rizeh-pizeh');
  expect(persian([], { agreed: all })).toBeUndefined();
});

test('a model with unclear terms is neither used nor downloaded before the operator has agreed', () => {
  expect(persian(ctcModels, {})).toBe('omnilingual-300m');
  expect(wantedModels(ctcModels, rules())).toEqual([]);
  const named = rules({ fixed: new Map([['fa', 'shenava-rizeh']]) });
  expect(wantedModels(ctcModels, named)).toEqual([]);
  expect(chooseModels(ctcModels, named).size).toBe(0);
  const agreed = rules({ agreed: new Set(['shenava-rizeh', 'shenava-koochik']) });
  expect(wantedModels(ctcModels, agreed).map(({ name }) => name)).toEqual(['shenava-koochik']);
});

test('the operator fixes and forbids models; a fixed model needs no memory check, and whisper means none', () => {
  const fixed = (model: string) => ({ agreed: all, fixed: new Map([['fa', model]]), memoryBytes: 0 });
  expect(persian(ctcModels, fixed('omnilingual-300m'))).toBe('omnilingual-300m');
  expect(persian(ctcModels, fixed('whisper'))).toBeUndefined();
  expect(persian(ctcModels, { agreed: all, forbidden: new Set(['shenava-koochik']) })).toBe('shenava-rizeh');
  const asked = rules({ fixed: new Map([['fa', 'omnilingual-300m']]) });
  expect(wantedModels(ctcModels, asked).map(({ name }) => name)).toEqual(['omnilingual-300m']);
});

test('agreements are recorded with who agreed and when', async () => {
  expect(await readAgreements(folder)).toEqual(new Set());
  await recordAgreement(folder, 'shenava-rizeh', 'admin 7');
  expect(await readAgreements(folder)).toEqual(new Set(['shenava-rizeh']));
  const record = JSON.parse(await readFile(join(folder, 'agreed', 'shenava-rizeh.json'), 'utf8'));
  expect(record).toMatchObject({ by: 'admin 7', at: expect.stringMatching(/^\d{4}-/) });
});

test('a folder with a model.json is a model that the operator brought; a wrong one has its fault in a line', async () => {
  const write = async (name: string, text: string) => {
    await mkdir(join(folder, name));
    await writeFile(join(folder, name, 'model.json'), text);
  };
  await write('fastconformer', '{"languages": ["fa"], "normalise": "per_feature", "wordErrorPercent": 13.2}');
  await write('shenava-rizeh', '{"languages": ["fa"]}');
  await write('torn', '{"languages": ');
  await write('wrong', '{"languages": [], "graph": "../secret", "colour": 1}');
  await mkdir(join(folder, 'base'));
  const brought = await listBroughtModels(folder, new Set(['shenava-rizeh']));
  expect(brought).toEqual([
    {
      name: 'fastconformer',
      model: expect.objectContaining({
        languages: ['fa'],
        ctc: { graph: 'model.onnx', tokens: 'tokens.txt', normalise: 'per_feature' },
        accuracy: [expect.objectContaining({ wordErrorPercent: 13.2 })],
      }),
    },
    { name: 'shenava-rizeh', fault: 'the name is that of another model' },
    { name: 'torn', fault: 'model.json is not JSON' },
    { name: 'wrong', fault: expect.stringMatching(/languages .*; graph must be a file name; .*colour/) },
  ]);
  const models = brought.flatMap((each) => ('model' in each ? [each.model] : []));
  expect(persian([...ctcModels, ...models], { agreed: all })).toBe('fastconformer');
});

test('models are listed for admins with their states on this machine', async () => {
  await mkdir(join(folder, 'shenava-rizeh'));
  await mkdir(join(folder, 'mine'));
  await writeFile(join(folder, 'mine', 'model.json'), '{"languages": ["fa"], "licence": "CC-BY-4.0"}');
  const forbidden = new Set(['shenava-koochik']);
  const agreed = new Set(['shenava-rizeh']);
  const listed = await listModels(folder, rules({ forbidden, agreed }), new Set(['base', 'mine']));
  const states = Object.fromEntries(listed.map(({ name, state }) => [name, state]));
  expect(states).toMatchObject({
    base: 'used',
    small: 'available',
    'shenava-koochik': 'forbidden',
    'shenava-rizeh': 'installed',
    'shenava-rizeh-pizeh': 'terms',
    'omnilingual-300m': 'available',
    mine: 'used',
  });
  expect(listed.filter(({ isPinnedByDownload }) => isPinnedByDownload).map(({ name }) => name)).toEqual([
    'shenava-rizeh-pizeh',
  ]);
  expect(listed.find(({ name }) => name === 'mine')).toMatchObject({ licence: 'CC-BY-4.0', bytes: null });
  expect(listed.find(({ name }) => name === 'base')).toMatchObject({ languages: 'any', bytes: 147_882_941 });
});

test('without a known hash the first download is pinned, and a file that the hub changes later is refused', async () => {
  const manifest = manifestOf(false);
  const source = { folder, hub: { address: hub.address }, python: 'no-python-needed' };
  const hooks = { ...quiet, onSourceFailed: () => undefined };
  const path = await provideModel(manifest, source, hooks);
  expect(await findInstalledFault(manifest, source, quiet)).toBeNull();
  await rm(path, { recursive: true });
  expect(await findInstalledFault(manifest, source, quiet)).toBeUndefined();
  const before = modelFiles['config.json'] as Buffer;
  const changed = Buffer.from('{"alignment_heads": [9]}');
  try {
    Object.assign(modelFiles, { 'config.json': changed });
    await expect(provideModel(manifest, source, hooks)).rejects.toThrow(
      'config.json does not have the hash it should have',
    );
  } finally {
    Object.assign(modelFiles, { 'config.json': before });
  }
  expect(await provideModel(manifest, source, hooks)).toBe(path);
  // A new revision has new files.
  const pins = JSON.parse(await readFile(`${path}.pins.json`, 'utf8'));
  expect(pins).toMatchObject({
    revision: 'c0ffee',
    hashes: { 'model.bin': sha256(modelFiles['model.bin'] as Buffer) },
  });
});

test('a copied folder is used when its files are right, and nothing of another one is deleted', async () => {
  const manifest = manifestOf();
  const copied = join(folder, manifest.name);
  await mkdir(copied);
  for (const [name, content] of Object.entries(modelFiles)) await writeFile(join(copied, name), content);
  expect(await findInstalledFault(manifest, { folder }, quiet)).toBeNull();
  await writeFile(join(copied, 'config.json'), '{"of": "another revision"}');
  expect(await findInstalledFault(manifest, { folder }, quiet)).toBe(
    'config.json does not have the hash it should have',
  );
  expect(await readdir(copied)).toContain('config.json');
  expect(hub.requests).toEqual([]);
});

test('a model that cannot be downloaded or read is logged and left out, and LOCAL is set up without it', async () => {
  const lines: { msg: string; model?: string; reason?: string; fault?: string }[] = [];
  const logger = pino({ level: 'warn' }, { write: (line: string) => lines.push(JSON.parse(line)) });
  await mkdir(join(folder, 'torn'));
  await writeFile(join(folder, 'torn', 'model.json'), 'not JSON');
  hub.status = 503;
  const own = await provideOwnModels(
    rules({ agreed: new Set(['shenava-rizeh']) }),
    { folder, hub: { address: hub.address }, python: process.execPath },
    { ...quiet, logger },
  );
  expect(own).toEqual([]);
  expect(hub.requests).toEqual([
    'GET /Reza2kn/Shenava-Rizeh-v1.0-sherpa-onnx/resolve/c542ce322851424975d6b818f740cfb3b15bd991/model.onnx',
  ]);
  expect(lines).toMatchObject([
    { model: 'shenava-rizeh', reason: expect.stringContaining('hub: the hub answered 503') },
    { model: 'torn', fault: 'model.json is not JSON' },
  ]);
  expect(await readdir(folder)).not.toContain('shenava-rizeh');
});
