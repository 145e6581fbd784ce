import { sha256 } from '#lib/crypto/encoding.ts';
import type { FileHash } from '#lib/domain/ids.ts';
import { mediaOfParts } from '#lib/yjs/media-of-parts.ts';
import type { List, ListItem, Paragraph, Part, Run } from '#lib/yjs/page-tree.ts';

/** A page as visitors see it: its title, and what is read in it. Nobody's name stands beside it. */
export interface PageContent {
  readonly title: string;
  readonly parts: readonly Part[];
}

/** The form of what is hashed; another one is published anew. */
const form = 1;

/**
 * PU3: what visitors see of a page: the very same on the tablet that looks at it and on the relay that publishes it.
 *
 * @param isShown whether visitors see this picture, film or sound
 */
export function contentOf(
  title: string,
  parts: readonly Part[],
  isShown: (media: string) => boolean
): PageContent {
  return { title, parts: shownParts(parts, isShown) };
}

/** PU2: by which two contents are known to be the same: the SHA-256 of `[1, title, parts]` as JSON. */
export async function digestOf({ title, parts }: PageContent): Promise<FileHash> {
  return (await sha256(JSON.stringify([form, title, parts]))) as FileHash;
}

/** The media that stand in it, each once. */
export function mediaOfContent({ parts }: Pick<PageContent, 'parts'>): ReadonlySet<string> {
  return new Set(mediaOfParts(parts).map(({ media }) => media));
}

function shownParts(parts: readonly Part[], isShown: (media: string) => boolean): readonly Part[] {
  return parts.flatMap((part): readonly Part[] => {
    switch (part.is) {
      case 'media':
        return isShown(part.media) ? [part] : [];
      case 'rule':
        return [part];
      case 'paragraph':
        return [shownParagraph(part)];
      case 'heading':
        return [{ ...part, runs: joined(part.runs) }];
      case 'list':
        return [shownList(part)];
      case 'quote':
      case 'callout':
        return [{ ...part, paragraphs: part.paragraphs.map(shownParagraph) }];
      case 'table':
        return [
          {
            ...part,
            rows: part.rows.map((row) =>
              row.map((cell) => ({ ...cell, parts: shownParts(cell.parts, isShown) }))
            )
          }
        ];
    }
  });
}

function shownParagraph(paragraph: Paragraph): Paragraph {
  return { ...paragraph, runs: joined(paragraph.runs) };
}

function shownList(list: List): List {
  const items = list.items.map((item): ListItem => ({
    ...item,
    runs: joined(item.runs),
    lists: item.lists.map(shownList)
  }));
  return { ...list, items };
}

/** How a text is cut into runs depends on how it was typed: neighbours that look alike are one. */
function joined(runs: readonly Run[]): readonly Run[] {
  const all: { text: string; marks: Run['marks']; href?: string }[] = [];
  for (const { text, marks, href } of runs) {
    const last = all.at(-1);
    if (last && last.href === href && last.marks.join() === marks.join()) last.text += text;
    else all.push({ text, marks, ...(href !== undefined && { href }) });
  }
  return all;
}
