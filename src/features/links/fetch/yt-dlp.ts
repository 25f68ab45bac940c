import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { DabirError } from '../../../domain/errors.ts';
import { cleanName } from '../../../domain/link.ts';
import type { LinkRules } from '../address/rules.ts';
import { createTooLargeError } from './failures.ts';
import { startGuardingProxy } from './guarding-proxy.ts';
import { type Ended, runSandboxed } from './sandboxed-program.ts';

export type YtDlpSettings = {
  /** Path of the yt-dlp program. */
  readonly program: string;
  readonly rules: LinkRules;
  readonly limitBytes: number;
  readonly maxDurationSeconds: number;
};

/**
 * Formats that use HTTP. The others (rtmp …) would need another program, which would bypass the
 * proxy.
 */
const overTheWeb = "[protocol~='^(https?|m3u8_native|http_dash_segments)$']";

/**
 * Fetches the audio of a page's video with yt-dlp. The program runs as a process of its own with a
 * list of arguments, in a folder of its own, and through a proxy that reaches only the public web.
 * Rejects with a DabirError that contains no address, or with the signal's reason; by then its
 * files are deleted and its process has ended.
 * @param path where the file is saved
 * @returns the name of the file; null when the page has no title
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
    const { program, limitBytes } = settings;
    const parameters = argumentsFor(settings, url, proxy.url);
    const ended = await runSandboxed({ program, parameters, folder, limitBytes, signal });
    const [file] = (await readdir(folder)).filter((name) => name.startsWith('media.'));
    if (ended.exitCode !== 0 || file === undefined) throw failureOf(settings, ended);
    if ((await stat(join(folder, file))).size > limitBytes) throw createTooLargeError(limitBytes);
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
    // Uses the built-in downloader, and no post-processing that would start another program.
    ...['--downloader', 'native', '--fixup', 'never'],
    // With `--print` alone, yt-dlp would neither download nor print anything else.
    ...['--no-simulate', '--no-quiet', '--print', 'after_move:title=%(title)s'],
    ...['--output', 'media.%(ext)s', '--', url.href],
  ];
}

/** Returns the error that matches the output of yt-dlp 2026.10.26. */
function failureOf({ limitBytes, maxDurationSeconds }: YtDlpSettings, { exitCode, said }: Ended): DabirError {
  const words = said.join('\n');
  if (/larger than max-filesize/.test(words)) return createTooLargeError(limitBytes);
  if (/does not pass filter/.test(words)) {
    return new DabirError('media_too_long', 'yt-dlp: too long, or live', {
      details: { limitMinutes: Math.round(maxDurationSeconds / 60) },
    });
  }
  return new DabirError('link_page_failed', `yt-dlp ended with ${exitCode}`);
}
