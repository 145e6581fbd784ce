import type { PageId } from '#lib/domain/ids.ts';
import { pageInAddress } from '#lib/yjs/address.ts';

/** Where a link to a page of this TwinSpace leads, and what it is called. */
export interface PageLink {
  readonly href: string;
  readonly title: string;
}

/** Undefined where the page is not for whoever reads, or is not there any more. */
export type LinkOf = (page: PageId) => PageLink | undefined;

/** The page that an address means; undefined where it means none. */
export function pageOfAddress(href: string): PageId | undefined {
  return pageInAddress(href) as PageId | undefined;
}

/** The address of a page in a text (PG2). */
export function addressOfPage(page: PageId): string {
  return `page:${page}`;
}
