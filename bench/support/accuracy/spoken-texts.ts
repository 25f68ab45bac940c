import { readdir, readFile } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { speechLanguages } from '../../../src/domain/languages.ts';

/** A recording and what is said in it. */
export type SpokenText = {
  /** Path below the folder, without the extension. */
  readonly name: string;
  readonly path: string;
  readonly text: string;
  /** ISO 639-1 code. */
  readonly language: string;
};

/**
 * Returns the recordings of a folder and its subfolders: each audio file that has a text of the same name (`1.mp3` and
 * `1.txt`). The language is the name of the folder (`fa/1.mp3`), else that of the text's script: Persian or English.
 * @throws Error if there is none
 */
export async function findSpokenTexts(folder: string): Promise<SpokenText[]> {
  const paths = (await readdir(folder, { recursive: true })).toSorted();
  const texts = new Set(paths.filter((path) => path.endsWith('.txt')));
  const found: SpokenText[] = [];
  for (const path of paths) {
    const name = path.slice(0, path.length - extname(path).length);
    if (path.endsWith('.txt') || !texts.has(`${name}.txt`)) continue;
    const text = await readFile(join(folder, `${name}.txt`), 'utf8');
    found.push({ name, path: join(folder, path), text, language: languageOf(path, text) });
  }
  if (found.length === 0) throw new Error(`${folder} has no recordings with texts (NAME.mp3, NAME.txt)`);
  return found;
}

function languageOf(path: string, text: string): string {
  const folder = basename(dirname(path));
  if (speechLanguages.has(folder)) return folder;
  return /[\u0600-\u06ff]/.test(text) ? 'fa' : 'en';
}
