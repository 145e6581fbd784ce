import {
  chainCommands,
  deleteSelection,
  joinBackward,
  selectNodeBackward,
  splitBlockAs,
  toggleMark
} from 'prosemirror-commands';
import type { Node } from 'prosemirror-model';
import { TextSelection, type Command, type EditorState } from 'prosemirror-state';
import { mostIndent, type BlockKind, type PlainMark } from '#lib/yjs/page-schema.ts';
import { pageNodes } from './page-nodes.ts';

/** What a block says of itself. */
interface BlockAttributes {
  readonly kind: BlockKind;
  readonly indent: number;
  readonly checked: boolean;
}

/** Kinds whose next line is of the same kind. */
const going: readonly BlockKind[] = ['bullet', 'number', 'check', 'quote', 'callout'];
const listed: readonly BlockKind[] = ['bullet', 'number', 'check'];

/** The blocks that the selection touches. */
function blocksIn({ doc, selection }: EditorState): readonly { readonly at: number; readonly node: Node }[] {
  const blocks: { at: number; node: Node }[] = [];
  doc.nodesBetween(selection.from, selection.to, (node, at) => {
    if (node.type === pageNodes.nodes.block) blocks.push({ at, node });
  });
  return blocks;
}

/** What the block of the caret is; undefined where it stands in none. */
export function blockAt({ selection }: EditorState): BlockAttributes | undefined {
  const { parent } = selection.$from;
  return parent.type === pageNodes.nodes.block ? (parent.attrs as BlockAttributes) : undefined;
}

/** Gives every block of the selection other attributes; the texts stay the ones that they are (PG1). */
function setBlocks(change: (attributes: BlockAttributes) => Partial<BlockAttributes>): Command {
  return (state, dispatch) => {
    const changed = blocksIn(state).flatMap(({ at, node }) => {
      const before = node.attrs as BlockAttributes;
      const after = { ...before, ...change(before) };
      const same =
        after.kind === before.kind && after.indent === before.indent && after.checked === before.checked;
      return same ? [] : [{ at, after }];
    });
    if (changed.length === 0) return false;
    if (dispatch) {
      const { tr } = state;
      for (const { at, after } of changed)
        for (const [name, value] of Object.entries(after)) tr.setNodeAttribute(at, name, value);
      dispatch(tr.scrollIntoView());
    }
    return true;
  };
}

/** Makes every block of the selection one of this kind; where all are already, text again. */
export function toggleKind(kind: BlockKind): Command {
  return (state, dispatch, view) => {
    const all = blocksIn(state).every(({ node }) => node.attrs['kind'] === kind);
    return setBlocks(() => ({ kind: all ? 'text' : kind }))(state, dispatch, view);
  };
}

/** Moves the blocks of the selection further in, or out. */
export function indentBy(steps: 1 | -1): Command {
  return setBlocks(({ indent }) => ({ indent: Math.min(Math.max(indent + steps, 0), mostIndent) }));
}

/** The same, where the caret stands in a list: elsewhere the key goes on to the next field. */
export function indentList(steps: 1 | -1): Command {
  return (state, dispatch, view) => {
    const block = blockAt(state);
    if (!block || !listed.includes(block.kind)) return false;
    indentBy(steps)(state, dispatch, view);
    return true;
  };
}

/** Ticks off, or takes the tick away. */
export const toggleChecked: Command = (state, dispatch, view) =>
  blockAt(state)?.kind === 'check' &&
  setBlocks(({ checked }) => ({ checked: !checked }))(state, dispatch, view);

/** Toggles a mark that says only yes. */
export function togglePlain(mark: PlainMark): Command {
  return toggleMark(markType(mark));
}

/** Whether the text of the selection has the mark, or what is typed next will. */
export function holdsMark({ doc, selection, storedMarks }: EditorState, mark: PlainMark): boolean {
  const type = markType(mark);
  if (selection.empty) return type.isInSet(storedMarks ?? selection.$from.marks()) !== undefined;
  return doc.rangeHasMark(selection.from, selection.to, type);
}

/** A line of a list or quote that is empty ends it; so does the first sign of one that is taken back. */
const leaveKind: Command = (state, dispatch, view) => {
  const { $from, empty } = state.selection;
  const block = blockAt(state);
  if (!block || !empty || $from.parentOffset > 0) return false;
  if (block.indent > 0) return indentBy(-1)(state, dispatch, view);
  return block.kind !== 'text' && setBlocks(() => ({ kind: 'text' }))(state, dispatch, view);
};

const endEmpty: Command = (state, dispatch, view) => {
  const block = blockAt(state);
  const isEmpty = state.selection.$from.parent.content.size === 0;
  return isEmpty && block !== undefined && going.includes(block.kind) && leaveKind(state, dispatch, view);
};

/** The next line: a list goes on, a heading does not. */
const nextLine = splitBlockAs((node, atEnd) => {
  const { kind, indent } = node.attrs as BlockAttributes;
  const same = !atEnd || going.includes(kind);
  return {
    type: pageNodes.nodes.block,
    attrs: { kind: same ? kind : 'text', indent: same ? indent : 0, checked: false }
  };
});

/** A page in which nothing stands gets its first line when somebody begins to write. */
export const firstLine: Command = (state, dispatch) => {
  if (state.doc.childCount > 0) return false;
  if (dispatch) {
    const tr = state.tr.insert(0, pageNodes.nodes.block.create());
    dispatch(tr.setSelection(TextSelection.create(tr.doc, 1)));
  }
  return true;
};

export const enter: Command = chainCommands(firstLine, endEmpty, nextLine);

/** A new line within the block: a character of its text. */
export const newLine: Command = (state, dispatch) => {
  if (!blockAt(state)) return false;
  dispatch?.(state.tr.insertText('\n').scrollIntoView());
  return true;
};

export const backspace: Command = chainCommands(deleteSelection, leaveKind, joinBackward, selectNodeBackward);

function markType(mark: PlainMark) {
  const type = pageNodes.marks[mark];
  if (!type) throw new Error(`no mark ${mark}`);
  return type;
}
