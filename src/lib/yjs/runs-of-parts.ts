import type { Part, Run } from './page-tree.ts';

/** The texts of a page, each with its runs, in the cells of its tables too. */
export function runsOfParts(parts: readonly Part[]): readonly (readonly Run[])[] {
  return parts.flatMap((part): readonly (readonly Run[])[] => {
    switch (part.is) {
      case 'paragraph':
      case 'heading':
        return [part.runs];
      case 'quote':
      case 'callout':
        return part.paragraphs.map(({ runs }) => runs);
      case 'list':
        return part.items.flatMap(({ runs, lists }) => [runs, ...runsOfParts(lists)]);
      case 'table':
        return part.rows.flat().flatMap((cell) => runsOfParts(cell.parts));
      case 'media':
      case 'rule':
        return [];
    }
  });
}
