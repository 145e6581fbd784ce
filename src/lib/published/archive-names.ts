/** Letters of a name that are told at most. */
const most = 40;

/**
 * TH2: names of files for these titles, in their order: a number, and what of the title every system can write. No two are
 * the same, none is a device of Windows, and none leads elsewhere.
 */
export function archiveNames(
  titles: readonly { readonly title: string; readonly ending: string }[]
): readonly string[] {
  const digits = Math.max(2, String(titles.length).length);
  return titles.map(({ title, ending }, at) => {
    const number = String(at + 1).padStart(digits, '0');
    return [number, plainName(title)].filter(Boolean).join('-') + `.${ending}`;
  });
}

/** Its letters and digits in ASCII, small; empty where there are none. */
export function plainName(title: string): string {
  return title
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, most)
    .replace(/^-+|-+$/g, '');
}
