import type { Node } from 'prosemirror-model';
import type { EditorState, Transaction } from 'prosemirror-state';
import { pageNodes } from './page-nodes.ts';

/** Puts them below the line of the caret, or below the table in which it stands, with a line to write in below them. */
export function insertBelow(
  { doc, selection, tr }: EditorState,
  ...nodes: readonly Node[]
): { readonly tr: Transaction; readonly at: number; readonly end: number } {
  const at = doc.childCount === 0 ? 0 : selection.$to.depth > 0 ? selection.$to.after(1) : selection.to;
  const below = doc.resolve(at).nodeAfter;
  const end = nodes.reduce((sum, { nodeSize }) => sum + nodeSize, at);
  tr.insert(at, nodes);
  if (below?.type !== pageNodes.nodes.block) tr.insert(end, pageNodes.nodes.block.create());
  return { tr, at, end };
}
