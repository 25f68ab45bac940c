import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { createLinkSource } from '../../../src/features/links/fetch/link-source.ts';
import { fakeYtDlp } from '../../support/fake-yt-dlp.ts';
import { type LinkServer, startLinkServer, testWeb } from '../../support/link-server.ts';
import { until } from '../../support/until.ts';

let page: LinkServer;
let inside: LinkServer;
let folder: string;
let program: string;
beforeAll(async () => {
  page = await startLinkServer((request, response) =>
    request.url === '/video'
      ? response.writeHead(200, { 'content-type': 'audio/mpeg' }).end('sound')
      : response.writeHead(200, { 'content-type': 'text/html' }).end('<video src="/video">'),
  );
  inside = await startLinkServer((_, response) => response.end('secret'), { host: '127.0.0.2' });
  folder = await mkdtemp(join(tmpdir(), 'dabir-yt-dlp-'));
  program = await fakeYtDlp(folder, inside.port);
});
afterAll(async () => {
  await page.close();
  await inside.close();
  await rm(folder, { recursive: true, force: true });
});

let work: string;
afterEach(() => rm(work, { recursive: true, force: true }));

/** Fetches a page's video into a work folder of its own. */
async function fetchPage(path: string, { ytDlp = program, signal = new AbortController().signal } = {}) {
  work = await mkdtemp(join(tmpdir(), 'dabir-links-'));
  const rules = testWeb({ 'video.example': () => '127.0.0.1' });
  const settings = { isOn: true, limitBytes: 1_000_000, maxDurationSeconds: 3600, ytDlp };
  const source = createLinkSource(settings, rules);
  const link = `http://video.example:${page.port}${path}`;
  const file = { id: 1, fileId: link, fileSize: null };
  try {
    return await source.download(file, join(work, 'original'), signal);
  } finally {
    await source.close();
  }
}

// It is a script with a first line that names its interpreter.
describe.skipIf(process.platform === 'win32')('a page with a video, where yt-dlp is enabled,', () => {
  test('a page with a video, where yt-dlp is enabled, gives its sound, named after the page, and leaves nothing else', async () => {
    vi.stubEnv('OF_THE_WORKER', ' and a secret');
    expect(await fetchPage('/talk')).toBe('A talk 1⁄2.mp3');
    vi.unstubAllEnvs();
    expect(await readFile(join(work, 'original'), 'utf8')).toBe('sound');
    expect(await readdir(work)).toEqual(['original']);
  });

  test.each([
    ['/large', 'link_too_large'],
    ['/endless', 'link_too_large'],
    ['/long', 'media_too_long'],
    ['/private', 'link_page_failed'],
    ['/inside', 'link_page_failed'],
  ])('a page with a video, where yt-dlp is enabled, fails: %s: %s', async (path, code) => {
    await expect(fetchPage(path)).rejects.toSatisfy((error: Error) => {
      expect(error).toMatchObject({ code });
      expect(error.message).not.toContain('video.example');
      return true;
    });
    expect(await readdir(work)).toEqual([]);
    expect(inside.asked).toEqual([]);
  });

  test('a page with a video, where yt-dlp is enabled, fails when the program is missing', async () => {
    await expect(fetchPage('/talk', { ytDlp: join(folder, 'nothing') })).rejects.toMatchObject({
      code: 'link_page_failed',
    });
  });

  test('a page with a video, where yt-dlp is enabled, is given up on cancel, with every process that it has started', async () => {
    const leaving = new AbortController();
    const fetched = fetchPage('/silent', { signal: leaving.signal });
    const pids = await until(async () => {
      const path = join(work ?? '', 'yt-dlp', 'pids');
      return existsSync(path) ? (await readFile(path, 'utf8')).split(' ').map(Number) : null;
    });
    leaving.abort(new Error('cancelled'));
    await expect(fetched).rejects.toThrow('cancelled');
    await until(() => pids.every((pid) => !isRunning(pid)));
    expect(await readdir(work)).toEqual([]);
  });
});

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
