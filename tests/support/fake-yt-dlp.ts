import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Puts a program that behaves as yt-dlp does (see fake-yt-dlp-program.ts) into a folder; returns its path.
 * @param insidePort port of a server at 127.0.0.2, where the page `/inside` has its video
 */
export async function fakeYtDlp(folder: string, insidePort: number): Promise<string> {
  const program = join(folder, 'yt-dlp');
  const behaviour = new URL('./fake-yt-dlp-program.ts', import.meta.url).href;
  const script = `import('${behaviour}').then(({ behave }) => behave(${insidePort}));`;
  await writeFile(program, `#!${process.execPath}\n${script}\n`);
  await chmod(program, 0o755);
  return program;
}
