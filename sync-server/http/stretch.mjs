/**
 * The stretch that a Range header asks for, from where to before where, as RFC 9110, 14.1 and 14.2 say it; undefined: all
 * of it, as nothing is asked for that is counted in bytes; `outside`: there is no such stretch, or several are asked for.
 * The relay and the service worker of a visit read it by these same lines, which therefore lean on nothing else.
 *
 * @param {string | null | undefined} header
 * @param {number} length of the whole, in bytes
 * @returns {readonly [number, number] | 'outside' | undefined}
 */
export function stretchOf(header, length) {
  const set = /^\s*bytes\s*=(.*)$/i.exec(header ?? '')?.[1];
  if (set === undefined) return undefined;
  // A list may have empty places (5.6.1.2).
  const asked = set.split(',').filter((one) => one.trim() !== '');
  const [, first = '', last = ''] = /^\s*(\d*)-(\d*)\s*$/.exec(asked[0] ?? '') ?? [];
  if (asked.length !== 1 || (first === '' && last === '')) return 'outside';
  // Of its last bytes so many; else from the first one named up to the last one named, or to its end.
  const from = first === '' ? Math.max(0, length - Number(last)) : Number(first);
  const to = first === '' || last === '' ? length : Math.min(Number(last) + 1, length);
  return from < to ? [from, to] : 'outside';
}
