import { isIP } from 'node:net';
import type { LinkRefusal } from '../app/links/ports.ts';
import { isPublicAddress } from './public-address.ts';
import { type Resolve, systemResolve } from './resolve.ts';

/** Where links may lead. */
export type LinkRules = {
  /** An address as numbers. */
  isAllowed(address: string): boolean;
  isAllowedPort(port: number): boolean;
  readonly resolve: Resolve;
};

/** The public internet's web. */
export const publicWeb: LinkRules = {
  isAllowed: isPublicAddress,
  isAllowedPort: (port) => port === 80 || port === 443,
  resolve: systemResolve,
};

/** What is wrong with an address before a name in it is looked up; every redirect is held against this, too. */
export function refusalOf(url: URL, rules: LinkRules): Exclude<LinkRefusal, 'off' | 'video-site'> | null {
  if (url.username !== '' || url.password !== '') return 'password';
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return 'private';
  if (!rules.isAllowedPort(portOf(url))) return 'private';
  // The URL parser has made one notation of every way to write an IPv4 address; IPv6 ones stand in brackets.
  const host = url.hostname.replace(/^\[|\]$/g, '');
  return isIP(host) !== 0 && !rules.isAllowed(host) ? 'private' : null;
}

/** The port of an address, also where it is the usual one. */
export function portOf({ port, protocol }: URL): number {
  if (port !== '') return Number(port);
  return protocol === 'https:' ? 443 : 80;
}
