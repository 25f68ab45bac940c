import type { AudioSource } from '../../../app/ports/media.ts';
import { DabirError } from '../../../domain/errors.ts';
import { readLink } from '../../../domain/link.ts';
import { type LinkRules, refusalOf } from '../address/rules.ts';
import { DirectFetcher } from './direct.ts';
import { createRefusedError } from './failures.ts';
import { fetchWithYtDlp } from './yt-dlp.ts';

export type LinkSettings = {
  /** False when no link is opened. */
  readonly isOn: boolean;
  readonly limitBytes: number;
  readonly maxDurationSeconds: number;
  /** Path of the yt-dlp program, for pages with a video; null when such pages are refused. */
  readonly ytDlp: string | null;
};

/** Maximum time for one link, in ms. */
const maxDownloadMs = 30 * 60_000;

/**
 * Creates the source that fetches what a link leads to: a file as it is, or the audio of a page's
 * video with yt-dlp when that is switched on. The `fileId` of such an upload is the link.
 */
export function createLinkSource(
  { isOn, limitBytes, maxDurationSeconds, ytDlp }: LinkSettings,
  rules: LinkRules,
): AudioSource & { close(): Promise<void> } {
  const direct = new DirectFetcher(rules);
  return {
    async download({ fileId }, path, outer, onProgress) {
      const url = readLink(fileId);
      if (!isOn || url === null || refusalOf(url, rules) !== null) throw createRefusedError();
      const overdue = AbortSignal.timeout(maxDownloadMs);
      const signal = AbortSignal.any([outer, overdue]);
      try {
        const found = await direct.fetch(url, path, { bytes: limitBytes, signal, onProgress });
        if (found.kind === 'file') return found.name;
        if (ytDlp === null) throw new DabirError('link_is_page', 'the link leads to a page');
        return await fetchWithYtDlp(
          { program: ytDlp, rules, limitBytes, maxDurationSeconds },
          url,
          path,
          signal,
        );
      } catch (error) {
        outer.throwIfAborted();
        throw overdue.aborted ? new DabirError('link_unreachable', 'the download took too long') : error;
      }
    },
    close: () => direct.close(),
  };
}
