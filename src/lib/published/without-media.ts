import type { Part } from '#lib/yjs/page-tree.ts';

/** The parts without pictures, films and sounds that are not to be seen, nor what is said of them; in tables, too. */
export function withoutMedia(parts: readonly Part[], isShown: (media: string) => boolean): readonly Part[] {
  return parts.flatMap((part): readonly Part[] => {
    if (part.is === 'media') return isShown(part.media) ? [part] : [];
    if (part.is !== 'table') return [part];
    const rows = part.rows.map((row) =>
      row.map((cell) => ({ ...cell, parts: withoutMedia(cell.parts, isShown) }))
    );
    return [{ ...part, rows }];
  });
}
