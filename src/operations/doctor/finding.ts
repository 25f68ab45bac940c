/** What a check found: well, wrong, or not checked (because it is not used here, or cannot be asked). */
export type Finding = {
  /** What was looked at, such as `Database`. */
  readonly name: string;
  readonly state: 'ok' | 'wrong' | 'skipped';
  /** How it is, in one line without secrets. */
  readonly text: string;
  /** What to do about it; null when there is nothing to do. */
  readonly advice: string | null;
};

export const ok = (name: string, text: string): Finding => ({ name, state: 'ok', text, advice: null });

export const wrong = (name: string, text: string, advice: string): Finding => ({
  name,
  state: 'wrong',
  text,
  advice,
});

export const skipped = (name: string, text: string, advice: string | null = null): Finding => ({
  name,
  state: 'skipped',
  text,
  advice,
});

const marks = { ok: '✓', wrong: '✗', skipped: '–' } as const;

/** One line for people: the mark, the name, how it is and what to do. */
export function inOneLine({ name, state, text, advice }: Finding): string {
  return `${marks[state]} ${name}: ${text}${advice === null ? '' : ` → ${advice}`}`;
}

/** What an error says, in one line. */
export function reasonOf(error: unknown): string {
  const { message, code, cause } = error as NodeJS.ErrnoException;
  const inner = cause as NodeJS.ErrnoException | undefined;
  return (inner?.code ?? (message || code || 'unknown')).replace(/\s+/g, ' ').trim();
}
