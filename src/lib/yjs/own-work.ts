import type { Run } from './page-tree.ts';

/** Somebody's work in a page that others write in, too. */
export interface OwnWork {
  readonly name: string;
  readonly wrote: (runs: readonly Run[]) => boolean;
  readonly added: (media: string) => boolean;
}
