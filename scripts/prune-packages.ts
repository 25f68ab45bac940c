/**
 * Deletes, after an install, what packages contain and Dabir never opens: a rented machine's disk is small, and an
 * image is copied with every release. npm can leave out packages, not files. docs/decisions/0026-small-install.md has the sizes.
 */
import { existsSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const installed = fileURLToPath(new URL('../node_modules', import.meta.url));

/** What goes, by folder: the entries of the folder whose names match. `*` in a folder stands for every entry. */
const unused: readonly { readonly folder: string; readonly names: RegExp }[] = [
  // Documents use the weights 400 and 700 (src/documents/fonts/families.ts).
  { folder: '@expo-google-fonts/*', names: /^(?!400Regular$|700Bold$)\d{3}/ },
  // Headers for native add-ons; none is compiled.
  { folder: 'node/node_modules/*', names: /^include$/ },
  // Builds for web pages, and for `require`, which is never called for these.
  { folder: 'docx/dist', names: /\.(iife\.js|cjs)$/ },
  { folder: 'fontkit/dist', names: /^browser/ },
  { folder: 'luxon/build', names: /^(amd|cjs-browser|global)$/ },
  { folder: 'pdfkit/js', names: /\.standalone\.js$/ },
  { folder: 'zod', names: /^src$/ },
  { folder: 'effect', names: /^src$/ },
  { folder: 'effect/dist', names: /^(dts|esm)$/ },
  // Tests read PDFs with the builds for Node; the rest is for web pages, and for drawing.
  { folder: 'pdfjs-dist', names: /^(build|cmaps|iccs|image_decoders|standard_fonts|wasm|web)$/ },
  { folder: 'pdfjs-dist/legacy', names: /^(image_decoders|web)$/ },
  { folder: 'pdfjs-dist/legacy/build', names: /\.map$|sandbox|\.min\./ },
  { folder: '@hyzyla/pdfium/dist', names: /base64|browser|cdn|worker|\.cjs$/ },
  // Other drawings of the font, and other file formats of this one.
  { folder: 'vazirmatn', names: /^Round-Dots$/ },
  { folder: 'vazirmatn/misc', names: /^(?!Non-Latin$)/ },
  { folder: '@picocss/pico', names: /^scss$/ },
  { folder: '@picocss/pico/css', names: /^(?!pico\.min\.css$)/ },
  // Compilers of queries for other databases, and those for bundles.
  {
    folder: '@prisma/client/runtime',
    names: /\.(cockroachdb|mysql|sqlite|sqlserver)\.|_fast_bg\.|\.wasm-base64\.js$/,
  },
  // Tests and tools of their authors.
  { folder: 'pdfkit', names: /^\.yarn$/ },
  { folder: 'bintrees', names: /^test$/ },
];

for (const { folder, names } of unused) {
  for (const path of await foldersOf(folder)) {
    const entries = await readdir(path);
    const gone = entries.filter((name) => names.test(name)).map((name) => join(path, name));
    await Promise.all(gone.map((entry) => rm(entry, { recursive: true, force: true, maxRetries: 3 })));
  }
}

// Source maps of all packages: stacks name the built files, which are readable. Types only where something reads them.
const everywhere = existsSync(join(installed, 'typescript')) ? /\.map$/ : /\.map$|\.d\.[cm]?ts$/;
for (const entry of await readdir(installed, { recursive: true, withFileTypes: true })) {
  if (entry.isFile() && everywhere.test(entry.name))
    await rm(join(entry.parentPath, entry.name), { force: true });
}

/** Returns the folders that a pattern names and that exist; optional packages may be missing. */
async function foldersOf(pattern: string): Promise<string[]> {
  const [parent = '', rest] = pattern.split('/*');
  const path = join(installed, parent);
  if (!existsSync(path)) return [];
  if (rest === undefined) return [path];
  const folders = await readdir(path, { withFileTypes: true });
  return folders.filter((entry) => entry.isDirectory()).map(({ name }) => join(path, name));
}
