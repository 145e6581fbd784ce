import { DOMSerializer, Fragment, Slice, type Mark, type Node } from 'prosemirror-model';
import { Plugin, Selection, type EditorState, type Transaction } from 'prosemirror-state';
import type { EditorView } from 'prosemirror-view';
import { addressKind } from '#lib/yjs/address.ts';
import { linkMark } from '#lib/yjs/page-schema.ts';
import { pageNodes } from './page-nodes.ts';
import { pastedHtml } from './pasted-html.ts';
import { pastedText, type Pasted, type PastedBlock, type PastedParts } from './pasted.ts';
import { cellAt } from './tables.ts';

/** What came of something that was pasted: its beginning only; or nothing, since a page cannot hold it. */
export type PasteTrouble = 'cut' | 'nothing';

/** Who hears of what was pasted. */
export interface PasteHeard {
  readonly ontrouble: (trouble: PasteTrouble) => void;
  /** Files were pasted or dropped; the caret stands where. */
  readonly onfiles?: ((files: readonly File[]) => void) | undefined;
}

/**
 * PV6: what is pasted or dropped is read here and never by the browser, which would fetch what it names, and may not do
 * so under the relay's policy. What is copied carries its kinds.
 */
export function pasting({ ontrouble, onfiles }: PasteHeard): Plugin {
  /** Undefined: the editor's own way, for what is moved within it. */
  const take = (view: EditorView, event: Event, data: DataTransfer | null, at?: number): boolean => {
    if (!data || !view.editable) return false;
    event.preventDefault();
    const files = filesIn(data);
    if (files.length > 0 && onfiles) {
      if (at !== undefined)
        view.dispatch(view.state.tr.setSelection(Selection.near(view.state.doc.resolve(at))));
      onfiles(files);
      return true;
    }
    const read = partsOf(data);
    if (!read || read.parts.length === 0) {
      if ([...data.types].length > 0) ontrouble('nothing');
      return true;
    }
    const { tr } = view.state;
    if (at !== undefined) tr.setSelection(Selection.near(tr.doc.resolve(at)));
    insertParts(tr, view.state, read.parts);
    view.dispatch(tr.scrollIntoView().setMeta('paste', true).setMeta('uiEvent', 'paste'));
    if (read.cut) ontrouble('cut');
    return true;
  };
  return new Plugin({
    props: {
      clipboardSerializer: serializer(),
      handleDOMEvents: {
        paste: (view, event) => take(view, event, event.clipboardData),
        drop: (view, event) => {
          if (view.dragging) return false;
          const at = view.posAtCoords({ left: event.clientX, top: event.clientY })?.pos;
          return take(view, event, event.dataTransfer, at);
        }
      }
    }
  });
}

/** Files, where they are all that there is: a program that copies words gives a picture of them along. */
function filesIn(data: DataTransfer): readonly File[] {
  const files = [...data.files];
  const html = pastedHtml(data.getData('text/html'));
  const words = html.parts.length > 0 || data.getData('text/plain').trim() !== '';
  return words ? [] : files;
}

function partsOf(data: DataTransfer): PastedParts | undefined {
  const html = data.getData('text/html');
  const fromHtml = html === '' ? undefined : pastedHtml(html);
  if (fromHtml && fromHtml.parts.length > 0) return fromHtml;
  const text = data.getData('text/plain');
  return text === '' ? fromHtml : pastedText(text);
}

function insertParts(tr: Transaction, state: EditorState, parts: readonly Pasted[]): void {
  const address = addressIn(parts);
  if (address !== undefined && !tr.selection.empty) {
    tr.addMark(tr.selection.from, tr.selection.to, linkTo(address));
    return;
  }
  const held = cellAt(tr.selection) ? flat(parts) : parts;
  const nodes = held.map((part) => nodeOf(part, state.storedMarks ?? tr.selection.$from.marks()));
  const content = Fragment.from(nodes);
  if (tr.doc.childCount === 0) {
    tr.insert(0, content).setSelection(Selection.atEnd(tr.doc));
    return;
  }
  const [first, last] = [held[0], held.at(-1)];
  tr.replaceSelection(new Slice(content, first?.is === 'block' ? 1 : 0, last?.is === 'block' ? 1 : 0));
}

/** An address alone, as browsers give it when somebody copies where they are. */
function addressIn(parts: readonly Pasted[]): string | undefined {
  const [only, ...more] = parts;
  if (only?.is !== 'block' || more.length > 0 || only.runs.length !== 1) return undefined;
  const text = only.runs[0]?.text.trim() ?? '';
  return addressKind(text) === 'web' ? text : undefined;
}

/** What can stand in a cell: of a table, the words. */
function flat(parts: readonly Pasted[]): readonly PastedBlock[] {
  return parts.flatMap((part) => {
    if (part.is === 'block') return [part];
    return part.is === 'table' ? part.rows.flatMap((row) => row.flatMap(({ blocks }) => blocks)) : [];
  });
}

function nodeOf(part: Pasted, marks: readonly Mark[]): Node {
  const { block, cell, row, rule, table } = pageNodes.nodes;
  switch (part.is) {
    case 'rule':
      return rule.create();
    case 'table': {
      const across = Math.max(...part.rows.map((cells) => cells.length));
      return table.create(
        null,
        part.rows.map((cells) =>
          row.create(
            null,
            Array.from({ length: across }, (_, at) => {
              const { header = false, blocks = [] } = cells[at] ?? {};
              const held = blocks.map((one) => nodeOf(one, []));
              return cell.create({ header }, held.length > 0 ? held : block.create());
            })
          )
        )
      );
    }
    case 'block': {
      const { kind, indent, checked, runs } = part;
      const address = addressIn([part]);
      const plain = runs.length === 1 && runs[0]?.marks.length === 0 ? marks : [];
      return block.create(
        { kind, indent, checked },
        runs.map(({ text, marks: names, href = address }) =>
          pageNodes.text(text, [
            ...plain.filter(({ type }) => type.name !== linkMark),
            ...names.map((name) => pageNodes.mark(name)),
            ...(href === undefined ? [] : [linkTo(href)])
          ])
        )
      );
    }
  }
}

function linkTo(href: string): Mark {
  return pageNodes.mark(linkMark, { href });
}

/** What is copied: elements that other programs read, which say to this one what they are. */
function serializer(): DOMSerializer {
  const drawn = DOMSerializer.fromSchema(pageNodes);
  return new DOMSerializer(
    {
      ...drawn.nodes,
      block: ({ attrs: { kind, indent, checked } }) => [
        /^heading-[234]$/.test(String(kind)) ? `h${String(kind).slice(-1)}` : 'p',
        { 'data-kind': String(kind), 'data-indent': String(indent), 'data-checked': String(checked) },
        0
      ],
      table: () => ['table', ['tbody', 0]]
    },
    { ...drawn.marks, [linkMark]: ({ attrs }) => ['a', { href: String(attrs['href']) }, 0] }
  );
}
