import * as Y from 'yjs';
import { pageDocument } from './page-document.ts';
import { pageRoot } from './page-schema.ts';

/** PG15: makes a page stand as it did in this version of it, by one edit. */
export function restorePage(doc: Y.Doc, version: Uint8Array): void {
  const before = pageDocument();
  Y.applyUpdate(before, version);
  const body = doc.getXmlFragment(pageRoot);
  doc.transact(() => {
    body.delete(0, body.length);
    body.insert(
      0,
      before
        .getXmlFragment(pageRoot)
        .toArray()
        .map((part) => part.clone())
        .filter((part) => part instanceof Y.XmlElement)
    );
  });
  before.destroy();
}
