/** How many different discs there are: as many as `--disc-…` tokens. */
export const discs = 12;

/** One or two letters for a person's disc: of the first two words of the name, "M. K." gives "MK", "" gives "·". */
export function initials(name: string): string {
  const words = name.split(/[\s.\-_]+/u).filter((word) => /[\p{L}\p{N}]/u.test(word));
  const first = words.slice(0, 2).map((word) => /[\p{L}\p{N}]\p{M}*/u.exec(word)?.[0] ?? '');
  return first.join('').toLocaleUpperCase() || '·';
}

/** The number of an account's disc, 1 to 12: the same on every device, since it follows from the id alone (FNV-1a). */
export function discOf(id: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < id.length; at++) hash = Math.imul(hash ^ id.charCodeAt(at), 0x01000193);
  return ((hash >>> 0) % discs) + 1;
}
