/**
 * The stretch that is asked for (RFC 9110, 14.1.2), from where to before where; undefined: all of it; `outside`: there
 * is no such stretch, or several are asked for.
 */
export function stretchOf(
  header: string | undefined,
  length: number
): readonly [number, number] | 'outside' | undefined {
  if (header === undefined) return undefined;
  const [, first = '', last = ''] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header) ?? [];
  if (first === '' && last === '') return 'outside';
  const from = first === '' ? Math.max(0, length - Number(last)) : Number(first);
  const to = first === '' || last === '' ? length : Math.min(Number(last) + 1, length);
  return from < to ? [from, to] : 'outside';
}
