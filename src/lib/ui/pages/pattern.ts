import type { PageId } from '#lib/domain/ids.ts';
import type { PageEntry } from '#lib/ui/pages/page-entry.ts';
import type { Part } from '#lib/yjs/page-tree.ts';

/** With what pages can begin: a starter, or another page as it stands. */
export interface Pattern {
  readonly title: string;
  /** As it reads. */
  readonly parts: readonly Part[];
}

/** A pattern that came with the app. */
export interface ShownStarter extends Pattern {
  readonly id: string;
  /** What it is for, in one line. */
  readonly what: string;
}

/** Where patterns come from. */
export interface PatternShelf {
  /** BCP 47: in which there are starters, the one first that is offered first. */
  readonly languages: readonly string[];
  readonly starters: (language: string) => Promise<readonly ShownStarter[]>;
  /** The pages that can be copied. */
  readonly pages: readonly PageEntry[];
  readonly read: (page: PageId) => Promise<readonly Part[]>;
}
