import { cp, mkdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/** One instruction of a Dockerfile, with its continuation lines joined. */
type Step = { readonly word: string; readonly rest: string };
type Stage = { readonly name: string; readonly base: string; readonly steps: readonly Step[] };

/** Returns the stages of a Dockerfile, in their order. */
export function stagesOf(dockerfile: string): Stage[] {
  const lines = dockerfile
    .replaceAll(/^#.*\n/gm, '')
    .replaceAll(/\\\n\s*/g, '')
    .split('\n')
    .filter((line) => line.trim() !== '');
  const stages: { name: string; base: string; steps: Step[] }[] = [];
  for (const line of lines) {
    const [word = '', ...words] = line.trim().split(/\s+/);
    if (word === 'FROM') stages.push({ base: words[0] ?? '', name: words[2] ?? '', steps: [] });
    else stages.at(-1)?.steps.push({ word, rest: words.join(' ') });
  }
  return stages;
}

/**
 * Does in folders what an image build does: each stage has a folder that stands for its `/`.
 * @param context the checkout; files that .dockerignore excludes are left out
 * @param root an empty folder
 * @param run executes a RUN step in a folder, and leaves out what needs root or another system
 */
export async function buildInFolders(
  stages: readonly Stage[],
  context: string,
  isIgnored: (path: string) => boolean,
  root: string,
  run: (command: string, folder: string) => Promise<void>,
): Promise<void> {
  for (const { name, base, steps } of stages) {
    const slash = join(root, name);
    await mkdir(slash, { recursive: true });
    if (stages.some((stage) => stage.name === base)) await cp(join(root, base), slash, { recursive: true });
    let folder = join(slash, 'app');
    for (const { word, rest } of steps) {
      if (word === 'WORKDIR') folder = join(slash, rest);
      await mkdir(folder, { recursive: true });
      if (word === 'RUN') await run(rest, folder);
      if (word !== 'COPY') continue;
      const [, from] = /^--from=(\w+) /.exec(rest) ?? [];
      const paths = rest.split(' ').filter((part) => !part.startsWith('--'));
      const source = from === undefined ? context : join(root, from);
      const target = paths.at(-1) ?? '';
      for (const path of paths.slice(0, -1)) {
        const to = join(folder, target.endsWith('/') ? join(target, basename(path)) : target);
        await mkdir(dirname(to), { recursive: true });
        await cp(join(source, path), to, {
          recursive: true,
          verbatimSymlinks: true,
          filter: (file) => from !== undefined || !isIgnored(file.slice(context.length + 1)),
        });
      }
    }
  }
}
