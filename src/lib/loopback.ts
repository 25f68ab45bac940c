/**
 * Returns true for a host name or address that only this machine has.
 * @param host as in a URL (IPv6 in brackets), or an address of a socket (IPv4 perhaps mapped to IPv6, RFC 4291)
 */
export function isLoopback(host: string): boolean {
  const address = host.replace(/^\[(.*)\]$/, '$1').replace(/^::ffff:/i, '');
  return address === 'localhost' || address === '::1' || /^127(\.\d{1,3}){3}$/.test(address);
}
