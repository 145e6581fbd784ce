import type { Mark, Node } from 'prosemirror-model';
import type { Command, EditorState } from 'prosemirror-state';
import { linkMark } from '#lib/yjs/page-schema.ts';
import { pageNodes } from './page-nodes.ts';

/** A stretch of a text that leads somewhere. */
export interface LinkPlace {
  readonly href: string;
  readonly from: number;
  readonly to: number;
}

/** The link in which the caret stands, or with which the selection begins, whole. */
export function linkAt({ selection: { $from } }: EditorState): LinkPlace | undefined {
  const { parent } = $from;
  const found = [parent.childBefore($from.parentOffset), parent.childAfter($from.parentOffset)]
    .map(({ node, index }) => ({ index, link: node && linkOf(node) }))
    .find(({ link }) => link);
  if (!found?.link) return undefined;
  const { href } = found.link.attrs;
  const same = (index: number): boolean => {
    const node = parent.maybeChild(index);
    return node ? linkOf(node)?.attrs['href'] === href : false;
  };
  let [first, last] = [found.index, found.index];
  while (same(first - 1)) first -= 1;
  while (same(last + 1)) last += 1;
  let from = $from.start();
  for (let index = 0; index < first; index++) from += parent.child(index).nodeSize;
  let to = from;
  for (let index = first; index <= last; index++) to += parent.child(index).nodeSize;
  return { href: String(href), from, to };
}

/** Makes the selection lead there, or the link of the caret; where neither is, the words are put there as a link. */
export function setLink(href: string, words: string): Command {
  return (state, dispatch) => {
    const { selection, tr } = state;
    const mark = pageNodes.mark(linkMark, { href });
    const link = linkAt(state);
    if (!selection.empty) tr.addMark(selection.from, selection.to, mark);
    else if (link) tr.addMark(link.from, link.to, mark);
    else if (selection.$from.parent.type === pageNodes.nodes.block)
      tr.replaceSelectionWith(pageNodes.text(words, [...selection.$from.marks(), mark]), false);
    else return false;
    dispatch?.(tr.scrollIntoView());
    return true;
  };
}

/** The words stay, and lead nowhere. */
export const removeLink: Command = (state, dispatch) => {
  const link = linkAt(state);
  if (!link) return false;
  const { selection, tr } = state;
  const [from, to] = selection.empty ? [link.from, link.to] : [selection.from, selection.to];
  dispatch?.(tr.removeMark(from, to, pageNodes.marks[linkMark]));
  return true;
};

function linkOf(node: Node): Mark | undefined {
  return node.marks.find(({ type }) => type.name === linkMark);
}
