import { isLink } from '../../domain/link.ts';
import type { AudioSource } from '../ports/media.ts';
import { whileHeld } from '../retry-database.ts';
import type { FileNames } from './ports.ts';

/** Files come from Telegram, or from where a link leads: then their name is known only now, and kept. */
export function audioSources(telegram: AudioSource, links: AudioSource, names: FileNames): AudioSource {
  return {
    async download(file, path, signal, onProgress) {
      if (!isLink(file)) return telegram.download(file, path, signal, onProgress);
      const name = await links.download(file, path, signal, onProgress);
      if (name !== null) await whileHeld(signal, () => names.keep(file.id, name));
      return name;
    },
  };
}
