import { readFileSync } from 'node:fs';

type Variables = Readonly<Record<string, string | undefined>>;

/**
 * Returns the variables, with each secret that is given as a file (`BOT_TOKEN_FILE=/run/secrets/bot-token`) read from
 * it. White space around a secret, such as the newline that editors add, is removed.
 * @param secrets names of the variables that may be given as files
 * @returns the variables, and problems that never contain a value
 */
export function withSecretFiles(
  env: Variables,
  secrets: readonly string[],
): { readonly env: Variables; readonly problems: readonly string[] } {
  const read: Record<string, string> = {};
  const problems: string[] = [];
  for (const name of secrets) {
    const path = env[`${name}_FILE`]?.trim();
    if (!path) continue;
    if (env[name]?.trim()) {
      problems.push(`${name} and ${name}_FILE are both set; remove one of them`);
      continue;
    }
    try {
      read[name] = readFileSync(path, 'utf8').trim();
      if (read[name] === '') problems.push(`${name}_FILE names an empty file`);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      problems.push(`${name}_FILE names a file that cannot be read (${code ?? 'unknown'})`);
    }
  }
  return { env: { ...env, ...read }, problems };
}
