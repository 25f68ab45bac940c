/** A refusal on the people's side; its message is the `error` of the response. */
export class PersonError extends Error {
  override readonly name = 'PersonError';
  readonly status: 400 | 403 | 404 | 409 | 413;

  constructor(status: PersonError['status'], message: string) {
    super(message);
    this.status = status;
  }
}
