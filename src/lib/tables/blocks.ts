import { folded } from './folded.ts';
import { headingOf, type Heading } from './heading.ts';

/** The cells of a row that are in one of several lists side by side. */
export type Block = (row: readonly string[]) => readonly string[];

/** What says by itself who somebody is. */
const whole: readonly (Heading | undefined)[] = ['name', 'name-family-first', 'pupil', 'whole'];

/** TA9: lists side by side have the same headings, each of them once more; none where there is one list. */
export function blocksIn(header: readonly string[]): readonly Block[] {
  const words = header.map(folded);
  const begins = words.find((word) => word !== '');
  const starts = words.flatMap((word, at) => (word === begins ? [at] : []));
  const blocks = starts.map(
    (from, at): Block =>
      (row) =>
        row.slice(from, starts[at + 1])
  );
  const [first, ...others] = blocks.map((block) =>
    block(words)
      .filter((word) => word !== '')
      .join('\n')
  );
  const means = new Set((blocks[0]?.(header) ?? []).map(headingOf));
  const halves = means.has('family') && (means.has('given') || means.has('named'));
  const names = halves || whole.some((one) => means.has(one));
  return names && others.length > 0 && others.every((other) => other === first) ? blocks : [];
}
