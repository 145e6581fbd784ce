import { discOf } from '#lib/ui/initials.ts';
import type { Run } from '#lib/yjs/page-tree.ts';

/** Somebody who has written in a page, as it is shown. */
export interface Writer {
  /** Whoever it is: an account; empty where nobody knows. */
  readonly id: string;
  readonly name: string;
  /** That of their disc, as CSS. */
  readonly colour: string;
  /** The line under their words: no colour stands alone. */
  readonly line: 'solid' | 'dashed' | 'dotted';
}

const lines: readonly Writer['line'][] = ['solid', 'dashed', 'dotted'];

/** @param id the account; empty where nobody knows whose it is */
export function writer(id: string, name: string): Writer {
  if (id === '') return { id, name, colour: 'var(--edge-strong)', line: 'dotted' };
  const disc = discOf(id);
  return { id, name, colour: `var(--disc-${disc})`, line: lines[disc % lines.length] ?? 'solid' };
}

/** Who wrote what bears this clientID. */
export type Whose = (client: number) => Writer;

/** Who wrote these words, whoever wrote most of them first; blanks are nobody's. */
export function writersOf(runs: readonly Run[], whose: Whose): readonly Writer[] {
  const shares = new Map<string, { readonly wrote: Writer; share: number }>();
  for (const { text, client } of runs) {
    const share = text.replaceAll(/\s/g, '').length;
    if (client === undefined || share === 0) continue;
    const wrote = whose(client);
    const known = shares.get(wrote.id);
    if (known) known.share += share;
    else shares.set(wrote.id, { wrote, share });
  }
  return [...shares.values()].sort((one, other) => other.share - one.share).map(({ wrote }) => wrote);
}
