/** Result of a check: ok, wrong, or skipped (not used here, or impossible to check). */
export type Finding = {
  /** Subject of the check, such as `Database`. */
  readonly name: string;
  readonly state: 'ok' | 'wrong' | 'skipped';
  /** The state in one line, without secrets. */
  readonly text: string;
  /** What to do; null if nothing. */
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

/** Formats a finding as one line: mark, name, state and advice. */
export function inOneLine({ name, state, text, advice }: Finding): string {
  return `${marks[state]} ${name}: ${text}${advice === null ? '' : ` → ${advice}`}`;
}

/** Returns an error's reason in one line. */
export function reasonOf(error: unknown): string {
  const { message, code, cause } = error as NodeJS.ErrnoException;
  const inner = cause as NodeJS.ErrnoException | undefined;
  return (inner?.code ?? (message || code || 'unknown')).replace(/\s+/g, ' ').trim();
}
