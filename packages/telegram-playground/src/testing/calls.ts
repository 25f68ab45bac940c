/** One call of the bot, as tests see it. */
export interface Call {
  readonly method: string;
  /** Nested values are parsed; files are shown as `{ file_name, size }`. */
  readonly parameters: Readonly<Record<string, unknown>>;
  /** HTTP status of the answer; null while there is none, or when the connection was broken. */
  readonly status: number | null;
  /** Unix time in ms. */
  readonly at: number;
}

const keptCalls = 2_000;

/** Records the latest calls of the bot, oldest first. */
export class CallRecord {
  readonly #calls: { -readonly [K in keyof Call]: Call[K] }[] = [];

  /** Records a call; returns a function that takes its status once it is known. */
  begin(method: string, parameters: Readonly<Record<string, unknown>>): (status: number) => void {
    const call: { -readonly [K in keyof Call]: Call[K] } = {
      method,
      parameters,
      status: null,
      at: Date.now(),
    };
    this.#calls.push(call);
    if (this.#calls.length > keptCalls) this.#calls.shift();
    return (status) => {
      call.status = status;
    };
  }

  list(): readonly Call[] {
    return this.#calls.map((call) => ({ ...call }));
  }
}
