import { AsyncLocalStorage } from 'node:async_hooks';

const requests = new AsyncLocalStorage<string>();

/**
 * Runs work on behalf of a request: the id of the update that caused it, such as `u812345`. All log lines of the work,
 * here and in the worker that its token wakes, can contain the id.
 */
export function withRequest<T>(request: string, work: () => T): T {
  return requests.run(request, work);
}

/** Returns the request that caused the current work; undefined for work that no update caused. */
export function currentRequest(): string | undefined {
  return requests.getStore();
}
