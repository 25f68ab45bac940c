import type { TranscriptionId } from '../../domain/ids.ts';

/**
 * Reasons to refuse a link before its server is contacted. `off`: links are switched off; `password`: the link contains
 * a password; `private`: it leads into a private network, or to a port other than the web's; `video-site`: a page with
 * a video, which this bot cannot download.
 */
export type LinkRefusal = 'off' | 'password' | 'private' | 'video-site';

/** Checks of the links that users send. */
export type Links = {
  /** True when links are switched on. */
  readonly areOn: boolean;
  refusal(url: URL): LinkRefusal | null;
};

/** Names of uploads that become known with the download. */
export type FileNames = { keep(id: TranscriptionId, name: string): Promise<void> };
