import { mkdir, mkdtemp, readdir, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { EngineModel } from '../../src/domain/engine-model.ts';
import type { LocalEngineConfig } from '../../src/engines/local/configuration.ts';
import { readAgreements } from '../../src/engines/local/models/agreements.ts';
import type { WhisperModel } from '../../src/engines/local/models/local-model.ts';
import { ModelChanges } from '../../src/engines/local/models/model-changes.ts';
import { describeWithLocal, localEngineConfig, localEngineFolder } from '../support/local-engine-folder.ts';
import { manifestOf, modelFiles, startHub } from '../support/local-hub.ts';

const never = new AbortController().signal;
const wanted = { isWanted: true, agreement: null };
const unwanted = { isWanted: false, agreement: null };
const agreed = { isWanted: true, agreement: 'admin 7, on the admin page' };

await describeWithLocal('a model that an admin wants:', () => {
  let folder = '';
  let hub: Awaited<ReturnType<typeof startHub>>;
  let config: LocalEngineConfig;
  /** What the engine did around the changes. */
  let exchanges: string[];
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'dabir-changes-'));
    hub = await startHub();
    exchanges = [];
    await mkdir(join(folder, 'local', 'models'), { recursive: true });
    for (const name of await readdir(join(localEngineFolder(), 'local')))
      if (name.startsWith('python-'))
        await symlink(join(localEngineFolder(), 'local', name), join(folder, 'local', name), 'junction');
    config = { ...localEngineConfig(), dataDir: folder, huggingFaceEndpoint: hub.address };
  });
  afterEach(async () => {
    await hub.close();
    await rm(folder, { recursive: true, force: true });
  });

  function changes(mustBeAgreed = false, own: Partial<LocalEngineConfig> = {}, whisper = 'base') {
    const model: WhisperModel = {
      ...manifestOf(),
      family: 'whisper',
      accuracy: [],
      cpuSecondsPerMinute: null,
      peakMemoryBytes: null,
      licence: { name: 'MIT', mustBeAgreed },
    };
    const hooks = {
      whisper: () => whisper,
      async exchange(change: () => Promise<void>) {
        exchanges.push('ended');
        await change();
        exchanges.push('provided');
      },
    };
    return new ModelChanges({ ...config, ...own }, pino({ level: 'silent' }), hooks, [model]);
  }
  const changeOf = (of: ModelChanges) => of.shown([{ name: 'tiny' } as EngineModel])[0]?.change;
  const installed = () => readdir(join(folder, 'local', 'models', 'tiny')).catch(() => []);

  test('a model that an admin wants is downloaded, checked and used, with its progress', async () => {
    const these = changes();
    const done = these.apply('tiny', wanted, never);
    expect(changeOf(these)).toEqual({ kind: 'installing', fraction: null });
    expect(await done).toBe(true);
    expect(changeOf(these)).toBeUndefined();
    expect(await installed()).toEqual(expect.arrayContaining(Object.keys(modelFiles)));
    expect(exchanges).toEqual(['ended', 'provided']);
  }, 60_000);

  test('a model that cannot be downloaded waits with its reason, and the next attempt continues the download', async () => {
    const these = changes();
    hub.cutAfter = 100_000;
    expect(await these.apply('tiny', wanted, never)).toBe(false);
    expect(changeOf(these)).toEqual({ kind: 'waiting', reason: expect.stringContaining('broke off') });
    expect(exchanges).toEqual([]);
    expect(await these.apply('tiny', wanted, never)).toBe(true);
    expect(hub.requests.some((request) => /model\.bin bytes=\d+-$/.test(request))).toBe(true);
    expect(await readFile(join(folder, 'local', 'models', 'tiny', 'model.bin'))).toEqual(
      modelFiles['model.bin'],
    );
  }, 60_000);

  test('a model with unclear terms is installed only with an agreement, which is recorded, and removed with it', async () => {
    const these = changes(true);
    expect(await these.apply('tiny', wanted, never)).toBe(true);
    expect(changeOf(these)).toMatchObject({ kind: 'failed', reason: expect.stringContaining('agreed') });
    expect(hub.requests).toEqual([]);
    await these.apply('tiny', agreed, never);
    const models = join(folder, 'local', 'models');
    expect(await readAgreements(models)).toEqual(new Set(['tiny']));
    expect(await these.apply('tiny', unwanted, never)).toBe(true);
    expect(await installed()).toEqual([]);
    expect(await readAgreements(models)).toEqual(new Set());
    expect(exchanges).toEqual(['ended', 'provided', 'ended', 'provided']);
  }, 60_000);

  test('a forbidden model is not downloaded, and the one in use is not removed', async () => {
    const forbidden = changes(false, { forbiddenModels: new Set(['tiny']) });
    await forbidden.apply('tiny', wanted, never);
    expect(changeOf(forbidden)).toMatchObject({
      kind: 'failed',
      reason: expect.stringContaining('FORBIDDEN'),
    });
    expect(hub.requests).toEqual([]);
    const used = changes(false, {}, 'tiny');
    await used.apply('tiny', wanted, never);
    await used.apply('tiny', unwanted, never);
    expect(changeOf(used)).toMatchObject({ kind: 'failed', reason: expect.stringContaining('in use') });
    expect(await installed()).not.toEqual([]);
  }, 60_000);

  test('a worker that ends during a download stops it, and shows no failure', async () => {
    const these = changes();
    const leaving = new AbortController();
    hub.hangs = 'stalls';
    const done = these.apply('tiny', wanted, leaving.signal);
    setTimeout(() => leaving.abort(new Error('the worker ends')), 500);
    await expect(done).rejects.toThrow('the worker ends');
    expect(changeOf(these)).toBeUndefined();
  }, 60_000);
});
