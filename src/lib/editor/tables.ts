import { Fragment, type Node, type ResolvedPos } from 'prosemirror-model';
import { Plugin, Selection, TextSelection, type Command, type Transaction } from 'prosemirror-state';
import { insertBelow } from './insert-below.ts';
import { pageNodes } from './page-nodes.ts';

/** The cell in which the caret stands, and where it is in its table. */
export interface CellPlace {
  readonly table: Node;
  /** Before the table. */
  readonly at: number;
  readonly row: number;
  readonly column: number;
  /** Before the cell. */
  readonly cellAt: number;
  readonly cell: Node;
}

/** Undefined where the caret stands in no table. */
export function cellAt({ $from }: Pick<Selection, '$from'>): CellPlace | undefined {
  const depth = cellDepth($from);
  if (depth === undefined) return undefined;
  return {
    table: $from.node(depth - 2),
    at: $from.before(depth - 2),
    row: $from.index(depth - 2),
    column: $from.index(depth - 1),
    cellAt: $from.before(depth),
    cell: $from.node(depth)
  };
}

function cellDepth(place: ResolvedPos): number | undefined {
  for (let depth = place.depth; depth > 0; depth--)
    if (place.node(depth).type === pageNodes.nodes.cell) return depth;
  return undefined;
}

const newCell = (header = false): Node =>
  pageNodes.nodes.cell.create({ header }, pageNodes.nodes.block.create());

/** How many rows and columns a new table has: enough to see what it is, and both grow. */
const newRows = 3;
const newColumns = 3;

/** A table below the line of the caret, its first row the names of its columns; the caret goes into the first cell. */
export const insertTable: Command = (state, dispatch) => {
  if (cellAt(state.selection)) return false;
  if (dispatch) {
    const rows = Array.from({ length: newRows }, (_, row) =>
      pageNodes.nodes.row.create(
        null,
        Array.from({ length: newColumns }, () => newCell(row === 0))
      )
    );
    const { tr, at } = insertBelow(state, pageNodes.nodes.table.create(null, rows));
    dispatch(tr.setSelection(Selection.near(tr.doc.resolve(at + 1))).scrollIntoView());
  }
  return true;
};

/** A line across the page, below that of the caret. */
export const insertRule: Command = (state, dispatch) => {
  if (cellAt(state.selection)) return false;
  if (dispatch) {
    const { tr, at } = insertBelow(state, pageNodes.nodes.rule.create());
    dispatch(tr.setSelection(Selection.near(tr.doc.resolve(at + 1))).scrollIntoView());
  }
  return true;
};

/** A row below the one of the caret, which goes into it. */
export const addRow: Command = (state, dispatch) => {
  const place = cellAt(state.selection);
  if (!place) return false;
  if (dispatch) {
    const { table, at, row, column } = place;
    const across = table.child(row).childCount;
    const below = startOfRow(table, at, row) + table.child(row).nodeSize;
    const tr = state.tr.insert(
      below,
      pageNodes.nodes.row.create(
        null,
        Array.from({ length: across }, () => newCell())
      )
    );
    dispatch(toCell(tr, at, row + 1, column).scrollIntoView());
  }
  return true;
};

/** A column after the one of the caret, which goes into it. */
export const addColumn: Command = (state, dispatch) => {
  const place = cellAt(state.selection);
  if (!place) return false;
  if (dispatch) {
    const { table, at, row, column } = place;
    const { tr } = state;
    for (let index = table.childCount - 1; index >= 0; index--) {
      const cells = table.child(index);
      const beside = Math.min(column + 1, cells.childCount);
      const header = cells.childCount > 0 && cells.child(beside - 1).attrs['header'] === true && index === 0;
      tr.insert(startOfRow(table, at, index) + 1 + sizeBefore(cells, beside), newCell(header));
    }
    dispatch(toCell(tr, at, row, column + 1).scrollIntoView());
  }
  return true;
};

/** Takes the row of the caret away; with the last one, the table. */
export const deleteRow: Command = (state, dispatch, view) => {
  const place = cellAt(state.selection);
  if (!place) return false;
  const { table, at, row, column } = place;
  if (table.childCount <= 1) return deleteTable(state, dispatch, view);
  if (dispatch) {
    const from = startOfRow(table, at, row);
    const tr = state.tr.delete(from, from + table.child(row).nodeSize);
    dispatch(toCell(tr, at, Math.min(row, table.childCount - 2), column).scrollIntoView());
  }
  return true;
};

/** Takes the column of the caret away; with the last one, the table. */
export const deleteColumn: Command = (state, dispatch, view) => {
  const place = cellAt(state.selection);
  if (!place) return false;
  const { table, at, row, column } = place;
  if (table.child(row).childCount <= 1) return deleteTable(state, dispatch, view);
  if (dispatch) {
    const { tr } = state;
    for (let index = table.childCount - 1; index >= 0; index--) {
      const cells = table.child(index);
      if (column >= cells.childCount) continue;
      const from = startOfRow(table, at, index) + 1 + sizeBefore(cells, column);
      tr.delete(from, from + cells.child(column).nodeSize);
    }
    dispatch(toCell(tr, at, row, Math.max(0, column - 1)).scrollIntoView());
  }
  return true;
};

/** Takes the whole table away. */
export const deleteTable: Command = (state, dispatch) => {
  const place = cellAt(state.selection);
  if (!place) return false;
  if (dispatch) {
    const tr = state.tr.delete(place.at, place.at + place.table.nodeSize);
    dispatch(tr.setSelection(Selection.near(tr.doc.resolve(place.at), -1)).scrollIntoView());
  }
  return true;
};

/** The line below the table, which is made where there is none. */
export const leaveTable: Command = (state, dispatch) => {
  const place = cellAt(state.selection);
  if (!place) return false;
  if (dispatch) {
    const below = place.at + place.table.nodeSize;
    const { tr } = state;
    if (state.doc.resolve(below).nodeAfter?.type !== pageNodes.nodes.block)
      tr.insert(below, pageNodes.nodes.block.create());
    dispatch(tr.setSelection(TextSelection.create(tr.doc, below + 1)).scrollIntoView());
  }
  return true;
};

/** From cell to cell, after the last one into a new row. */
export function toNextCell(steps: 1 | -1): Command {
  return (state, dispatch, view) => {
    const place = cellAt(state.selection);
    if (!place) return false;
    const { table, at, row, column } = place;
    const inRow = column + steps;
    const to =
      inRow >= 0 && inRow < table.child(row).childCount
        ? { row, column: inRow }
        : { row: row + steps, column: steps === 1 ? 0 : (table.maybeChild(row - 1)?.childCount ?? 0) };
    if (to.row < 0) return true;
    if (to.row >= table.childCount) {
      if (!addRow(state, dispatch, view)) return false;
      if (view) view.dispatch(toCell(view.state.tr, at, to.row, 0));
      return true;
    }
    const last = Math.max(0, table.child(to.row).childCount - 1);
    dispatch?.(toCell(state.tr, at, to.row, Math.min(to.column, last)).scrollIntoView());
    return true;
  };
}

/** With the arrow at a table's edge, where no line is beyond it: one is made there. */
export function outOfTable(direction: 'up' | 'down'): Command {
  return (state, dispatch, view) => {
    const place = cellAt(state.selection);
    if (!place || !state.selection.empty || view?.endOfTextblock(direction) !== true) return false;
    const { table, at, row, cell } = place;
    const block = state.selection.$from.index(state.selection.$from.depth - 1);
    const edge =
      direction === 'up'
        ? row === 0 && block === 0
        : row === table.childCount - 1 && block === cell.childCount - 1;
    if (!edge) return false;
    if (direction === 'down') return leaveTable(state, dispatch, view);
    const above = state.doc.resolve(at).nodeBefore;
    if (above?.type === pageNodes.nodes.block) return false;
    const tr = state.tr.insert(at, pageNodes.nodes.block.create());
    dispatch?.(tr.setSelection(TextSelection.create(tr.doc, at + 1)).scrollIntoView());
    return true;
  };
}

/** The last line of the page, which is made where the page ends with a table, a rule or a picture, or is empty. */
export const toLastLine: Command = ({ doc, tr }, dispatch) => {
  if (doc.lastChild?.type !== pageNodes.nodes.block)
    tr.insert(doc.content.size, Fragment.from(pageNodes.nodes.block.create()));
  dispatch?.(tr.setSelection(Selection.atEnd(tr.doc)).scrollIntoView());
  return true;
};

/**
 * PV7: a selection never joins parts of cells, which deleting would make one: it stays in the cell in which it begins; one
 * that begins outside ends before the table.
 */
export function oneCell(): Plugin {
  return new Plugin({
    appendTransaction: (_transactions, _before, { doc, selection, tr }) => {
      if (!(selection instanceof TextSelection) || selection.empty) return null;
      const { $anchor, $head } = selection;
      const [own, other] = [cellDepth($anchor), cellDepth($head)];
      const beyond = own === undefined ? undefined : $anchor.before(own);
      if (beyond === (other === undefined ? undefined : $head.before(other))) return null;
      const forward = $head.pos > $anchor.pos;
      // Whoever selects all around a table has the table.
      if (own !== undefined) {
        const edge = forward ? $anchor.end(own) : $anchor.start(own);
        const head = Selection.near(doc.resolve(edge), forward ? -1 : 1).$head;
        return tr.setSelection(TextSelection.between($anchor, head));
      }
      const table = $head.before((other ?? 3) - 2);
      const edge = forward ? table : table + (doc.nodeAt(table)?.nodeSize ?? 0);
      const near = Selection.near(doc.resolve(edge), forward ? -1 : 1).$head;
      const outside = cellDepth(near) === undefined ? near : $anchor;
      return tr.setSelection(TextSelection.between($anchor, outside));
    }
  });
}

function toCell(tr: Transaction, table: number, row: number, column: number): Transaction {
  const node = tr.doc.nodeAt(table);
  const cells = node?.maybeChild(row);
  if (!node || !cells) return tr;
  const at = startOfRow(node, table, row) + 1 + sizeBefore(cells, Math.min(column, cells.childCount));
  return tr.setSelection(Selection.near(tr.doc.resolve(at + 1)));
}

/** Before the row. */
function startOfRow(table: Node, at: number, row: number): number {
  return at + 1 + sizeBefore(table, row);
}

function sizeBefore(parent: Node, index: number): number {
  let size = 0;
  for (let at = 0; at < index; at++) size += parent.child(at).nodeSize;
  return size;
}
