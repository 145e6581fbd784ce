import type { Part } from './page-tree.ts';

/** Media where they stand in a page, with what it says of them. */
export interface MediaInPage {
  readonly media: string;
  readonly alt: string;
  readonly caption: string;
}

/** The media that stand in it, in the cells of its tables too. */
export function mediaOfParts(parts: readonly Part[]): readonly MediaInPage[] {
  return parts.flatMap((part) => {
    if (part.is === 'media') return [part];
    return part.is === 'table' ? part.rows.flat().flatMap((cell) => mediaOfParts(cell.parts)) : [];
  });
}
