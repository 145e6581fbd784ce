/** The name of a Host header without port and brackets; undefined for what is none. */
export function nameIn(host: string): string | undefined {
  const name = /^(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::\d{1,5})?$/i.exec(host)?.[1];
  return name === undefined ? undefined : bare(name.toLowerCase());
}

/** An IPv6 address without its brackets; any other name as it is. */
export function bare(name: string): string {
  return name.replace(/^\[(.*)\]$/, '$1');
}
