import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { DabirError } from '../domain/errors.ts';
import { cleanName } from '../domain/link.ts';
import { tooLarge } from './direct.ts';
import { startGuardingProxy } from './guarding-proxy.ts';
import type { LinkRules } from './rules.ts';

export type YtDlpSettings = {
  /** The program. */
  readonly program: string;
  readonly rules: LinkRules;
  readonly limitBytes: number;
  readonly maxDurationSeconds: number;
};

/** Nothing said for so long: it hangs, in milliseconds. */
const silenceMs = 120_000;
/** Between two looks at how much is on the disk, in milliseconds. */
const lookMs = 500;
/** The end of what it complained of is kept for the log, in characters. */
const keptComplaints = 500;

/** Formats that come over the web: everything else (rtmp …) would need another program, which goes past the proxy. */
const overTheWeb = "[protocol~='^(https?|m3u8_native|http_dash_segments)$']";

/** What came of a run. */
type Ended = {
  readonly exitCode: number | null;
  readonly said: readonly string[];
  readonly complaint: string;
};

/**
 * Fetches the sound of a page's video with yt-dlp, as a program of its own with a list of arguments, in a folder of its
 * own, and through a proxy that reaches the public web alone.
 * @param path where the file goes; resolves to its name
 * Rejects with a DabirError that names no address, or the signal's reason; then nothing is left of it, nor running.
 */
export async function fetchWithYtDlp(
  settings: YtDlpSettings,
  url: URL,
  path: string,
  signal: AbortSignal,
): Promise<string | null> {
  const folder = join(dirname(path), 'yt-dlp');
  await mkdir(folder);
  const proxy = await startGuardingProxy(settings.rules);
  try {
    const ended = await run(settings, argumentsFor(settings, url, proxy.url), folder, signal);
    const [file] = (await readdir(folder)).filter((name) => name.startsWith('media.'));
    if (ended.exitCode !== 0 || file === undefined) throw failureOf(settings, ended);
    if ((await stat(join(folder, file))).size > settings.limitBytes) throw tooLarge(settings.limitBytes);
    await rename(join(folder, file), path);
    const title = ended.said.find((line) => line.startsWith('title='))?.slice('title='.length);
    return title === undefined
      ? null
      : cleanName(`${title.replaceAll('/', '⁄')}.${file.slice('media.'.length)}`);
  } finally {
    proxy.close();
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

function argumentsFor(
  { limitBytes, maxDurationSeconds }: YtDlpSettings,
  url: URL,
  proxy: string,
): readonly string[] {
  return [
    ...['--ignore-config', '--no-cache-dir', '--no-plugin-dirs', '--no-color', '--no-warnings'],
    ...['--no-playlist', '--playlist-items', '1', '--no-part', '--no-mtime', '--newline'],
    ...['--proxy', proxy, '--socket-timeout', '20', '--retries', '2', '--fragment-retries', '2'],
    ...[
      '--max-filesize',
      String(limitBytes),
      '--match-filters',
      `!is_live & duration <? ${maxDurationSeconds}`,
    ],
    ...['--format', `bestaudio${overTheWeb}/worst[acodec!=none]${overTheWeb}/best${overTheWeb}`],
    // Its own downloader, and nothing that would start another program.
    ...['--downloader', 'native', '--fixup', 'never'],
    // `--print` alone would only look, and say nothing else.
    ...['--no-simulate', '--no-quiet', '--print', 'after_move:title=%(title)s'],
    ...['--output', 'media.%(ext)s', '--', url.href],
  ];
}

async function run(
  { program, limitBytes }: YtDlpSettings,
  parameters: readonly string[],
  folder: string,
  signal: AbortSignal,
): Promise<Ended> {
  signal.throwIfAborted();
  const child = spawn(program, parameters, {
    cwd: folder,
    // Of our own environment, with its secrets, nothing.
    env: { ...searchPath(program), HOME: folder, LANG: 'C.UTF-8' },
    stdio: ['ignore', 'pipe', 'pipe'],
    // A group of its own, so that what it starts ends with it.
    detached: process.platform !== 'win32',
    windowsHide: true,
  });
  const said: string[] = [];
  let complaint = '';
  let broken: DabirError | undefined;
  const stop = (reason?: DabirError) => {
    broken ??= reason;
    killTree(child);
  };
  const onAbort = () => stop();
  const silence = setTimeout(() => stop(new DabirError('link_unreachable', 'yt-dlp: silent')), silenceMs);
  const look = setInterval(() => {
    void bytesIn(folder).then((bytes) => (bytes > limitBytes ? stop(tooLarge(limitBytes)) : undefined));
  }, lookMs);
  signal.addEventListener('abort', onAbort);
  createInterface(child.stdout).on('line', (line) => {
    silence.refresh();
    if (!/^\[download\]\s+[\d.]+%/.test(line) && said.length < 200) said.push(line);
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaint = (complaint + text).slice(-keptComplaints);
  });
  try {
    const [exitCode] = (await once(child, 'close')) as [number | null];
    signal.throwIfAborted();
    if (broken !== undefined) throw broken;
    return { exitCode, said, complaint };
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof DabirError) throw error;
    throw new DabirError('link_page_failed', 'yt-dlp could not be started', { cause: error });
  } finally {
    clearTimeout(silence);
    clearInterval(look);
    signal.removeEventListener('abort', onAbort);
  }
}

/** Where it finds Python and the like; Windows brings its own. */
function searchPath(program: string): { PATH?: string } {
  if (process.platform === 'win32') return {};
  return { PATH: [dirname(program), '/usr/local/bin', '/opt/homebrew/bin', '/usr/bin', '/bin'].join(':') };
}

/** It, and what it has started. */
function killTree({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  if (process.platform === 'win32') {
    spawn('taskkill', ['/pid', String(pid), '/T', '/F'], { stdio: 'ignore' }).on('error', () => undefined);
    return;
  }
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It has just ended.
  }
}

async function bytesIn(folder: string): Promise<number> {
  const names = await readdir(folder).catch(() => []);
  const sizes = await Promise.all(
    names.map((name) =>
      stat(join(folder, name)).then(
        ({ size }) => size,
        () => 0,
      ),
    ),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}

/** What yt-dlp says on its way (2026.10.26); its complaints name the address, so that only their kind is told. */
function failureOf({ limitBytes, maxDurationSeconds }: YtDlpSettings, { exitCode, said }: Ended): DabirError {
  const words = said.join('\n');
  if (/larger than max-filesize/.test(words)) return tooLarge(limitBytes);
  if (/does not pass filter/.test(words)) {
    return new DabirError('media_too_long', 'yt-dlp: too long, or live', {
      details: { limitMinutes: Math.round(maxDurationSeconds / 60) },
    });
  }
  return new DabirError('link_page_failed', `yt-dlp ended with ${exitCode}`);
}
