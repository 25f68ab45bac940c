import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { DabirError } from '../domain/errors.ts';
import { cleanName } from '../domain/link.ts';
import { type Ended, runCaged } from './caged-program.ts';
import { tooLarge } from './failures.ts';
import { startGuardingProxy } from './guarding-proxy.ts';
import type { LinkRules } from './rules.ts';

export type YtDlpSettings = {
  /** The program. */
  readonly program: string;
  readonly rules: LinkRules;
  readonly limitBytes: number;
  readonly maxDurationSeconds: number;
};

/** Formats that come over the web: everything else (rtmp …) would need another program, which goes past the proxy. */
const overTheWeb = "[protocol~='^(https?|m3u8_native|http_dash_segments)$']";

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
    const { program, limitBytes } = settings;
    const parameters = argumentsFor(settings, url, proxy.url);
    const ended = await runCaged({ program, parameters, folder, limitBytes, signal });
    const [file] = (await readdir(folder)).filter((name) => name.startsWith('media.'));
    if (ended.exitCode !== 0 || file === undefined) throw failureOf(settings, ended);
    if ((await stat(join(folder, file))).size > limitBytes) throw tooLarge(limitBytes);
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

/** As yt-dlp 2026.10.26 says it. */
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
