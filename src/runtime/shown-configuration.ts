import type { Setting } from '../app/admin/system-ports.ts';
import { type Config, secretNames } from './config-schema.ts';

/**
 * Returns the configuration in the form that admins may see: secrets only as set or not set, and
 * addresses without passwords.
 */
export function shownConfiguration(config: Config): Setting[] {
  const secrets = new Set<string>(secretNames);
  return Object.entries(config).map(([name, value]) => ({
    name,
    isSecret: secrets.has(name),
    value: secrets.has(name) ? (value === null ? null : '') : inWords(value),
  }));
}

function inWords(value: unknown): string | null {
  if (value === null || value === undefined || value === '') return null;
  if (value instanceof Map) return [...value].map((pair) => pair.join('=')).join(', ') || null;
  if (value instanceof Set || Array.isArray(value)) return [...value].join(', ') || null;
  const text = String(value);
  if (!/^\w+:\/\//.test(text) || !URL.canParse(text)) return text;
  const { protocol, host, pathname } = new URL(text);
  return `${protocol}//${host}${pathname === '/' ? '' : pathname}`;
}
