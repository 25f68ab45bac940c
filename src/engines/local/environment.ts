import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findPython, type Python } from './python.ts';
import { runCommand } from './run-command.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** What has to be installed, with hashes. */
const requirementsFile = new URL('requirements.txt', import.meta.url);

/**
 * A Python with the engine's packages, in a virtual environment of its own under `folder`; installed at first, found
 * ready afterwards. It is made in a temporary folder and renamed when complete, so an interrupted installation is
 * never mistaken for a whole one.
 * @param configured LOCAL_PYTHON, or null
 * @param onProgress 0 to 1, while it is being installed
 * @returns the path of the environment's Python
 * @throws Error in a line for operators
 */
export async function provideEnvironment(
  folder: string,
  configured: string | null,
  onProgress: (fraction: number) => void,
  signal: AbortSignal,
): Promise<string> {
  const requirements = await readFile(requirementsFile, 'utf8');
  const version = createHash('sha256')
    .update(requirements)
    .update(configured ?? '')
    .digest('hex')
    .slice(0, 12);
  const target = join(folder, `python-${version}`);
  if (await exists(pythonOf(target))) return pythonOf(target);

  const python = await findPython(configured, signal);
  await mkdir(folder, { recursive: true });
  const temporary = await temporaryFolder(target);
  try {
    onProgress(0.02);
    await create(python, temporary, signal);
    onProgress(0.05);
    await install(pythonOf(temporary), requirements, (fraction) => onProgress(0.05 + fraction * 0.9), signal);
    await runCommand(pythonOf(temporary), ['-c', 'import faster_whisper'], { signal });
    await rename(temporary, target).catch(async (error) => {
      // Somebody else was quicker: theirs is as good.
      if (!(await exists(pythonOf(target)))) throw error;
    });
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
  onProgress(1);
  return pythonOf(target);
}

function pythonOf(environment: string): string {
  return process.platform === 'win32'
    ? join(environment, 'Scripts', 'python.exe')
    : join(environment, 'bin', 'python');
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

async function create(python: Python, folder: string, signal: AbortSignal): Promise<void> {
  if (python.kind === 'uv') {
    await runCommand(python.command, ['venv', '--quiet', '--seed', '--python', '>=3.9', folder], { signal });
    return;
  }
  await runCommand(python.command, [...python.parameters, '-m', 'venv', folder], { signal });
}

async function install(
  python: string,
  requirements: string,
  onProgress: (fraction: number) => void,
  signal: AbortSignal,
): Promise<void> {
  // pip names each package twice: when it is fetched, and in the list of what it installs at the end. How many apply
  // to this machine is known only then; half of the file's entries is close (the others are for other Pythons).
  const expected = requirements.split('\n').filter((line) => /^[a-z].*==/i.test(line)).length / 2;
  let seen = 0;
  const parameters = [
    'install',
    '--progress-bar=off',
    '--require-hashes',
    '--only-binary=:all:',
    '-r',
    fileURLToPath(requirementsFile),
  ];
  await runCommand(python, [...pip, ...parameters], {
    signal,
    onLine(line) {
      if (!line.startsWith('Collecting')) return;
      seen += 1;
      onProgress(Math.min(0.95, seen / expected));
    },
  });
}

/** pip, silent and never asking; its mirrors and proxies are those of the machine's own configuration. */
export const pip = ['-m', 'pip', '--disable-pip-version-check', '--no-input', '--no-color'];
