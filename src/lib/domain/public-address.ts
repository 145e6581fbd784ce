/** RFC 6761 §6.3: these names never leave the machine. */
export function isLoopback(name: string | undefined): boolean {
  if (name === undefined) return false;
  return (
    name === 'localhost' || name.endsWith('.localhost') || name === '::1' || /^127\.\d+\.\d+\.\d+$/.test(name)
  );
}

/** Whom an address serves: every tablet; this machine alone; nobody, since browsers store nothing there (no https). */
export type Reach = 'tablets' | 'this-machine' | 'nobody';

/** OP12: whom a link serves that begins with this address. */
export function reachOf(address: string): Reach {
  const { protocol, hostname } = new URL(address);
  if (isLoopback(hostname.replace(/^\[(.*)\]$/, '$1'))) return 'this-machine';
  return protocol === 'https:' ? 'tablets' : 'nobody';
}

/**
 * Reads the address under which people open the app, as somebody types it: `https://` may be left out, a path may not
 * be there.
 *
 * @returns its origin; undefined for what is no address, or serves nobody
 */
export function readPublicAddress(typed: string): string | undefined {
  const text = typed.trim();
  const url = text === '' ? undefined : parsed(/^[a-z]+:\/\//i.test(text) ? text : `https://${text}`);
  const bare = url && /^https?:$/.test(url.protocol) && url.href === `${url.origin}/`;
  return bare && reachOf(url.origin) !== 'nobody' ? url.origin : undefined;
}

function parsed(text: string): URL | undefined {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}
