import { type LookupAddress, lookup } from 'node:dns';
import { isIP } from 'node:net';
import { isPublicAddress } from './public-address.ts';

/** Rules on where links may lead. */
export type LinkRules = {
  /** Checks an IPv4 or IPv6 address. */
  isAllowed(address: string): boolean;
  isAllowedPort(port: number): boolean;
  /** Resolves a host name to all of its addresses. */
  resolve(hostname: string): Promise<readonly LookupAddress[]>;
};

/** Rules that allow the web on the public internet. */
export const publicWeb: LinkRules = {
  isAllowed: isPublicAddress,
  isAllowedPort: (port) => port === 80 || port === 443,
  // The operating system's resolver.
  resolve: (hostname) =>
    new Promise((done, fail) => {
      lookup(hostname, { all: true }, (error, addresses) => (error === null ? done(addresses) : fail(error)));
    }),
};

/**
 * Returns what is wrong with an address before its name is resolved; null when nothing is. Every
 * redirect is checked the same way.
 */
export function refusalOf(url: URL, rules: LinkRules): 'password' | 'private' | null {
  if (url.username !== '' || url.password !== '') return 'password';
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return 'private';
  if (!rules.isAllowedPort(portOf(url))) return 'private';
  // The URL parser normalises every notation of an IPv4 address, and puts IPv6 addresses in brackets.
  const host = url.hostname.replace(/^\[|\]$/g, '');
  return isIP(host) !== 0 && !rules.isAllowed(host) ? 'private' : null;
}

/** Returns the port of an address, even when it is the protocol's default. */
export function portOf({ port, protocol }: URL): number {
  if (port !== '') return Number(port);
  return protocol === 'https:' ? 443 : 80;
}
