import * as Y from 'yjs';
import { pageDocument } from './page-document.ts';
import { pageRoot } from './page-schema.ts';

/** An accepted edit of a page, and whose it is. */
export interface AuthoredEdit {
  readonly account: string;
  readonly update: Uint8Array;
}

/**
 * PG14: the edit that takes back what one person did in a page since a version of it: what they put there goes, what they
 * took away comes back, and what others wrote stays, also in a line that was theirs.
 *
 * @param version the page as it stood before, as one update
 * @param edits everything that was accepted since, in order
 * @param client the clientID under which whoever asks writes
 * @returns undefined where there is nothing to be taken back
 */
export function takeBack(
  version: Uint8Array,
  edits: readonly AuthoredEdit[],
  whose: string,
  client: number
): Uint8Array | undefined {
  // Played again, so that what was deleted since is still known, and who deleted it.
  const doc = pageDocument({ keepDeleted: true });
  doc.clientID = client;
  Y.applyUpdate(doc, version);
  const undo = new Y.UndoManager(doc.getXmlFragment(pageRoot), {
    trackedOrigins: new Set([whose]),
    // One after the other, the last first: what was made and deleted by the same person others may have written in.
    captureTimeout: 0,
    // What that person put into it is gone before it is: whatever is left is somebody else's.
    deleteFilter: ({ content }) => !(content instanceof Y.ContentType && holdsAnything(content.type))
  });
  for (const { account, update } of edits) Y.applyUpdate(doc, update, account);
  let back: Uint8Array | undefined;
  doc.on('update', (update: Uint8Array) => (back = update));
  // All in one, for between transactions Yjs joins what came back with what comes back beside it, and would then take
  // both away again with one of them.
  doc.transact(() => {
    while (undo.canUndo()) undo.undo();
  });
  undo.destroy();
  doc.destroy();
  return back;
}

function holdsAnything(type: Y.AbstractType<unknown>): boolean {
  for (let item = type._start; item; item = item.right)
    if (!item.deleted && !(item.content instanceof Y.ContentFormat)) return true;
  return false;
}
