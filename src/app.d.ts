import type { MediaWords } from '#lib/editor/media.ts';

declare global {
  namespace App {
    interface PageState {
      readonly opened?: string;
      /** Accounts that another screen has chosen in the list of members. */
      readonly chosen?: readonly string[];
      /** Media that the list of all of them puts into a page. */
      readonly put?: readonly MediaWords[];
    }
  }
}

export {};
