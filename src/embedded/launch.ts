import { existsSync } from 'node:fs';
import { chown, readFile, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

/** How PostgreSQL's programs are started: as ourselves, or, since they refuse to run as root, as somebody else. */
export type Launch = {
  /** Completes a command for `child_process.spawn`. */
  command(program: string, parameters: readonly string[]): LaunchCommand;
  /** Hands a file or folder to the account that the programs run as. */
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
 * @param paths everything that the programs must reach: their own folder and the data folder (which exist)
 * @throws Error in one readable sentence when we are root and there is no way to run as anybody else.
 */
export async function chooseLaunch(paths: readonly string[]): Promise<Launch> {
  if (process.getuid?.() !== 0) return asOurselves;
  const account = await unprivilegedAccount();
  const reachable = await Promise.all(paths.map(isReachableByOthers));
  if (account !== undefined && reachable.every(Boolean)) return asAccount(account);
  // In root's own home (closed to others) no other account could read the programs. A user namespace keeps root's
  // rights on root's files, while PostgreSQL sees an ordinary user.
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

/** True when every folder on the way to `path` lets anybody through. */
async function isReachableByOthers(path: string): Promise<boolean> {
  for (let folder = path; ; folder = dirname(folder)) {
    const { mode } = await stat(folder);
    if ((mode & 0o001) === 0) return false;
    if (dirname(folder) === folder) return true;
  }
}

function asAccount({ uid, gid }: Account): Launch {
  return {
    // Our own working directory may be closed to that account, which the programs would take for an error.
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
