import { createHash, timingSafeEqual } from 'node:crypto';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { z } from 'zod';

/** Maximum body in bytes. Updates take a few kB, even with a caption of 4,096 characters and entities. */
const maxBodyBytes = 1_000_000;

/** Delay before Telegram delivers again, in seconds. */
const retrySeconds = 5;

/** The path and secret of the webhook, and the handler of its updates. */
export type UpdateReceiver = {
  readonly path: string;
  readonly secret: string;
  /** Resolves to `handled` if no further delivery is needed, to `later` if Telegram must deliver the update again. */
  receive(update: { readonly update_id: number }): Promise<'handled' | 'later'>;
};

const updateSchema = z.looseObject({ update_id: z.number().int() });

/**
 * Serves Telegram's webhook. Responds with 200 only if the update is handled; 503 makes Telegram deliver it
 * again. A request without the secret gets 401 before its body is read.
 */
export function createWebhookRoutes({ path, secret, receive }: UpdateReceiver): Hono {
  const routes = new Hono();
  const expected = digest(secret);
  routes.use(path, async (context, next) => {
    const given = context.req.header('x-telegram-bot-api-secret-token') ?? '';
    // Digests have equal lengths, and the time of comparing them reveals nothing about the secret.
    if (!timingSafeEqual(digest(given), expected)) return context.text('wrong secret token\n', 401);
    return next();
  });
  const tooLarge = bodyLimit({
    maxSize: maxBodyBytes,
    onError: (context) => context.text('too large\n', 413),
  });
  routes.post(path, tooLarge, async (context) => {
    if (!/^application\/json\b/i.test(context.req.header('content-type') ?? ''))
      return context.text('JSON only\n', 415);
    const update = updateSchema.safeParse(await context.req.json().catch(() => null));
    if (!update.success) return context.text('not an update\n', 400);
    if ((await receive(update.data)) === 'handled') return context.body(null, 200);
    return context.text('try again later\n', 503, { 'retry-after': String(retrySeconds) });
  });
  routes.all(path, (context) => context.text('POST only\n', 405, { allow: 'POST' }));
  return routes;
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
