/** A request to a thread; one at a time. */
export type Question<Order> = { readonly order: Order };

/** Messages of a thread: one when it has started, then one for each request. */
export type Saying<Answer> =
  | { readonly kind: 'started' }
  | { readonly kind: 'answer'; readonly answer: Answer }
  | { readonly kind: 'error'; readonly error: string };
