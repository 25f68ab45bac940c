import type { AudioSource } from '../../app/ports/media.ts';
import { retryWhileHeld } from '../../app/retry-database.ts';
import { isLink } from '../../domain/link.ts';
import type { FileNames } from './store.ts';

/**
 * Combines the sources: uploads come from Telegram or from a link. The file name of a link is known only after the
 * download, and is then stored.
 */
export function createAudioSources(telegram: AudioSource, links: AudioSource, names: FileNames): AudioSource {
  return {
    async download(file, path, signal, onProgress) {
      if (!isLink(file)) return telegram.download(file, path, signal, onProgress);
      const name = await links.download(file, path, signal, onProgress);
      if (name !== null) await retryWhileHeld(signal, () => names.save(file.id, name));
      return name;
    },
  };
}
