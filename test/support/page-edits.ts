import * as Y from 'yjs';
import {
  attributeFits,
  blockKinds,
  elements,
  isElement,
  markFits,
  mediaSizes,
  pageRoot,
  plainMarks,
  topElements,
  type ElementName
} from '#lib/yjs/page-schema.ts';
import type { Seeded } from './seeded.ts';

const words = ['río', 'Ebro', 'afluente ', 'ñandú', '🦦', 'x', '\n', 'el agua '] as const;

/** The body of a page. */
export function bodyOf(doc: Y.Doc): Y.XmlFragment {
  return doc.getXmlFragment(pageRoot);
}

/** A block that is made whole, with its text in it. */
export function newBlock(
  attributes: Partial<Record<'kind' | 'indent' | 'checked', unknown>>,
  text = ''
): Y.XmlElement {
  const block = newElement('block', { kind: 'text', indent: 0, checked: false, ...attributes });
  block.insert(0, [new Y.XmlText(text)]);
  return block;
}

export function newElement(name: string, attributes: Readonly<Record<string, unknown>>): Y.XmlElement {
  const element = new Y.XmlElement(name);
  // Yjs says string and stores any value.
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value as string);
  return element;
}

/** The update that this makes of a document. */
export function updateOf(doc: Y.Doc, act: () => void): Uint8Array | undefined {
  let update: Uint8Array | undefined;
  const take = (made: Uint8Array): void => {
    update = made;
  };
  doc.on('update', take);
  doc.transact(act);
  doc.off('update', take);
  return update;
}

/** Something that an editor does, anywhere in the page. */
export function edit(doc: Y.Doc, seeded: Seeded): void {
  const body = bodyOf(doc);
  const blocks = blocksOf(body);
  const block = blocks[seeded.below(Math.max(1, blocks.length))];
  const text = block?.firstChild;
  switch (block ? seeded.below(12) : 0) {
    case 0:
    case 1:
      return body.insert(seeded.below(body.length + 1), [newBlock(anyBlock(seeded), anyText(seeded))]);
    case 2:
      return body.insert(seeded.below(body.length + 1), [newTable(seeded)]);
    case 3:
      return body.insert(seeded.below(body.length + 1), [
        seeded.below(2) ? newElement('rule', {}) : newMedia(seeded)
      ]);
    case 4:
      return body.delete(seeded.below(body.length), 1);
    case 5:
      for (const [key, value] of Object.entries(anyBlock(seeded))) block?.setAttribute(key, value as string);
      return;
    case 6: {
      const rows = body.toArray().filter((one) => one instanceof Y.XmlElement && one.nodeName === 'table');
      const table = rows[seeded.below(Math.max(1, rows.length))];
      if (table instanceof Y.XmlElement) table.insert(seeded.below(table.length + 1), [newRow(seeded)]);
      return;
    }
    default:
      if (text instanceof Y.XmlText) editText(text, seeded);
  }
}

function editText(text: Y.XmlText, seeded: Seeded): void {
  const [at, end] = [between(text, seeded), between(text, seeded)].sort((a, b) => a - b) as [number, number];
  const length = end - at;
  switch (seeded.below(4)) {
    case 0:
      if (length > 0) text.delete(at, length);
      return;
    case 1:
      if (length > 0) text.format(at, length, { [seeded.of(plainMarks)]: seeded.below(3) ? {} : null });
      return;
    case 2:
      if (length > 0) text.format(at, length, { link: { href: 'https://example.org/r%C3%ADo?a=1#b' } });
      return;
    default:
      text.insert(at, anyText(seeded));
  }
}

/** A place between two characters. */
export function between(text: Y.XmlText, seeded: Seeded): number {
  const delta: readonly { readonly insert: string }[] = text.toDelta();
  const plain = delta.map(({ insert }) => insert).join('');
  const at = seeded.below(plain.length + 1);
  return /[\uD800-\uDBFF]/.test(plain.charAt(at - 1)) ? at - 1 : at;
}

function anyText(seeded: Seeded): string {
  return Array.from({ length: 1 + seeded.below(3) }, () => seeded.of(words)).join('');
}

function anyBlock(seeded: Seeded): { kind: string; indent: number; checked: boolean } {
  return { kind: seeded.of(blockKinds), indent: seeded.below(5), checked: seeded.below(2) === 1 };
}

function newMedia(seeded: Seeded): Y.XmlElement {
  return newElement('media', {
    media: `00000000-0000-4000-8000-00000000000${seeded.below(10)}`,
    size: seeded.of(mediaSizes),
    alt: anyText(seeded),
    caption: ''
  });
}

function newTable(seeded: Seeded): Y.XmlElement {
  const table = newElement('table', {});
  table.insert(
    0,
    Array.from({ length: 1 + seeded.below(3) }, () => newRow(seeded))
  );
  return table;
}

function newRow(seeded: Seeded): Y.XmlElement {
  const row = newElement('row', {});
  const cells = Array.from({ length: 1 + seeded.below(3) }, () => {
    const cell = newElement('cell', { header: seeded.below(3) === 0 });
    cell.insert(0, [newBlock(anyBlock(seeded), anyText(seeded))]);
    return cell;
  });
  row.insert(0, cells);
  return row;
}

/** All blocks of a page, those in tables, too. */
export function blocksOf(body: Y.XmlFragment): readonly Y.XmlElement[] {
  return [...body.createTreeWalker((one) => one instanceof Y.XmlElement && one.nodeName === 'block')].filter(
    (one): one is Y.XmlElement => one instanceof Y.XmlElement
  );
}

/** What the schema does not have in this page, found by walking all of it; a page that waits for something, too. */
export function faultsOf(doc: Y.Doc): readonly string[] {
  const faults: string[] = [];
  if (doc.store.pendingStructs || doc.store.pendingDs) faults.push('waits');
  for (const root of doc.share.keys()) if (root !== pageRoot) faults.push(`root ${root}`);
  const walk = (parent: Y.XmlFragment, held: readonly ElementName[], text: boolean): void => {
    for (const child of parent.toArray()) {
      if (child instanceof Y.XmlText) {
        if (!text) faults.push('text where none may stand');
        if (Object.keys(child.getAttributes()).length > 0) faults.push('attribute of a text');
        faultsOfText(child, faults);
      } else if (
        child instanceof Y.XmlElement &&
        isElement(child.nodeName) &&
        held.includes(child.nodeName)
      ) {
        const { attributes, holds, text: hasText } = elements[child.nodeName];
        for (const [name, value] of Object.entries(child.getAttributes())) {
          if (!attributeFits(child.nodeName, name, value)) faults.push(`attribute ${name}`);
        }
        // Taken away later, it counts as its fallback.
        if (Object.keys(attributes).some((name) => !child._map.has(name))) faults.push('not whole');
        walk(child, holds, hasText);
      } else {
        faults.push('element');
      }
    }
    if (parent instanceof Y.XmlElement) return;
    if ([...parent._map.keys()].length > 0) faults.push('attribute of the page');
  };
  walk(bodyOf(doc), topElements, false);
  return faults;
}

function faultsOfText(text: Y.XmlText, faults: string[]): void {
  const delta: readonly { readonly insert?: unknown; readonly attributes?: object }[] = text.toDelta();
  for (const { insert, attributes } of delta) {
    if (typeof insert !== 'string') faults.push('embedded');
    for (const [name, value] of Object.entries(attributes ?? {})) {
      if (!markFits(name, value)) faults.push(`mark ${name}`);
    }
  }
}
