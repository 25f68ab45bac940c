import { createHash } from 'node:crypto';
import { mkdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findPython, type Python } from './python.ts';
import { isolated, runCommand, runPythonModule } from './run-command.ts';
import { SetUpError } from './set-up-error.ts';
import { createTemporaryFolder, removeFolder, replaceFolder } from './temporary-folder.ts';

/** A virtual environment with the engine's packages. */
export type PythonEnvironment = {
  /** Path of the Python executable. */
  readonly python: string;
  /** `cuda` if the machine has a device for it. */
  readonly device: 'cpu' | 'cuda';
};

/** Packages to install, with their hashes. */
const requirementsFile = new URL('requirements.txt', import.meta.url);

/**
 * Returns a virtual environment with the engine's packages under `folder`. Installs it at the first call, and
 * again when the Python that it was made with is gone. It is made in a temporary folder and renamed when
 * complete, so an interrupted installation is never taken for a complete one.
 * @param folder must exist
 * @param configured LOCAL_PYTHON, or null
 * @param onProgress 0 to 1 while packages are installed, null before
 * @throws SetUpError with one line for operators
 */
export async function provideEnvironment(
  folder: string,
  configured: string | null,
  onProgress: (fraction: number | null) => void,
  signal: AbortSignal,
): Promise<PythonEnvironment> {
  const requirements = await readFile(requirementsFile, 'utf8');
  const target = targetOf(folder, requirements, configured);
  const found = await inspect(target, signal);
  if (found !== null) return found;

  onProgress(null);
  const python = await findPython(configured, signal);
  const temporary = await createTemporaryFolder(target);
  try {
    const [environment, scratch] = [join(temporary, 'environment'), join(temporary, 'scratch')];
    await mkdir(scratch);
    await create(python, environment, scratch, signal);
    await install(pythonOf(environment), requirements, scratch, onProgress, signal);
    await runCommand(pythonOf(environment), [...isolated, '-c', 'import faster_whisper'], { signal });
    const elsewhere = await inspect(target, signal);
    if (elsewhere !== null) return elsewhere;
    await replaceFolder(environment, target);
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof SetUpError) throw error;
    const { message } = error as Error;
    throw new SetUpError('packages_not_installed', `the Python packages could not be installed: ${message}`);
  } finally {
    await removeFolder(temporary);
  }
  const made = await inspect(target, signal);
  if (made === null)
    throw new SetUpError('packages_broken', 'the Python packages were installed but cannot be found');
  return made;
}

/**
 * Returns the environment if it is installed, else null. Installs nothing.
 * @throws SetUpError if its packages do not load
 */
export async function findEnvironment(
  folder: string,
  configured: string | null,
  signal: AbortSignal,
): Promise<PythonEnvironment | null> {
  return inspect(targetOf(folder, await readFile(requirementsFile, 'utf8'), configured), signal);
}

/** Returns the environment's folder; other packages or another Python give another folder. */
function targetOf(folder: string, requirements: string, configured: string | null): string {
  const version = createHash('sha256')
    .update(requirements)
    .update(configured ?? '')
    .digest('hex')
    .slice(0, 12);
  return join(folder, `python-${version}`);
}

function pythonOf(environment: string): string {
  return process.platform === 'win32'
    ? join(environment, 'Scripts', 'python.exe')
    : join(environment, 'bin', 'python');
}

const lookScript = `
import importlib.util
if importlib.util.find_spec("faster_whisper") and importlib.util.find_spec("ctranslate2"):
    try:
        import ctranslate2
        print("cuda" if ctranslate2.get_cuda_device_count() > 0 else "cpu")
    except ImportError as error:
        print(error)
    except Exception:
        print("cpu")
`;

/**
 * Returns the environment in the folder; null if there is none, or if its Python was removed or replaced.
 * @throws SetUpError if its packages do not load, which a new installation would not change
 */
async function inspect(folder: string, signal: AbortSignal): Promise<PythonEnvironment | null> {
  const python = pythonOf(folder);
  const isThere = await stat(python).then(
    () => true,
    () => false,
  );
  if (!isThere) return null;
  const answer = await runCommand(python, [...isolated, '-c', lookScript], { signal }).catch(
    (error: Error) => {
      // Python itself does not start. (A killed process, for example when memory runs out, has no exit code.)
      if (/ended with exit code/.test(error.message)) return '';
      throw error;
    },
  );
  const device = answer.trim();
  if (device === '') return null;
  if (device === 'cpu' || device === 'cuda') return { python, device };
  throw new SetUpError('packages_broken', `the Python packages do not load: ${device}`);
}

async function create(python: Python, folder: string, temporary: string, signal: AbortSignal): Promise<void> {
  if (python.kind === 'uv') {
    await runCommand(python.command, ['venv', '--quiet', '--seed', '--python', '>=3.9', folder], { signal });
    return;
  }
  await runPythonModule([python.command, ...python.parameters], ['venv', folder], temporary, { signal });
}

async function install(
  python: string,
  requirements: string,
  temporary: string,
  onProgress: (fraction: number) => void,
  signal: AbortSignal,
): Promise<void> {
  // Only pip knows how many packages apply to this machine; it prints each one that it fetches. 70% is a good
  // estimate (the others are for other Pythons or systems).
  const expected = requirements.split('\n').filter((line) => /^[a-z].*==/i.test(line)).length * 0.7;
  let seen = 0;
  const parameters = [
    'install',
    '--progress-bar=off',
    '--require-hashes',
    '--only-binary=:all:',
    '-r',
    fileURLToPath(requirementsFile),
  ];
  await runPythonModule([python], [...pip, ...parameters], temporary, {
    signal,
    onLine(line) {
      if (!line.startsWith('Collecting')) return;
      seen += 1;
      onProgress(Math.min(0.95, seen / expected));
    },
  });
  onProgress(1);
}

/** pip without prompts and notices; mirrors and proxies come from the machine's own configuration. */
export const pip = ['pip', '--disable-pip-version-check', '--no-input', '--no-color'] as const;
