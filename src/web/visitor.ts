import { BlockList, isIP } from 'node:net';
import { getConnInfo } from '@hono/node-server/conninfo';
import type { Context } from 'hono';

/**
 * Returns a function for the client's address. While the address is a trusted proxy, it is replaced by the last
 * unread entry of `X-Forwarded-For`; entries before the first untrusted address may be forged.
 * @param proxies addresses and networks (CIDR) of trusted proxies
 */
export function createVisitor(proxies: readonly string[]): (context: Context) => string {
  const trusted = new BlockList();
  for (const proxy of proxies) {
    const [host = '', bits] = proxy.split('/');
    const family = isIP(host) === 6 ? 'ipv6' : 'ipv4';
    if (bits === undefined) trusted.addAddress(host, family);
    else trusted.addSubnet(host, Number(bits), family);
  }
  const isTrusted = (address: string) =>
    isIP(address) !== 0 && trusted.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
  return (context) => {
    let visitor = plain(getConnInfo(context).remote.address ?? '');
    const forwarded = (context.req.header('x-forwarded-for') ?? '')
      .split(',')
      .map((address) => plain(address.trim()));
    while (isTrusted(visitor)) {
      const before = forwarded.pop();
      if (before === undefined || isIP(before) === 0) break;
      visitor = before;
    }
    return visitor;
  };
}

/** Returns an IPv4-mapped IPv6 address as IPv4. */
function plain(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.)/i, '');
}
