import * as Y from 'yjs';

/**
 * PG4: a document for a page, the same on a tablet and on the relay. Yjs tidies marks that say nothing new away after
 * whatever comes from others, as a deletion of its own that it tells on; here documents only come down, nobody would hear
 * of it, and what one replica finds superfluous another still needs: pages would come to differ. So nothing is tidied.
 *
 * @param keepDeleted so that what is deleted can still be read and brought back; where a person writes
 */
export function pageDocument({ keepDeleted = false }: { readonly keepDeleted?: boolean } = {}): Y.Doc {
  const doc = new Y.Doc({ gc: !keepDeleted });
  // Between the observers, which ask for it, and the tidying itself.
  doc.on('afterTransaction', (transaction) => {
    transaction._needFormattingCleanup = false;
  });
  return doc;
}
