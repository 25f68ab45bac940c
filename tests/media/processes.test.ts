import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { createDecoderProcesses, type MediaLimits } from '../../src/media/decoder-processes.ts';
import { ffmpegs } from './ffmpegs.ts';
import { fixture, outputAt, writeSlowWav } from './samples.ts';

describe.each(ffmpegs)('%s', (_name, ffmpeg) => {
  const limits: MediaLimits = {
    maxDurationSeconds: 4 * 3600,
    maxMemoryBytes: 600_000_000,
    timeoutMs: 60_000,
    maxInputBytes: 2 ** 32,
  };
  const never = new AbortController().signal;
  // Below the test's own time limit: on a loaded machine a process starts late.
  const patience = { timeout: 50_000, interval: 10 };
  let folder = '';
  let slow = '';

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'dabir-media-'));
    slow = join(folder, 'slow.wav');
    writeSlowWav(slow);
  });
  afterAll(() => rm(folder, { recursive: true }));

  /** Returns the decoding processes with this parent, as Linux lists them. */
  const decodersOf = (parentId: number) => childrenOf(parentId, 'media');
  /** Returns the programs that a decoding process has started. */
  const programsOf = (decoderId: number) => childrenOf(decoderId, 'ffmpeg');

  async function childrenOf(parentId: number, word: string): Promise<number[]> {
    const found: number[] = [];
    for (const entry of await readdir('/proc')) {
      if (!/^\d+$/.test(entry)) continue;
      const status = await readFile(`/proc/${entry}/status`, 'utf8').catch(() => '');
      const command = await readFile(`/proc/${entry}/cmdline`, 'utf8').catch(() => '');
      if (status.includes(`\nPPid:\t${parentId}\n`) && command.includes(word)) found.push(Number(entry));
    }
    return found;
  }

  async function isRunning(processId: number): Promise<boolean> {
    const status = await readFile(`/proc/${processId}/status`, 'utf8').catch(() => '');
    return status !== '' && !/^State:\s+Z/m.test(status);
  }

  test('the decoder stops at once on abort, rejects with its reason and removes the output', async () => {
    const decoder = createDecoderProcesses({ poolSize: 1, ffmpeg });
    const output = join(folder, 'aborted.wav');
    const abort = new AbortController();
    const decoding = decoder.decodeToWav(slow, outputAt(output), limits, abort.signal);
    const reason = new Error('cancelled by the user');
    const outcome = expect(decoding).rejects.toBe(reason);
    await vi.waitUntil(() => existsSync(output), patience);
    abort.abort(reason);
    await outcome;
    expect(existsSync(output)).toBe(false);
    await expect(
      decoder.decodeToWav(fixture('tone.ogg'), outputAt(output), limits, abort.signal),
    ).rejects.toBe(reason);
    expect(
      (await decoder.decodeToWav(fixture('tone.ogg'), outputAt(output), limits, never)).durationSeconds,
    ).toBe(2);
    await decoder.close();
  });

  test('the decoder fails the file under way when it is closed', async () => {
    const decoder = createDecoderProcesses({ poolSize: 1, ffmpeg });
    const output = join(folder, 'closed.wav');
    const decoding = decoder.decodeToWav(slow, outputAt(output), limits, never);
    const outcome = expect(decoding).rejects.toMatchObject({ code: 'internal', retryable: true });
    await vi.waitUntil(() => existsSync(output), patience);
    await decoder.close();
    await outcome;
    await vi.waitUntil(() => !existsSync(output), patience);
  });

  test.runIf(process.platform === 'linux')(
    'the decoder survives a child that is killed or crashes',
    async () => {
      const decoder = createDecoderProcesses({ poolSize: 1, ffmpeg });
      const output = join(folder, 'killed.wav');
      for (const [signal, code] of [
        ['SIGKILL', 'media_too_heavy'],
        ['SIGSEGV', 'media_damaged'],
      ] as const) {
        const decoding = decoder.decodeToWav(slow, outputAt(output), limits, never);
        const outcome = expect(decoding).rejects.toMatchObject({ code });
        await vi.waitUntil(() => existsSync(output), patience);
        const children = await decodersOf(process.pid);
        const programs = (await Promise.all(children.map(programsOf))).flat();
        for (const processId of children) process.kill(processId, signal);
        await outcome;
        for (const program of programs) await vi.waitUntil(async () => !(await isRunning(program)), patience);
        expect(existsSync(output)).toBe(false);
      }
      for (const idle of await decodersOf(process.pid)) process.kill(idle, 'SIGKILL');
      await vi.waitUntil(async () => (await decodersOf(process.pid)).length === 0, patience);
      expect(
        (await decoder.decodeToWav(fixture('tone.ogg'), outputAt(output), limits, never)).durationSeconds,
      ).toBe(2);
      await decoder.close();
      expect(await decodersOf(process.pid)).toEqual([]);
    },
  );

  test.runIf(process.platform === 'linux')(
    'the decoder leaves no child behind when the parent is killed',
    async () => {
      const output = join(folder, 'orphan.wav');
      const script = `
    import { createDecoderProcesses } from ${JSON.stringify(new URL('../../src/media/decoder-processes.ts', import.meta.url).href)};
    const decoder = createDecoderProcesses({ poolSize: 2, ffmpeg: ${JSON.stringify(ffmpeg)} });
    const decode = (output) =>
      decoder.decodeToWav(${JSON.stringify(slow)}, output, ${JSON.stringify(limits)}, new AbortController().signal);
    await Promise.all(${JSON.stringify([output, `${output}-2`].map(outputAt))}.map(decode));
  `;
      const parent = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: 'ignore' });
      await vi.waitUntil(() => existsSync(output) && existsSync(`${output}-2`), patience);
      const children = await decodersOf(parent.pid ?? -1);
      expect(children).toHaveLength(2);
      const programs = (await Promise.all(children.map(programsOf))).flat();
      if (ffmpeg.kind === 'programs') expect(programs).toHaveLength(2);
      parent.kill('SIGKILL');
      for (const child of [...children, ...programs])
        await vi.waitUntil(async () => !(await isRunning(child)), patience);
    },
  );

  test.runIf(process.platform === 'linux')(
    'a child of the decoder gets no environment but the compile cache',
    async () => {
      vi.stubEnv('BOT_TOKEN', '1:secret');
      vi.stubEnv('NODE_COMPILE_CACHE', join(folder, 'compiled'));
      const decoder = createDecoderProcesses({ poolSize: 1, ffmpeg });
      onTestFinished(() => decoder.close());
      // Its environment is there when its file has been decoded, and not yet while it starts.
      await decoder.decodeToWav(fixture('tone.ogg'), outputAt(join(folder, 'tone.wav')), limits, never);
      vi.unstubAllEnvs();
      const [child] = await decodersOf(process.pid);
      const variables = (await readFile(`/proc/${child}/environ`, 'utf8')).split('\0').filter(Boolean);
      expect(variables.filter((variable) => !variable.startsWith('NODE_CHANNEL_'))).toEqual([
        `NODE_COMPILE_CACHE=${join(folder, 'compiled')}`,
      ]);
    },
  );

  test.runIf(process.platform === 'linux')(
    'the decoder starts no process before the first file, and ends one that has had no file for a while',
    async () => {
      const decoder = createDecoderProcesses({ poolSize: 2, ffmpeg, idleMs: 20 });
      onTestFinished(() => decoder.close());
      const output = outputAt(join(folder, 'idle-child.wav'));
      const decode = () => decoder.decodeToWav(fixture('tone.ogg'), output, limits, never);
      expect(await decodersOf(process.pid)).toEqual([]);
      expect((await decode()).durationSeconds).toBe(2);
      await vi.waitUntil(async () => (await decodersOf(process.pid)).length === 0, patience);
      expect((await decode()).durationSeconds).toBe(2);
    },
  );

  test('the decoder does not keep the process alive while it is idle', async () => {
    const script = `
    import { createDecoderProcesses } from ${JSON.stringify(new URL('../../src/media/decoder-processes.ts', import.meta.url).href)};
    const decoder = createDecoderProcesses({ poolSize: 2, ffmpeg: ${JSON.stringify(ffmpeg)} });
    await decoder.decodeToWav(${JSON.stringify(fixture('tone.ogg'))}, ${JSON.stringify(outputAt(join(folder, 'idle.wav')))},
      ${JSON.stringify(limits)}, new AbortController().signal);
  `;
    const parent = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: 'ignore' });
    const exitCode = await new Promise((resolve) => parent.once('exit', resolve));
    expect(exitCode).toBe(0);
  });
});
