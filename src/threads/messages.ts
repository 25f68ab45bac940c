/** What a thread is asked: one question at a time. */
export type Question<Order> = { readonly order: Order };

/** What a thread says: that it has started, then one answer for each question. */
export type Saying<Answer> =
  | { readonly kind: 'started' }
  | { readonly kind: 'answer'; readonly answer: Answer }
  | { readonly kind: 'error'; readonly error: string };
