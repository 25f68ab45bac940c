import { AsyncLocalStorage } from 'node:async_hooks';

const requests = new AsyncLocalStorage<string>();

/**
 * Does work on behalf of a request: the update that brought it, such as `u812345`. Everything that is logged meanwhile,
 * here and in the worker that a token wakes, can say so.
 */
export function withRequest<T>(request: string, work: () => T): T {
  return requests.run(request, work);
}

/** The request on whose behalf this is done; undefined for what nobody asked for just now. */
export function currentRequest(): string | undefined {
  return requests.getStore();
}
