import { ySyncPluginKey } from 'y-prosemirror';
import * as Y from 'yjs';
import { elements, isElement } from '#lib/yjs/page-schema.ts';

/**
 * Gives every block that the editor makes its text at birth. The binding makes one with the first sign: two people who
 * begin to write in one empty line would each make their own, and a binding moves its own text into the other's as soon
 * as it shows both, which would be a write by looking.
 *
 * @returns ends it
 */
export function wholeBlocks(doc: Y.Doc): () => void {
  const complete = (_: Y.Doc, transactions: readonly Y.Transaction[]): void => {
    const bare = transactions
      .filter(({ origin }) => origin === ySyncPluginKey)
      .flatMap(({ changed, beforeState }) =>
        [...changed].flatMap(([type, keys]) =>
          type instanceof Y.XmlFragment && keys.has(null) ? newAndBare(type, beforeState) : []
        )
      );
    if (bare.length === 0) return;
    // As part of what was done: undone together with it.
    doc.transact(() => {
      for (const element of bare) element.insert(0, [new Y.XmlText()]);
    }, ySyncPluginKey);
  };
  // Later than that an update is made of what was done, which would tell of these, too, and then they twice.
  doc.on('afterAllTransactions', complete);
  return () => doc.off('afterAllTransactions', complete);
}

/** What was made in this parent, in tables and rows too, and has no text yet. */
function newAndBare(parent: Y.XmlFragment, before: Y.Transaction['beforeState']): readonly Y.XmlElement[] {
  return parent.toArray().flatMap((child) => {
    if (!(child instanceof Y.XmlElement) || !isElement(child.nodeName)) return [];
    const id = child._item?.id;
    if (id === undefined || id.clock < (before.get(id.client) ?? 0)) return [];
    if (child.length > 0) return newAndBare(child, before);
    return elements[child.nodeName].text ? [child] : [];
  });
}
