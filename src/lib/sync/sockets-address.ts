/** Where the relay's sockets are, seen from this page: `ws(s)://host/sync`. */
export function socketsAddress({ protocol, host }: Pick<Location, 'protocol' | 'host'> = location): string {
  return `${protocol === 'https:' ? 'wss:' : 'ws:'}//${host}/sync`;
}
