import type { Part } from './page-tree.ts';

/** The media that stand in it, in the cells of its tables too. */
export function mediaOfParts(parts: readonly Part[]): readonly string[] {
  return parts.flatMap((part) => {
    if (part.is === 'media') return [part.media];
    return part.is === 'table' ? part.rows.flat().flatMap((cell) => mediaOfParts(cell.parts)) : [];
  });
}
