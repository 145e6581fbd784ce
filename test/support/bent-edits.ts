import * as Y from 'yjs';
import type { EditFault } from '#lib/yjs/inspect.ts';
import { blocksOf, bodyOf, edit, newBlock, newElement, updateOf } from './page-edits.ts';
import type { Seeded } from './seeded.ts';

/** Something that no editor of ours does, done with Yjs itself, and what the relay says to it. */
export type Misdeed = readonly [what: string, fault: EditFault, act: (doc: Y.Doc, seeded: Seeded) => void];

const whole = { kind: 'text', indent: 0, checked: false };

export const misdeeds: readonly Misdeed[] = [
  ['an unknown element', 'not-in-schema', atTop(() => newElement('script', {}))],
  ['a block without all its attributes', 'not-in-schema', atTop(() => newElement('block', { kind: 'text' }))],
  ['an unknown kind of block', 'not-in-schema', atTop(() => newBlock({ kind: 'heading-1' }))],
  ['an indent too deep', 'not-in-schema', atTop(() => newBlock({ indent: 5 }))],
  ['an indent below nothing', 'not-in-schema', atTop(() => newBlock({ indent: -1 }))],
  ['half an indent', 'not-in-schema', atTop(() => newBlock({ indent: 1.5 }))],
  ['words for yes', 'not-in-schema', atTop(() => newBlock({ checked: 'yes' }))],
  ['a style', 'not-in-schema', atTop(() => newElement('block', { ...whole, style: 'x' }))],
  ['a handler', 'not-in-schema', atTop(() => newElement('block', { ...whole, onclick: 'x' }))],
  ['text outside a block', 'not-in-schema', atTop(() => new Y.XmlText('loose'))],
  ['a cell without a table', 'not-in-schema', atTop(() => newElement('cell', { header: false }))],
  [
    'media from elsewhere',
    'not-in-schema',
    atTop(() => newElement('media', { media: 'https://example.org', size: 'wide', alt: '', caption: '' }))
  ],
  [
    'a block in a table',
    'not-in-schema',
    atTop(() => {
      const table = newElement('table', {});
      table.insert(0, [newBlock({})]);
      return table;
    })
  ],
  ['blocks in blocks, 50 levels', 'not-in-schema', atTop(() => nested(50))],
  [
    'a hook',
    'not-in-schema',
    (doc) => bodyOf(doc).insert(0, [new Y.XmlHook('hook') as unknown as Y.XmlElement])
  ],
  ['another root', 'not-in-schema', (doc) => void doc.getMap('more').set('a', 1)],
  ['another root of text', 'not-in-schema', (doc) => doc.getText('other').insert(0, 'x')],
  [
    'an attribute of the page',
    'not-in-schema',
    (doc) =>
      void doc.transact((transaction) => {
        const item = bodyOf(doc);
        new Y.Item(
          Y.createID(doc.clientID, Y.getState(doc.store, doc.clientID)),
          null,
          null,
          null,
          null,
          item,
          'kind',
          new Y.ContentAny(['text'])
        ).integrate(transaction, 0);
      })
  ],
  [
    'a picture in the text',
    'not-in-schema',
    inText((text) => text.insertEmbed(0, { image: 'https://example.org/a.png' }))
  ],
  ['a map in the text', 'not-in-schema', inText((text) => text.insertEmbed(0, new Y.Map()))],
  ['a colour', 'not-in-schema', inText((text) => text.insert(0, 'x', { colour: 'red' }))],
  ['bold that says more', 'not-in-schema', inText((text) => text.insert(0, 'x', { bold: true }))],
  [
    'a mark under a second name',
    'not-in-schema',
    inText((text) => text.insert(0, 'x', { 'bold--hash': {} }))
  ],
  [
    'a script as address',
    'not-in-schema',
    inText((text) => text.insert(0, 'x', { link: { href: 'javascript:alert(1)' } }))
  ],
  [
    'a link with a target',
    'not-in-schema',
    inText((text) => text.insert(0, 'x', { link: { href: 'https://example.org', target: '_top' } }))
  ],
  ['a character of control', 'not-in-schema', inText((text) => text.insert(0, '\u0000'))],
  ['an attribute of a text', 'not-in-schema', inText((text) => text.setAttribute('class', 'x'))],
  [
    'a map as attribute',
    'not-in-schema',
    inBlock((block) => block.setAttribute('kind', new Y.Map() as unknown as string))
  ],
  [
    'an object as attribute',
    'not-in-schema',
    inBlock((block) => block.setAttribute('kind', { kind: 'text' } as unknown as string))
  ],
  ['an element in a block', 'not-in-schema', inBlock((block) => block.insert(0, [newElement('rule', {})]))]
];

function nested(levels: number): Y.XmlElement {
  let inner = newElement('block', whole);
  for (let level = 1; level < levels; level += 1) {
    const outer = newElement('block', whole);
    outer.insert(0, [inner]);
    inner = outer;
  }
  return inner;
}

function atTop(make: () => Y.XmlElement | Y.XmlText): Misdeed[2] {
  return (doc) => bodyOf(doc).insert(0, [make()]);
}

function inBlock(act: (block: Y.XmlElement) => void): Misdeed[2] {
  return (doc, seeded) => {
    const blocks = blocksOf(bodyOf(doc));
    const block = blocks[seeded.below(Math.max(1, blocks.length))];
    if (block) act(block);
    else bodyOf(doc).insert(0, [newBlock({}, 'Ebro')]);
  };
}

function inText(act: (text: Y.XmlText) => void): Misdeed[2] {
  return inBlock((block) => {
    const text = block.firstChild;
    if (text instanceof Y.XmlText) act(text);
  });
}

/** An update for the page that this document is: whole, or bent in one of many ways. */
export function bend(doc: Y.Doc, seeded: Seeded): Uint8Array {
  const make = (act: () => void): Uint8Array => updateOf(doc, act) ?? new Uint8Array([0, 0]);
  const good = (): Uint8Array => make(() => edit(doc, seeded));
  switch (seeded.below(9)) {
    case 0:
    case 1:
      return good();
    case 2: {
      // A byte is another.
      const update = Uint8Array.from(good());
      update[seeded.below(update.length)] = seeded.below(256);
      return update;
    }
    case 3:
      // The end is lost.
      return good().slice(0, seeded.below(40));
    case 4:
      // Bytes of nothing.
      return Uint8Array.from(seeded.bytes(1 + seeded.below(60)));
    case 5:
      // The first of two is missing.
      good();
      return good();
    case 6: {
      // Somebody else's hand.
      const update = good();
      doc.clientID += 1;
      const other = good();
      return seeded.below(2) ? other : Y.mergeUpdates([update, other]);
    }
    default: {
      const misdeed = misdeeds[seeded.below(misdeeds.length)];
      return make(() => misdeed?.[2](doc, seeded));
    }
  }
}
