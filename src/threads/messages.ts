/** A request to a thread; one at a time. */
export type ThreadRequest<Request> = { readonly request: Request };

/** Messages of a thread: one when it has started, then one for each request. */
export type ThreadMessage<Result> =
  | { readonly kind: 'started' }
  | { readonly kind: 'result'; readonly result: Result }
  | { readonly kind: 'error'; readonly error: string };
