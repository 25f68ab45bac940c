import ipaddr from 'ipaddr.js';

/** Addresses of everybody's internet at which a cloud answers its own machines. */
const cloudsOwn = new Set(['168.63.129.16']);

/** The only IPv6 addresses that are given to anybody (IANA, "Global Unicast"). */
const globalUnicast = ipaddr.IPv6.parseCIDR('2000::/3');

/**
 * Whether an address belongs to the public internet: neither private, loopback, link-local (where clouds keep their
 * metadata), shared by a carrier (CGNAT), multicast nor reserved; nor an IPv6 address with such an IPv4 one inside (mapped,
 * 6to4, NAT64, Teredo).
 * @param address IPv4 or IPv6; anything else is not public
 */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address) || cloudsOwn.has(address)) return false;
  const parsed = ipaddr.parse(address);
  if (parsed.range() !== 'unicast') return false;
  return parsed instanceof ipaddr.IPv6 ? parsed.match(globalUnicast) : true;
}
