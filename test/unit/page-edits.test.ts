import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { addressKind } from '#lib/yjs/address.ts';
import { editLimits, inspectEdit, type EditFault } from '#lib/yjs/inspect.ts';
import { pageDocument } from '#lib/yjs/page-document.ts';
import { misdeeds } from '../support/bent-edits.ts';
import { blocksOf, bodyOf, newBlock, newElement, updateOf } from '../support/page-edits.ts';
import { Seeded } from '../support/seeded.ts';

/** A page with a block in it, as the relay has it. */
function page(): Y.Doc {
  const doc = pageDocument();
  bodyOf(doc).insert(0, [newBlock({}, 'El Ebro nace en Fontibre.')]);
  return doc;
}

/** Somebody who has the page and writes in it. */
function writerOf(doc: Y.Doc): Y.Doc {
  const writer = pageDocument({ keepDeleted: true });
  Y.applyUpdate(writer, Y.encodeStateAsUpdate(doc));
  return writer;
}

function firstText(doc: Y.Doc): Y.XmlText {
  const text = blocksOf(bodyOf(doc))[0]?.firstChild;
  if (text instanceof Y.XmlText) return text;
  throw new Error('the page has no text');
}

function made(writer: Y.Doc, act: () => void): Uint8Array {
  const update = updateOf(writer, act);
  if (!update) throw new Error('nothing was made');
  return update;
}

function faultOf(update: Uint8Array, doc: Y.Doc, client: number, bytes = 0): EditFault | undefined {
  return inspectEdit(update, { doc, bytes }, client);
}

test.each(misdeeds)('[PG1, PG3] %s is refused as %s', (_, fault, act) => {
  const doc = page();
  const writer = writerOf(doc);
  const update = made(writer, () => act(writer, new Seeded(1)));
  expect(faultOf(update, doc, writer.clientID)).toBe(fault);
});

test.each([
  ['https://example.org/río?a=1#b', 'web'],
  ['http://192.168.1.4:3000/', 'web'],
  ['mailto:marta@example.org', 'mail'],
  ['page:5f0c7b4e-6d0e-4c1e-9a53-0f1f1f1f1f1f', 'page'],
  ['HTTPS://example.org', undefined],
  ['https://', undefined],
  ['https://[', undefined],
  ['https:example.org', undefined],
  ['//example.org', undefined],
  ['/space/1', undefined],
  ['javascript:alert(1)', undefined],
  ['JaVaScRiPt:alert(1)', undefined],
  ['java\tscript:alert(1)', undefined],
  ['&#106;avascript:alert(1)', undefined],
  [' https://example.org', undefined],
  ['https://example.org/ a', undefined],
  ['https://example.org/"onclick="x', undefined],
  ['data:text/html,x', undefined],
  ['blob:https://example.org/1', undefined],
  ['page:../../x', undefined],
  [`https://example.org/${'a'.repeat(100_000)}`, undefined]
])('[PG2] a link to %s leads to: %s', (href, kind) => {
  expect(addressKind(href)).toBe(kind);
});

test('[PG3] what comes twice, out of turn or without what it hangs on is incomplete', () => {
  const doc = page();
  const writer = writerOf(doc);
  const first = made(writer, () => bodyOf(writer).insert(0, [newBlock({}, 'uno')]));
  const second = made(writer, () => bodyOf(writer).insert(0, [newBlock({}, 'dos')]));
  expect(faultOf(second, doc, writer.clientID)).toBe('incomplete');
  expect(faultOf(first, doc, writer.clientID)).toBeUndefined();
  Y.applyUpdate(doc, first);
  expect(faultOf(first, doc, writer.clientID)).toBe('incomplete');
  expect(faultOf(Y.mergeUpdates([first, second]), doc, writer.clientID)).toBe('incomplete');
  expect(faultOf(second, doc, writer.clientID)).toBeUndefined();

  // Below a paragraph that was never accepted: its origin is missing here.
  const unaccepted = writerOf(doc);
  const other = writerOf(doc);
  Y.applyUpdate(
    other,
    made(unaccepted, () => bodyOf(unaccepted).insert(1, [newBlock({}, 'tres')]))
  );
  const below = made(other, () => bodyOf(other).insert(2, [newBlock({}, 'cuatro')]));
  expect(faultOf(below, doc, other.clientID)).toBe('incomplete');
});

test('[PG3] structs that are forgotten or skipped, and what is deleted before it is there, come from no editor', () => {
  const doc = page();
  const writer = writerOf(doc);
  const gc = new Y.Doc();
  bodyOf(gc).insert(0, [newBlock({}, 'x')]);
  bodyOf(gc).delete(0, 1);
  expect(faultOf(Y.encodeStateAsUpdate(gc), doc, gc.clientID)).toBe('malformed');

  const one = made(writer, () => bodyOf(writer).insert(0, [newBlock({}, 'uno')]));
  made(writer, () => bodyOf(writer).insert(0, [newBlock({}, 'dos')]));
  const three = made(writer, () => bodyOf(writer).insert(0, [newBlock({}, 'tres')]));
  // Merged, the gap between them is a Skip.
  expect(faultOf(Y.mergeUpdates([one, three]), doc, writer.clientID)).not.toBeUndefined();

  const late = writerOf(doc);
  bodyOf(late).insert(0, [newBlock({}, 'cuatro')]);
  const ahead = writerOf(late);
  const deleting = made(ahead, () => bodyOf(ahead).delete(0, 1));
  expect(faultOf(deleting, doc, ahead.clientID)).toBe('incomplete');
});

test('[PG3] bytes that are no update of version 1 are malformed: broken, of version 2, nested without end', () => {
  const doc = page();
  const writer = writerOf(doc);
  const whole = made(writer, () => bodyOf(writer).insert(0, [newBlock({}, 'uno')]));
  for (let end = 0; end < whole.length; end += 1) {
    expect(faultOf(whole.slice(0, end), doc, writer.clientID)).toBe('malformed');
  }
  expect(faultOf(Y.convertUpdateFormatV1ToV2(whole), doc, writer.clientID)).not.toBeUndefined();
  // A delete set that breaks off behind structs that are whole.
  expect(faultOf(Uint8Array.from([...whole.slice(0, -1), 9, 9, 9]), doc, writer.clientID)).toBe('malformed');

  const deep = writerOf(doc);
  let value: unknown = 'x';
  for (let level = 0; level < 6000; level += 1) value = [value];
  const nested = made(deep, () => {
    const block = newElement('block', { kind: value, indent: 0, checked: false });
    bodyOf(deep).insert(0, [block]);
  });
  expect(faultOf(nested, doc, deep.clientID)).not.toBeUndefined();
});

test('[PG3] an edit has a size, a number of structs and of clients, and a page has a size', () => {
  const doc = page();
  expect(faultOf(new Uint8Array(editLimits.bytes + 1), doc, 1)).toBe('too-large');

  const many = writerOf(doc);
  const structs = made(many, () => {
    // Each at the front of the last: nothing of it becomes one.
    for (let step = 0; step * 2 < editLimits.structs + 2; step += 1)
      bodyOf(many).insert(0, [newElement('rule', {})]);
    for (let step = 0; step * 2 < editLimits.structs + 2; step += 1)
      bodyOf(many).insert(0, [newElement('rule', {})]);
  });
  expect(faultOf(structs, doc, many.clientID)).toBe('too-large');

  const crowd = page();
  for (let one = 0; one <= editLimits.clients; one += 1) {
    const writer = writerOf(crowd);
    Y.applyUpdate(
      crowd,
      made(writer, () => bodyOf(writer).insert(0, [newBlock({}, 'x')]))
    );
  }
  const eraser = writerOf(crowd);
  const erasing = made(eraser, () => bodyOf(eraser).delete(0, editLimits.clients + 1));
  expect(faultOf(erasing, crowd, eraser.clientID)).toBe('too-large');

  const full = writerOf(doc);
  const last = made(full, () => bodyOf(full).insert(0, [newBlock({}, 'x')]));
  expect(faultOf(last, doc, full.clientID, editLimits.page - last.byteLength)).toBeUndefined();
  expect(faultOf(last, doc, full.clientID, editLimits.page - last.byteLength + 1)).toBe('page-full');
});

test('[PG3] what is typed into something deleted and forgotten meanwhile is let in, and does no harm', () => {
  const doc = page();
  const writer = writerOf(doc);
  bodyOf(doc).delete(0, 1);
  const typed = made(writer, () => {
    firstText(writer).insert(3, 'gran ');
  });
  expect(faultOf(typed, doc, writer.clientID)).toBeUndefined();
  Y.applyUpdate(doc, typed);
  expect(bodyOf(doc).length).toBe(0);
});

test('[PG3] a character that is two units of text stays one: cut in half, pages would come to differ', () => {
  const doc = page();
  firstText(doc).insert(0, '🦦');
  const acts: readonly ((text: Y.XmlText) => void)[] = [
    (text) => text.insert(1, 'x'),
    (text) => text.delete(0, 1),
    (text) => text.delete(1, 1),
    (text) => text.format(0, 1, { bold: {} })
  ];
  for (const act of acts) {
    const writer = writerOf(doc);
    const update = made(writer, () => act(firstText(writer)));
    expect(faultOf(update, doc, writer.clientID)).toBe('malformed');
  }
});
