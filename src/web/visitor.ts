import { BlockList, isIP } from 'node:net';
import { getConnInfo } from '@hono/node-server/conninfo';
import type { Context } from 'hono';

/**
 * Who is asking: the address of the connection, or, while that is a trusted proxy, the one that it says stands behind
 * it (`X-Forwarded-For`, read from the end: what comes before the first stranger anybody can have written).
 * @param proxies addresses and networks
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
      .map((part) => plain(part.trim()));
    while (isTrusted(visitor)) {
      const before = forwarded.pop();
      if (before === undefined || isIP(before) === 0) break;
      visitor = before;
    }
    return visitor;
  };
}

/** An IPv4 address as itself, also where it came in over IPv6. */
function plain(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.)/i, '');
}
