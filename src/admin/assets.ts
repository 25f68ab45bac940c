import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { Hono } from 'hono';

const [toGzip, toBrotli] = [promisify(gzip), promisify(brotliCompress)];

const { resolve } = createRequire(import.meta.url);
const own = (name: string) => new URL(`./page/${name}`, import.meta.url);

const types = {
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  woff2: 'font/woff2',
  svg: 'image/svg+xml',
} as const;

/** Styles, scripts, fonts and icons of the pages; all are served from this machine. */
const sources = {
  'vazirmatn.woff2': resolve('vazirmatn/misc/Non-Latin/fonts/webfonts/Vazirmatn-NL-Regular.woff2'),
  'vazirmatn-bold.woff2': resolve('vazirmatn/misc/Non-Latin/fonts/webfonts/Vazirmatn-NL-Bold.woff2'),
  'pico.css': resolve('@picocss/pico/css/pico.min.css'),
  'admin.css': own('admin.css'),
  'htmx.js': resolve('htmx.org/dist/htmx.min.js'),
  'sse.js': resolve('htmx.org/dist/ext/hx-sse.min.js'),
  'admin.js': own('admin.js'),
  'uplot.css': resolve('uplot/dist/uPlot.min.css'),
  'uplot.js': resolve('uplot/dist/uPlot.iife.min.js'),
  'charts.js': own('charts.js'),
  'mark.svg': own('mark.svg'),
} as const;

export type AssetName = keyof typeof sources;

type Asset = {
  readonly type: string;
  readonly address: string;
  /** The content as it is and, except for fonts, compressed. */
  readonly bodies: Readonly<Record<'identity', Uint8Array<ArrayBuffer>>> &
    Partial<Record<'gzip' | 'br', Uint8Array<ArrayBuffer>>>;
};

/**
 * Reads and compresses the assets once. Each address contains a hash of the content, so that browsers may cache
 * it forever.
 * @param base path of the admin page, such as `/admin`
 */
export async function loadAssets(
  base: string,
): Promise<{ readonly routes: Hono; address(name: AssetName): string }> {
  const assets = new Map<string, Asset>();
  for (const [name, path] of Object.entries(sources))
    assets.set(name, await readAsset(base, name, path, assets));
  const byAddress = new Map([...assets.values()].map((asset) => [asset.address, asset]));
  const routes = new Hono();
  routes.get('/static/:file', (context) => {
    const asset = byAddress.get(`${base}/static/${context.req.param('file')}`);
    if (asset === undefined) return context.text('not found\n', 404);
    const accepted = context.req.header('accept-encoding') ?? '';
    const encoding = (['br', 'gzip'] as const).find((one) => asset.bodies[one] && accepted.includes(one));
    return context.body((encoding && asset.bodies[encoding]) ?? asset.bodies.identity, 200, {
      'content-type': asset.type,
      'cache-control': 'public, max-age=31536000, immutable',
      vary: 'accept-encoding',
      ...(encoding !== undefined && { 'content-encoding': encoding }),
    });
  });
  return { routes, address: (name) => assets.get(name)?.address ?? '' };
}

/** @param others assets that were read before; their names in `url("…")` are replaced by their addresses */
async function readAsset(
  base: string,
  name: string,
  path: string | URL,
  others: ReadonlyMap<string, Asset>,
): Promise<Asset> {
  const content = new Uint8Array(withAddresses(name, await readFile(path), others));
  const [stem = '', suffix = ''] = name.split('.');
  const hash = createHash('sha256').update(content).digest('hex').slice(0, 12);
  // WOFF2 fonts are compressed already.
  const isPacked = suffix === 'woff2';
  const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } };
  return {
    type: types[suffix as keyof typeof types],
    address: `${base}/static/${stem}-${hash}.${suffix}`,
    bodies: {
      identity: content,
      ...(!isPacked && {
        gzip: new Uint8Array(await toGzip(content)),
        br: new Uint8Array(await toBrotli(content, quality)),
      }),
    },
  };
}

function withAddresses(name: string, content: Buffer, others: ReadonlyMap<string, Asset>): Buffer {
  if (!name.endsWith('.css')) return content;
  const text = content.toString('utf8');
  return Buffer.from(
    text.replace(/url\("([\w.-]+)"\)/g, (_, other) => `url("${others.get(other)?.address}")`),
  );
}
