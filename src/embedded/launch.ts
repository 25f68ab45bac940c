import { existsSync } from 'node:fs';
import { chown, readFile, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

/** How PostgreSQL's programs are started: as this account or, because they refuse to run as root, as another one. */
export type Launch = {
  /** Completes a command for `child_process.spawn`. */
  command(program: string, parameters: readonly string[]): LaunchCommand;
  /** Gives a file or folder to the account that the programs run as. */
  own(path: string): Promise<void>;
};

export type LaunchCommand = {
  readonly program: string;
  readonly parameters: string[];
  readonly options: { readonly uid?: number; readonly gid?: number; readonly cwd?: string };
};

const asOurselves: Launch = {
  command: (program, parameters) => ({ program, parameters: [...parameters], options: {} }),
  own: async () => undefined,
};

/**
 * Chooses how to start PostgreSQL.
 * @param paths folders that the programs must reach: their own and the data folder; they must exist
 * @throws Error in one sentence if this process is root and no other account can be used
 */
export async function chooseLaunch(paths: readonly string[]): Promise<Launch> {
  if (process.getuid?.() !== 0) return asOurselves;
  const account = await unprivilegedAccount();
  const reachable = await Promise.all(paths.map(isReachableByOthers));
  if (account !== undefined && reachable.every(Boolean)) return asAccount(account);
  // Other accounts cannot enter root's home. In a user namespace root keeps its rights on its files, while
  // PostgreSQL sees an ordinary user.
  if (existsSync(unshareProgram)) return inUserNamespace;
  const closed = paths.filter((_, index) => reachable[index] === false);
  throw new Error(
    `PostgreSQL does not run as root, and no other account may enter ${closed.join(' and ')}. ` +
      'Start Dabir as an ordinary user, or set DATABASE_URL.',
  );
}

type Account = { readonly uid: number; readonly gid: number };

async function unprivilegedAccount(): Promise<Account | undefined> {
  const passwd = await readFile('/etc/passwd', 'utf8').catch(() => '');
  const lines = passwd.split('\n').map((line) => line.split(':'));
  for (const wanted of ['postgres', 'nobody']) {
    const fields = lines.find(([name]) => name === wanted);
    const [uid, gid] = [Number(fields?.[2]), Number(fields?.[3])];
    if (uid > 0 && gid > 0) return { uid, gid };
  }
  return undefined;
}

/** Returns true if every folder on the way to `path` can be entered by all accounts. */
async function isReachableByOthers(path: string): Promise<boolean> {
  for (let folder = path; ; folder = dirname(folder)) {
    const { mode } = await stat(folder);
    if ((mode & 0o001) === 0) return false;
    if (dirname(folder) === folder) return true;
  }
}

function asAccount({ uid, gid }: Account): Launch {
  return {
    // The programs fail if their account cannot enter the current directory.
    command: (program, parameters) => ({
      program,
      parameters: [...parameters],
      options: { uid, gid, cwd: '/' },
    }),
    own: (path) => chown(path, uid, gid),
  };
}

const unshareProgram = '/usr/bin/unshare';

const inUserNamespace: Launch = {
  command: (program, parameters) => ({
    program: unshareProgram,
    parameters: ['--user', '--', program, ...parameters],
    options: {},
  }),
  own: async () => undefined,
};
