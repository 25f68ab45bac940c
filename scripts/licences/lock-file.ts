/**
 * The part of package-lock.json (version 3) that is read here: by path, such as
 * `node_modules/a/node_modules/b`.
 */
export type LockedPackages = Readonly<Record<string, LockedPackage>>;
type LockedPackage = {
  readonly name?: string;
  readonly version?: string;
  readonly license?: string;
  readonly dev?: boolean;
  /** True for a workspace package: the entry in node_modules links to `resolved`, a path of this project. */
  readonly link?: boolean;
  readonly resolved?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
};

/** Returns the paths of all packages that production needs when packages of these names are removed. */
export function reachable(packages: LockedPackages, without: RegExp): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (path: string) => {
    const { dependencies, optionalDependencies, peerDependencies } = packages[path] ?? {};
    for (const name of Object.keys({ ...dependencies, ...optionalDependencies, ...peerDependencies })) {
      const target = without.test(name) ? undefined : resolvePath(packages, path, name);
      if (target === undefined || found.has(target) || packages[target]?.dev) continue;
      found.add(target);
      const { link, resolved } = packages[target] ?? {};
      visit(link && resolved !== undefined ? resolved : target);
    }
  };
  visit('');
  return found;
}

/** Resolves a package as Node does: in the folder itself, then in those around it. */
function resolvePath(packages: LockedPackages, from: string, name: string): string | undefined {
  for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')))) {
    const path = `${folder === '' ? '' : `${folder}/`}node_modules/${name}`;
    if (packages[path] !== undefined) return path;
    if (folder === '') return undefined;
  }
}
