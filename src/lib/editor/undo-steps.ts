import type { Transaction } from 'prosemirror-state';
import { ySyncPluginKey } from 'y-prosemirror';

/**
 * Whether what is done next is a step of its own for undo. Typing goes on in the one before, as long as one does not
 * pause; a new line, a mark, another kind and whatever is pasted as lines do not.
 */
export function beginsStep(transaction: Transaction): boolean {
  if (!transaction.docChanged || transaction.getMeta(ySyncPluginKey) !== undefined) return false;
  const { before, doc, steps } = transaction;
  const typed = steps.every((step) => {
    let moves = false;
    step.getMap().forEach(() => (moves = true));
    return moves;
  });
  return !typed || before.childCount !== doc.childCount;
}
