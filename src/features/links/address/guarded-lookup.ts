import type { LookupFunction } from 'node:net';
import type { LinkRules } from './rules.ts';

/** Thrown for a host name that resolves to an address that is not allowed. */
export class RefusedAddress extends Error {
  override readonly name = 'RefusedAddress';
}

/**
 * Creates a lookup function for sockets. The socket connects to the very address that was checked,
 * so a name that resolves differently the next time (DNS rebinding) gains nothing. A name is
 * refused when any of its addresses is.
 */
export function createGuardedLookup(rules: LinkRules): LookupFunction {
  return (hostname, options, callback) => {
    rules.resolve(hostname).then(
      (addresses) => {
        const [first] = addresses;
        if (first === undefined || addresses.some(({ address }) => !rules.isAllowed(address))) {
          callback(new RefusedAddress('the host name has an address that is not allowed'), '', 0);
        } else if (options.all) callback(null, [...addresses]);
        else callback(null, first.address, first.family);
      },
      (error: NodeJS.ErrnoException) => callback(error, '', 0),
    );
  };
}
