import * as Y from 'yjs';
import { pageDocument } from '#lib/yjs/page-document.ts';
import type { Followed } from './follower.ts';

/** The confirmed text of a page. */
export class FollowedPage implements Followed {
  readonly doc = pageDocument();
  readonly version = 0;

  constructor(updates: readonly Uint8Array[]) {
    for (const update of updates) Y.applyUpdate(this.doc, update, 'store');
  }

  close(): void {
    this.doc.destroy();
  }
}

/** OB4: whether all that an edit writes and deletes is in the page. */
export function containsEdit(doc: Y.Doc, update: Uint8Array): boolean {
  return Y.snapshotContainsUpdate(Y.snapshot(doc), update);
}
