import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { create, type Font } from 'fontkit';
import { Shaper } from './layout/shape.ts';

/** The fonts of the PDF, each with its cache of shaped words. */
export type Fonts = { readonly regular: Shaper; readonly bold: Shaper };

let loading: Promise<Fonts> | null = null;

/** Vazirmatn, read and parsed once for the whole process. */
export function loadFonts(): Promise<Fonts> {
  loading ??= Promise.all([loadFont('Regular'), loadFont('Bold')]).then(
    ([regular, bold]) => ({ regular, bold }),
    (error) => {
      loading = null;
      throw error;
    },
  );
  return loading;
}

/** `fonts/ttf` has Latin letters as well; the package's files under `misc` have not. */
async function loadFont(weight: 'Regular' | 'Bold'): Promise<Shaper> {
  const path = createRequire(import.meta.url).resolve(`vazirmatn/fonts/ttf/Vazirmatn-${weight}.ttf`);
  const font = create(await readFile(path));
  if (font.type === 'TTC' || font.type === 'DFont') throw new Error(`${path} is a collection of fonts`);
  return new Shaper(font as Font);
}
