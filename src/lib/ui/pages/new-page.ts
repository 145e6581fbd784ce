import type { PageId } from '#lib/domain/ids.ts';

/** A page that somebody wants to make. */
export interface NewPage {
  readonly title: string;
  /** Undefined: at the top. */
  readonly parent: PageId | undefined;
  readonly draft: boolean;
}
