import * as Y from 'yjs';
import { pageDocument } from '#lib/yjs/page-document.ts';
import type { Followed } from './follower.ts';
import { PagePresence } from './page-presence.ts';

/** The confirmed text of a page that is open here, and who writes in it. */
export class FollowedPage implements Followed {
  readonly doc: Y.Doc;
  readonly version = 0;
  readonly presence: PagePresence;

  constructor(updates: readonly Uint8Array[]) {
    this.doc = textOf(updates);
    this.presence = new PagePresence(this.doc);
  }

  close(): void {
    this.presence.close();
    this.doc.destroy();
  }
}

/** The text that these updates make; whoever asks destroys it. */
export function textOf(updates: readonly Uint8Array[]): Y.Doc {
  const doc = pageDocument();
  for (const update of updates) Y.applyUpdate(doc, update, 'store');
  return doc;
}

/** OB4: whether all that an edit writes and deletes is in the page. */
export function containsEdit(doc: Y.Doc, update: Uint8Array): boolean {
  return Y.snapshotContainsUpdate(Y.snapshot(doc), update);
}
