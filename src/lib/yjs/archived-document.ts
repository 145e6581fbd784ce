import * as Y from 'yjs';
import { pageInAddress } from './address.ts';
import { editLimits } from './inspect.ts';
import { deepest } from './nesting.ts';
import { pageDocument } from './page-document.ts';
import {
  pageTree,
  type Cell,
  type List,
  type ListItem,
  type Paragraph,
  type Part,
  type Run
} from './page-tree.ts';

/** Bytes that the document of a page may have: as many as a page, and as much again of what it has forgotten. */
export const mostDocumentBytes = 2 * editLimits.page;
/** Parts of a document that are looked at: what it costs to put it together. */
const mostStructs = 100_000;
/** So deep its parts stand in each other: a word in a text in a block in a cell in a row in a table, and some more. */
const mostDeep = 16;

/**
 * FA5: what stands in a page whose document comes from elsewhere, as it is read: what a page cannot have is not in it.
 * Undefined: it is no document of a page, or not a whole one.
 *
 * @param update of version 1, of at most `mostDocumentBytes`
 */
export function partsOfDocument(update: Uint8Array): readonly Part[] | undefined {
  if (update.byteLength > mostDocumentBytes) return undefined;
  const doc = pageDocument();
  try {
    const { structs } = Y.decodeUpdate(update);
    if (structs.length > mostStructs || (deepest(structs) ?? Infinity) > mostDeep) return undefined;
    Y.applyUpdate(doc, update);
    const whole = doc.store.pendingStructs === null && doc.store.pendingDs === null;
    return whole ? pageTree(doc) : undefined;
  } catch {
    // Bytes end too early, or something is nested without end.
    return undefined;
  } finally {
    doc.destroy();
  }
}

/** What pages and media are called where the parts go. */
export interface Elsewhere {
  /** Undefined: there is none. */
  readonly page: (id: string) => string | undefined;
  readonly media: (id: string) => string | undefined;
}

/**
 * FA5: the parts as they stand elsewhere: media and the pages to which links lead have their ids of there. Media that are
 * not there are left out with what is said of them, and a link to a page that is not there is plain text.
 */
export function partsElsewhere(parts: readonly Part[], there: Elsewhere): readonly Part[] {
  return parts.flatMap((part) => partElsewhere(part, there));
}

function partElsewhere(part: Part, there: Elsewhere): readonly Part[] {
  switch (part.is) {
    case 'media': {
      const media = there.media(part.media);
      return media === undefined ? [] : [{ ...part, media }];
    }
    case 'table': {
      const rows = part.rows.map((row) =>
        row.map((cell): Cell => ({ ...cell, parts: partsElsewhere(cell.parts, there) }))
      );
      return [{ ...part, rows }];
    }
    case 'quote':
    case 'callout':
      return [
        {
          ...part,
          paragraphs: part.paragraphs.map((one): Paragraph => ({
            ...one,
            runs: runsElsewhere(one.runs, there)
          }))
        }
      ];
    case 'list':
      return [listElsewhere(part, there)];
    case 'paragraph':
    case 'heading':
      return [{ ...part, runs: runsElsewhere(part.runs, there) }];
    case 'rule':
      return [part];
  }
}

function listElsewhere(list: List, there: Elsewhere): List {
  const items = list.items.map((item): ListItem => ({
    ...item,
    runs: runsElsewhere(item.runs, there),
    lists: item.lists.map((one) => listElsewhere(one, there))
  }));
  return { ...list, items };
}

function runsElsewhere(runs: readonly Run[], there: Elsewhere): readonly Run[] {
  return runs.map((run): Run => {
    const { href, ...plain } = run;
    const page = href === undefined ? undefined : pageInAddress(href);
    if (page === undefined) return run;
    const id = there.page(page);
    return id === undefined ? plain : { ...plain, href: `page:${id}` };
  });
}
