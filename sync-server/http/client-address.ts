import type { IncomingMessage } from 'node:http';
import { BlockList, isIP } from 'node:net';

/** Of a list that proxies have made so many entries are looked at, from the right. */
const mostHops = 32;

/**
 * HT13: where requests come from. Behind proxies that are trusted that is the last address in `X-Forwarded-For` which is
 * none of theirs: each proxy adds at the right whom it heard from, and what stands further left anybody can have written.
 */
export class ClientAddresses {
  readonly #trusted: BlockList;

  /** @param trusted what `trustedProxies` has read */
  constructor(trusted: BlockList = new BlockList()) {
    this.#trusted = trusted;
  }

  /** The address under which a request is counted: an IPv4 address, or the first half of an IPv6 one. */
  of(
    request: Pick<IncomingMessage, 'headers'> & { readonly socket: { remoteAddress?: string | undefined } }
  ): string {
    let client = plain(request.socket.remoteAddress ?? '');
    if (client === undefined) return 'unknown';
    const header = request.headers['x-forwarded-for'];
    const said = (Array.isArray(header) ? header.join(',') : (header ?? '')).split(',');
    for (const hop of said.reverse().slice(0, mostHops)) {
      if (!this.#trusts(client)) break;
      const before = plain(hop);
      // A proxy that does not say whom it heard from stands for all of them.
      if (before === undefined) break;
      client = before;
    }
    return networkOf(client);
  }

  /** Whether a connection from there is that of a trusted proxy, which stands for many. */
  isProxy(remoteAddress: string | undefined): boolean {
    const address = plain(remoteAddress ?? '');
    return address !== undefined && this.#trusts(address);
  }

  #trusts(address: string): boolean {
    return this.#trusted.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
  }
}

/**
 * Reads addresses and networks (`10.0.0.0/8`, `fd00::/8`), separated by commas.
 *
 * @returns undefined where one of them is neither
 */
export function trustedProxies(text: string): BlockList | undefined {
  const list = new BlockList();
  for (const entry of text.split(',').map((one) => one.trim())) {
    if (entry === '') continue;
    const [name = '', bits, more] = entry.split('/');
    const address = plain(name);
    if (address === undefined || more !== undefined) return undefined;
    const wide = isIP(address) === 6;
    if (bits === undefined) list.addAddress(address, wide ? 'ipv6' : 'ipv4');
    else if (/^\d{1,3}$/.test(bits) && Number(bits) <= (wide ? 128 : 32))
      list.addSubnet(address, Number(bits), wide ? 'ipv6' : 'ipv4');
    else return undefined;
  }
  return list;
}

/** An address in its one form, without a port, brackets or a zone; an IPv4 one that is mapped into IPv6 as itself. */
function plain(text: string): string | undefined {
  const bare = text.trim();
  const inside =
    /^\[([^\]]*)\](?::\d+)?$/.exec(bare)?.[1] ?? bare.replace(/^(\d+\.\d+\.\d+\.\d+):\d+$/, '$1');
  const [address = ''] = inside.split('%');
  if (isIP(address) === 4) return address;
  if (isIP(address) !== 6) return undefined;
  // The URL standard writes every IPv6 address in one way.
  const canonical = new URL(`http://[${address}]`).hostname.slice(1, -1);
  const mapped = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(canonical);
  if (!mapped) return canonical;
  const [high, low] = [Number.parseInt(mapped[1] ?? '', 16), Number.parseInt(mapped[2] ?? '', 16)];
  return [high >> 8, high & 255, low >> 8, low & 255].join('.');
}

/** A household, a school or a telephone has at least a /64 (RFC 6177), and may change its address within. */
function networkOf(address: string): string {
  if (isIP(address) === 4) return address;
  const [left = '', right] = address.split('::');
  const groups = left === '' ? [] : left.split(':');
  if (right !== undefined) {
    const after = right === '' ? [] : right.split(':');
    groups.push(...Array.from({ length: 8 - groups.length - after.length }, () => '0'), ...after);
  }
  return `${groups.slice(0, 4).join(':')}::/64`;
}
