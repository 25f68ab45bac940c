import { createRequire } from 'node:module';
import path from 'node:path';
import type { HttpBindings } from '@hono/node-server';
import { type Context, Hono } from 'hono';
import { extensionOf, mimeTypeOf } from '../files/media-types.ts';
import { fileResponse } from './file-response.ts';

/** Extensions of the page's files. */
const servedExtensions: ReadonlySet<string> = new Set([
  '.html',
  '.js',
  '.css',
  '.svg',
  '.png',
  '.webp',
  '.woff2',
]);

const headers = {
  'content-security-policy':
    "default-src 'self'; img-src 'self' blob: data:; media-src 'self' blob:; object-src 'none'; base-uri 'none'; " +
    "form-action 'self'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-cache',
} as const;

/** `/` and `/page/*`: the chat page, from its folder. */
export function pageRoutes(folder: string): Hono<{ Bindings: HttpBindings }> {
  const app = new Hono<{ Bindings: HttpBindings }>();
  const font = fontPath();
  app.get('/', (c) => serve(c, path.join(folder, 'index.html')));
  app.get('/page/fonts/vazirmatn.woff2', (c) => serve(c, font));
  app.get('/page/:file{.+}', (c) => {
    const segments = c.req.param('file').split('/');
    // A name begins with a letter or digit: no dot files, and no way up.
    const named = segments.every((segment) => /^[A-Za-z0-9][\w.-]*$/.test(segment));
    return named ? serve(c, path.join(folder, ...segments)) : c.notFound();
  });
  return app;
}

async function serve(c: Context, file: string): Promise<Response> {
  if (!servedExtensions.has(extensionOf(file))) return c.notFound();
  const mimeType = mimeTypeOf(file) ?? 'application/octet-stream';
  const contentType = mimeType.startsWith('text/') ? `${mimeType}; charset=utf-8` : mimeType;
  const request = { method: c.req.method, range: c.req.header('range') };
  return (await fileResponse(file, request, { ...headers, 'content-type': contentType })) ?? c.notFound();
}

function fontPath(): string {
  const manifest = createRequire(import.meta.url).resolve('vazirmatn/package.json');
  return path.join(path.dirname(manifest), 'fonts', 'webfonts', 'Vazirmatn[wght].woff2');
}
