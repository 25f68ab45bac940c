import { mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { provideModel } from '../../src/engines/local/model.ts';
import type { ModelManifest } from '../../src/engines/local/model-manifest.ts';
import { manifestOf, modelFiles, startHub } from '../support/local-hub.ts';
import { until } from '../support/until.ts';

let folder = '';
let hub: Awaited<ReturnType<typeof startHub>>;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dabir-model-'));
  hub = await startHub();
});
afterEach(async () => {
  await hub.close();
  await rm(folder, { recursive: true, force: true });
});

/** Provides the model as one start of the engine does. */
async function provide({
  manifest = manifestOf(),
  address = hub.address,
  patienceMs = 5_000,
  signal = new AbortController().signal,
}: {
  manifest?: ModelManifest;
  address?: string;
  patienceMs?: number;
  signal?: AbortSignal;
} = {}) {
  const progress: string[] = [];
  const failures: string[] = [];
  const path = await provideModel(
    manifest,
    {
      folder,
      hub: { address, responseTimeoutMs: patienceMs, stallTimeoutMs: patienceMs },
      python: 'no-python-needed',
    },
    {
      onProgress: (stage, fraction) => progress.push(`${stage} ${fraction}`),
      onSourceFailed: (source, reason) => failures.push(`${source}: ${reason}`),
      signal,
    },
  );
  return { path, progress, failures };
}

const contents = async (path: string) =>
  Object.fromEntries(
    await Promise.all(
      Object.keys(modelFiles).map(async (name) => [name, await readFile(join(path, name))] as const),
    ),
  );
const downloads = () => hub.requests.filter((request) => request.startsWith('GET')).length;

test('all files are downloaded from the hub and checked, with progress from 0 to 1; the next start does neither', async () => {
  const { path, progress, failures } = await provide();
  expect(path).toBe(join(folder, 'tiny'));
  expect(await contents(path)).toEqual(modelFiles);
  expect(failures).toEqual([]);
  const fractions = (stage: string) =>
    progress.filter((line) => line.startsWith(stage)).map((line) => Number(line.split(' ')[1]));
  for (const stage of ['download', 'verify']) {
    expect(fractions(stage)).toEqual(fractions(stage).toSorted((a, b) => a - b));
    expect(fractions(stage).at(-1)).toBe(1);
  }
  expect(await readdir(folder)).toEqual(['tiny']);

  hub.requests.length = 0;
  expect(await provide()).toEqual({ path, progress: [], failures: [] });
  expect(hub.requests).toEqual([]);
});

test('an interrupted download is resumed', async () => {
  hub.cutAfter = 100_000;
  await expect(provide()).rejects.toThrow(/hub: model.bin: the download (broke off|ended) after \d+/);
  const had = (await stat(join(folder, 'tiny.hub', 'model.bin'))).size;
  expect(had).toBeGreaterThan(0);
  hub.requests.length = 0;
  const { path } = await provide();
  expect(await contents(path)).toEqual(modelFiles);
  expect(hub.requests.filter((request) => request.includes('resolve'))).toEqual([
    `GET /people/a-model/resolve/c0ffee/model.bin bytes=${had}-`,
  ]);
});

test('a download starts over where the hub does not support ranges', async () => {
  hub.cutAfter = 100_000;
  await expect(provide()).rejects.toThrow(/model.bin/);
  hub.ranges = false;
  expect(await contents((await provide()).path)).toEqual(modelFiles);
});

test('a file with another hash is refused and removed; the others stay', async () => {
  hub.wrong = 'model.bin';
  await expect(provide()).rejects.toThrow('hub: model.bin does not have the hash it should have');
  expect((await readdir(join(folder, 'tiny.hub'))).sort()).toEqual([
    'config.json',
    'tokenizer.json',
    'vocabulary.txt',
  ]);
  expect(await readdir(folder)).not.toContain('tiny');
  hub.wrong = null;
  const before = downloads();
  expect(await contents((await provide()).path)).toEqual(modelFiles);
  expect(hub.requests.slice(before).filter((request) => request.includes('config.json'))).toEqual([]);
});

test('leftovers of an interrupted download do no harm, even when too long or different', async () => {
  hub.cutAfter = 100_000;
  await expect(provide()).rejects.toThrow();
  await writeFile(join(folder, 'tiny.hub', 'model.bin'), Buffer.alloc(400_000));
  await writeFile(join(folder, 'tiny.hub', 'vocabulary.txt'), Buffer.alloc(1_000));
  await expect(provide()).rejects.toThrow('vocabulary.txt does not have the hash');
  expect(await contents((await provide()).path)).toEqual(modelFiles);
});

test.each(['model.bin', 'config.json'])(
  'hashes that the manifest lacks are taken from the hub (%s)',
  async (name) => {
    const manifest = manifestOf(false);
    hub.wrong = name;
    await expect(provide({ manifest })).rejects.toThrow(`${name} does not have the hash it should have`);
    hub.wrong = null;
    const { path } = await provide({ manifest });
    expect(await contents(path)).toEqual(modelFiles);
    // From here on they are valid without the hub too.
    await writeFile(join(path, name), Buffer.from(modelFiles[name] ?? '').fill(1, 0, 5));
    hub.status = 503;
    await expect(provide({ manifest })).rejects.toThrow('the hub answered 503');
    expect(await readdir(path)).not.toContain(name);
  },
);

test('a file without a known hash is not used', async () => {
  hub.announces = 'nothing';
  await expect(provide({ manifest: manifestOf(false) })).rejects.toThrow('announces no hash of config.json');
  expect(downloads()).toBe(0);
});

test.each([404, 401, 500])('a hub that answers %i is given up with a reason', async (status) => {
  hub.status = status;
  await expect(provide()).rejects.toThrow(
    `the model tiny could not be fetched (hub: the hub answered ${status})`,
  );
});

test('a hub that is down, never answers or stalls is given up with a reason', async () => {
  const closed = createServer();
  await new Promise<void>((resolve) => closed.listen(0, '127.0.0.1', resolve));
  const { port } = closed.address() as AddressInfo;
  await new Promise((resolve) => closed.close(resolve));
  await expect(provide({ address: `http://127.0.0.1:${port}` })).rejects.toThrow(
    /the hub could not be reached \(.*ECONNREFUSED/,
  );
  hub.hangs = 'no answer';
  await expect(provide({ patienceMs: 200 })).rejects.toThrow('could not be reached (no answer in time)');
  hub.hangs = 'stalls';
  await expect(provide({ patienceMs: 200 })).rejects.toThrow('model.bin: nothing came for 200 ms');
});

test('an abort stops a download at once with its reason', async () => {
  hub.hangs = 'stalls';
  const abort = new AbortController();
  const providing = provide({ signal: abort.signal });
  const reason = new Error('closing');
  const outcome = expect(providing).rejects.toBe(reason);
  await until(() => hub.requests.some((request) => request.includes('storage')));
  abort.abort(reason);
  await outcome;
});

test('a byte that changed in the cache is detected at the next start, and the file is downloaded again', async () => {
  const { path } = await provide();
  const changed = Buffer.from(modelFiles['model.bin'] ?? '');
  changed[1_000] = (changed[1_000] ?? 0) ^ 1;
  await writeFile(join(path, 'model.bin'), changed);
  const again = await provide();
  expect(again.progress.length).toBeGreaterThan(0);
  expect(await contents(path)).toEqual(modelFiles);
});

test('a file with a new modification time is checked once more, without the hub', async () => {
  const { path } = await provide();
  await utimes(join(path, 'model.bin'), new Date(), new Date(2020, 1, 1));
  hub.status = 503;
  expect((await provide()).progress.some((line) => line.startsWith('verify'))).toBe(true);
  expect((await provide()).progress).toEqual([]);
});

test('a missing file or a new version in the manifest is detected', async () => {
  const { path } = await provide();
  await rm(join(path, 'config.json'));
  expect(await contents((await provide()).path)).toEqual(modelFiles);
  const manifest = manifestOf();
  const newer = {
    ...manifest,
    files: manifest.files.map((file) =>
      file.name === 'model.bin' ? { ...file, sha256: 'f'.repeat(64) } : file,
    ),
  };
  await expect(provide({ manifest: newer })).rejects.toThrow('model.bin does not have the hash');
});
