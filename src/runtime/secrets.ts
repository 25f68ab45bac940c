import { type Config, secretNames } from './config-schema.ts';

/** Minimum length of a secret that is removed, in UTF-16 units; a shorter one could be part of an ordinary word. */
const minLength = 6;

/**
 * Returns every string of the configuration that no log may contain: each secret; of an address with a password or a
 * user, the whole address and both parts (but not PostgreSQL's user, which is not secret and often an ordinary word);
 * and of the bot's token also the part after the colon, which is the key.
 */
export function secretsOf(config: Config): string[] {
  const names = new Set<string>(secretNames);
  return Object.entries(config)
    .flatMap(([name, value]) => {
      if (typeof value !== 'string') return [];
      if (value.includes('://') && URL.canParse(value))
        return secretsOfAddress(value, name !== 'DATABASE_URL');
      if (name === 'BOT_TOKEN') return [value, value.slice(value.indexOf(':') + 1)];
      return names.has(name) ? [value] : [];
    })
    .filter((secret) => secret.length >= minLength);
}

function secretsOfAddress(address: string, hasSecretUser: boolean): string[] {
  const { username, password, searchParams } = new URL(address);
  const user = hasSecretUser && username !== 'default' ? username : '';
  const parameters = ['password', 'sslpassword'].flatMap((name) => searchParams.getAll(name));
  const secrets = [password, user, ...parameters].filter(Boolean);
  // Some libraries repeat a part as it is encoded in the address, others repeat it decoded.
  return [...(secrets.length > 0 ? [address] : []), ...secrets, ...secrets.map(decoded)];
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
