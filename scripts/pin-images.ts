/**
 * `npm run images:pin` asks each image's registry for the current digest of its tag, and writes it behind the
 * tag in compose.yml and Dockerfile. To move to a newer version, change the tag first. Review the difference
 * before you commit it.
 *
 * `--registry URL` is the registry of images that name none: Docker's own, or a mirror (`docker info` shows the one
 * that your Docker uses). `--folder PATH` sets another folder than this project's.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: {
    registry: { type: 'string' },
    folder: { type: 'string', default: fileURLToPath(new URL('..', import.meta.url)) },
  },
});

/**
 * Matches `image: NAME:TAG` in compose.yml and `FROM NAME:TAG` in the Dockerfile, with or without a digest.
 * Dabir's own images have no tag.
 */
const reference = /^(\s*image: |FROM )([\w./-]+):([\w.-]+)(@sha256:[0-9a-f]{64})?/gm;

/** A tag of several platforms is an index; older registries call it a manifest list. */
const manifestTypes = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
].join(', ');

const timeoutMs = 30_000;

try {
  // All registries are asked before anything is written: half a set of digests is of no use.
  const files = await Promise.all(
    ['compose.yml', 'Dockerfile'].map(async (name) => {
      const path = join(values.folder, name);
      const before = readFileSync(path, 'utf8');
      return { path, before, after: await pinned(before) };
    }),
  );
  for (const { path, before, after } of files) if (after !== before) writeFileSync(path, after);
} catch (error) {
  console.error(`Nothing was changed: ${(error as Error).message}`);
  process.exitCode = 1;
}

async function pinned(text: string): Promise<string> {
  const names = new Set([...text.matchAll(reference)].map(([, , name, tag]) => `${name}:${tag}`));
  const digests = new Map<string, string>();
  for (const name of names) {
    const digest = await digestOf(name);
    digests.set(name, digest);
    console.log(`${name}@${digest}`);
  }
  return text.replaceAll(
    reference,
    (_, before, name, tag) => `${before}${name}:${tag}@${digests.get(`${name}:${tag}`)}`,
  );
}

/** Asks an image's registry for the digest of a tag (OCI Distribution Specification, "Pulling manifests"). */
async function digestOf(image: string): Promise<string> {
  const [name = '', tag = ''] = image.split(':');
  const [first = '', ...rest] = name.split('/');
  // As Docker reads names: a first part with a dot is a host, a name of one part is one of Docker's own.
  const isElsewhere = rest.length > 0 && first.includes('.');
  const host = values.registry ?? (isElsewhere ? `https://${first}` : undefined);
  if (host === undefined)
    throw new Error(
      `${image} names no registry. Add -- --registry URL, with the address of the one you use.`,
    );
  const repository = isElsewhere ? rest.join('/') : rest.length > 0 ? name : `library/${name}`;
  const url = `${host}/v2/${repository}/manifests/${tag}`;
  let response = await ask(url, null);
  if (response.status === 401)
    response = await ask(url, await tokenFor(response.headers.get('www-authenticate') ?? ''));
  const digest = response.headers.get('docker-content-digest') ?? '';
  if (!response.ok || !/^sha256:[0-9a-f]{64}$/.test(digest))
    throw new Error(`the registry does not tell the digest of ${image} (${response.status})`);
  return digest;
}

function ask(url: string, token: string | null): Promise<Response> {
  const headers = { accept: manifestTypes, ...(token !== null && { authorization: `Bearer ${token}` }) };
  return fetch(url, { method: 'HEAD', headers, signal: AbortSignal.timeout(timeoutMs) });
}

/** Fetches a read token from the server that the registry names. */
async function tokenFor(challenge: string): Promise<string> {
  const fields = new Map(
    [...challenge.matchAll(/(\w+)="([^"]*)"/g)].map(([, key, value]) => [key, value ?? '']),
  );
  const url = new URL(fields.get('realm') ?? '');
  for (const key of ['service', 'scope']) url.searchParams.set(key, fields.get(key) ?? '');
  const response = await fetch(url, { signal: AbortSignal.timeout(timeoutMs) });
  return ((await response.json()) as { token: string }).token;
}
