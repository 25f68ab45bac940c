import type { MiddlewareHandler } from 'hono';

/**
 * Parses the form of a POST request early: an unreadable form is the client's error (400), not an internal one.
 */
export function refuseUnreadableForm(): MiddlewareHandler {
  return async (context, next) => {
    if (context.req.method === 'GET' || context.req.method === 'HEAD') return next();
    try {
      // Hono caches the parsed form for later handlers.
      await context.req.parseBody();
    } catch (error) {
      // The middleware with the size limit handles its own error.
      if (error instanceof Error && error.name === 'BodyLimitError') throw error;
      return context.text('unreadable form\n', 400);
    }
    return next();
  };
}
