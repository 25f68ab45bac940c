import type { TranscriptionId } from '../../domain/ids.ts';

/**
 * Why a link is not opened, before anybody asks its server: `off`: links are not opened here at all; `password`: it
 * carries one; `private`: it leads into a network of ours, or to another port than the web's; `video-site`: a page with a
 * video, which this bot cannot fetch.
 */
export type LinkRefusal = 'off' | 'password' | 'private' | 'video-site';

/** Links that people send. */
export type Links = {
  /** Whether links are opened here at all. */
  readonly areOn: boolean;
  refusal(url: URL): LinkRefusal | null;
};

/** Names that files turn out to have once they are fetched. */
export type FileNames = { keep(id: TranscriptionId, name: string): Promise<void> };
