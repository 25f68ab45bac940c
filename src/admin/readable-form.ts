import type { MiddlewareHandler } from 'hono';

/** Reads the form of a change beforehand: one that cannot be read is the client's fault, and no failure of ours. */
export function readableForm(): MiddlewareHandler {
  return async (context, next) => {
    if (context.req.method === 'GET' || context.req.method === 'HEAD') return next();
    try {
      // Kept by Hono for whoever asks next.
      await context.req.parseBody();
    } catch (error) {
      // What is too large is told so by whoever set the limit.
      if (error instanceof Error && error.name === 'BodyLimitError') throw error;
      return context.text('no form\n', 400);
    }
    return next();
  };
}
