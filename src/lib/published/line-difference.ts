/** A line of a page, and whether it is new, gone, or as it was. */
export interface DifferentLine {
  readonly is: 'new' | 'gone' | 'same';
  readonly text: string;
}

/** Of longer pages what lies between what both begin and end with is told as gone and new. */
const mostLines = 2_000;

/** What has come and gone between two texts, line by line, in their order (the longest lines in common stay). */
export function lineDifference(before: string, now: string): readonly DifferentLine[] {
  const [old, fresh] = [before, now].map((text) => (text === '' ? [] : text.split('\n'))) as [
    string[],
    string[]
  ];
  let start = 0;
  while (start < old.length && start < fresh.length && old[start] === fresh[start]) start++;
  let end = 0;
  while (
    end < old.length - start &&
    end < fresh.length - start &&
    old[old.length - 1 - end] === fresh[fresh.length - 1 - end]
  )
    end++;
  const same = (lines: readonly string[]): readonly DifferentLine[] =>
    lines.map((text) => ({ is: 'same', text }));
  return [
    ...same(old.slice(0, start)),
    ...between(old.slice(start, old.length - end), fresh.slice(start, fresh.length - end)),
    ...same(old.slice(old.length - end))
  ];
}

function between(old: readonly string[], fresh: readonly string[]): readonly DifferentLine[] {
  if (old.length * fresh.length > mostLines ** 2)
    return [
      ...old.map((text): DifferentLine => ({ is: 'gone', text })),
      ...fresh.map((text): DifferentLine => ({ is: 'new', text }))
    ];
  // How many lines in common the rests have, from each pair of places on.
  const width = fresh.length + 1;
  const common = new Uint16Array((old.length + 1) * width);
  for (let at = old.length - 1; at >= 0; at--)
    for (let to = fresh.length - 1; to >= 0; to--)
      common[at * width + to] =
        old[at] === fresh[to]
          ? (common[(at + 1) * width + to + 1] ?? 0) + 1
          : Math.max(common[(at + 1) * width + to] ?? 0, common[at * width + to + 1] ?? 0);
  const lines: DifferentLine[] = [];
  let [at, to] = [0, 0];
  while (at < old.length || to < fresh.length) {
    const [gone, added] = [old[at], fresh[to]];
    if (gone !== undefined && gone === added) {
      lines.push({ is: 'same', text: gone });
      at++;
      to++;
    } else if (
      gone !== undefined &&
      (added === undefined || (common[(at + 1) * width + to] ?? 0) >= (common[at * width + to + 1] ?? 0))
    ) {
      lines.push({ is: 'gone', text: gone });
      at++;
    } else if (added !== undefined) {
      lines.push({ is: 'new', text: added });
      to++;
    }
  }
  return lines;
}
