import ipaddr from 'ipaddr.js';

/** Public addresses at which a cloud serves its own machines. */
const cloudsOwn = new Set(['168.63.129.16']);

/** The only IPv6 range that is allocated for public use (IANA, "Global Unicast"). */
const globalUnicast = ipaddr.IPv6.parseCIDR('2000::/3');

/**
 * Returns true when an address belongs to the public internet: neither private, loopback,
 * link-local (where clouds keep their metadata), shared by a carrier (CGNAT), multicast nor
 * reserved; nor an IPv6 address that embeds such an IPv4 address (mapped, 6to4, NAT64, Teredo).
 * @param address IPv4 or IPv6; anything else is not public
 */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address) || cloudsOwn.has(address)) return false;
  const parsed = ipaddr.parse(address);
  if (parsed.range() !== 'unicast') return false;
  return parsed instanceof ipaddr.IPv6 ? parsed.match(globalUnicast) : true;
}
