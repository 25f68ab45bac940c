import type { LookupFunction } from 'node:net';
import type { LinkRules } from './rules.ts';

/** A name leads into a network that links must not lead into. */
export class RefusedAddress extends Error {
  override readonly name = 'RefusedAddress';
}

/**
 * A look-up for sockets: the address that is checked is the one that is connected to, so that a name which answers
 * otherwise the next time (DNS rebinding) gains nothing. A name with any address that is refused is refused whole.
 */
export function guardedLookup(rules: LinkRules): LookupFunction {
  return (hostname, options, callback) => {
    rules.resolve(hostname).then(
      (addresses) => {
        const [first] = addresses;
        if (first === undefined || addresses.some(({ address }) => !rules.isAllowed(address))) {
          callback(new RefusedAddress('a name with a refused address'), '', 0);
        } else if (options.all) callback(null, [...addresses]);
        else callback(null, first.address, first.family);
      },
      (error: NodeJS.ErrnoException) => callback(error, '', 0),
    );
  };
}
