import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { pageDocument } from '#lib/yjs/page-document.ts';
import { pageTree, type Part } from '#lib/yjs/page-tree.ts';
import { blocksOf, bodyOf, newBlock, newElement } from '../support/page-edits.ts';

function treeOf(...children: Y.XmlElement[]): readonly Part[] {
  const doc = pageDocument();
  bodyOf(doc).insert(0, children);
  return pageTree(doc);
}

const plain = (text: string): object[] => (text === '' ? [] : [{ text, marks: [] }]);

test('[PG5] blocks are read as headings, paragraphs, quotes and callouts; neighbours of one kind are one', () => {
  expect(
    treeOf(
      newBlock({ kind: 'heading-2' }, 'El Ebro'),
      newBlock({ indent: 2 }, 'Nace en Fontibre.'),
      newBlock({ kind: 'quote' }, 'uno'),
      newBlock({ kind: 'quote' }, 'dos'),
      newBlock({ kind: 'callout' }, 'ojo'),
      newElement('rule', {})
    )
  ).toEqual([
    { is: 'heading', level: 2, runs: plain('El Ebro') },
    { is: 'paragraph', indent: 2, runs: plain('Nace en Fontibre.') },
    {
      is: 'quote',
      paragraphs: ['uno', 'dos'].map((text) => ({ is: 'paragraph', indent: 0, runs: plain(text) }))
    },
    { is: 'callout', paragraphs: [{ is: 'paragraph', indent: 0, runs: plain('ojo') }] },
    { is: 'rule' }
  ]);
});

test('[PG5] lists stand in each other by their indents, whatever step an indent takes', () => {
  expect(
    treeOf(
      newBlock({ kind: 'bullet' }, 'ríos'),
      newBlock({ kind: 'number', indent: 2 }, 'Ebro'),
      newBlock({ kind: 'number', indent: 1 }, 'Tajo'),
      newBlock({ kind: 'check', checked: true }, 'visto'),
      newBlock({ kind: 'check' }, 'por ver')
    )
  ).toEqual([
    {
      is: 'list',
      kind: 'bullet',
      items: [
        {
          runs: plain('ríos'),
          lists: [
            {
              is: 'list',
              kind: 'number',
              items: ['Ebro', 'Tajo'].map((text) => ({ runs: plain(text), lists: [] }))
            }
          ]
        }
      ]
    },
    {
      is: 'list',
      kind: 'check',
      items: [
        { runs: plain('visto'), checked: true, lists: [] },
        { runs: plain('por ver'), checked: false, lists: [] }
      ]
    }
  ]);
});

test('[PG5] tables hold parts; one that a merge has emptied is not there', () => {
  const table = newElement('table', {});
  const row = newElement('row', {});
  const cell = newElement('cell', { header: true });
  cell.insert(0, [newBlock({ kind: 'bullet' }, 'uno')]);
  row.insert(0, [cell]);
  table.insert(0, [row]);
  const empty = newElement('table', {});
  empty.insert(0, [newElement('row', {})]);
  expect(treeOf(table, empty)).toEqual([
    {
      is: 'table',
      rows: [
        [
          {
            header: true,
            parts: [{ is: 'list', kind: 'bullet', items: [{ runs: plain('uno'), lists: [] }] }]
          }
        ]
      ]
    }
  ]);
});

test('[PG1, PG2, PG5] what the schema does not know is not shown: elements, marks, addresses, values', () => {
  const block = newElement('block', { kind: 'heading-9', indent: 99, style: 'x' });
  const text = new Y.XmlText();
  block.insert(0, [text]);
  text.insert(0, 'negrita', { bold: {}, colour: 'red' });
  text.insert(7, ' enlace', { bold: null, colour: null, link: { href: 'https://example.org/' } });
  text.insert(14, ' guion', { link: { href: 'javascript:alert(1)' } });
  expect(treeOf(block, newElement('script', {}), newElement('media', { media: '../x' }))).toEqual([
    {
      is: 'paragraph',
      indent: 0,
      runs: [
        { text: 'negrita', marks: ['bold'] },
        { text: ' enlace', marks: [], href: 'https://example.org/' },
        { text: ' guion', marks: [] }
      ]
    }
  ]);
});

test('[PG11] asked for, each run tells under which clientID it was written, however it looks; reading it so writes nothing', () => {
  const doc = pageDocument();
  doc.clientID = 5;
  bodyOf(doc).insert(0, [newBlock({}, 'El Ebro nace')]);
  const other = pageDocument();
  other.clientID = 9;
  Y.applyUpdate(other, Y.encodeStateAsUpdate(doc));
  const [block] = blocksOf(bodyOf(other));
  const text = block?.firstChild;
  if (!(text instanceof Y.XmlText)) throw new Error('no text');
  text.insert(7, ' (río)');
  text.format(0, 2, { bold: {} });
  const before = Y.encodeStateAsUpdate(other);
  const told = pageTree(other, { clients: true });
  expect(told).toEqual([
    {
      is: 'paragraph',
      indent: 0,
      runs: [
        { text: 'El', marks: ['bold'], client: 5 },
        { text: ' Ebro', marks: [], client: 5 },
        { text: ' (río)', marks: [], client: 9 },
        { text: ' nace', marks: [], client: 5 }
      ]
    }
  ]);
  expect(Y.encodeStateAsUpdate(other)).toEqual(before);
  expect(pageTree(other)).toEqual([
    {
      is: 'paragraph',
      indent: 0,
      runs: [{ text: 'El', marks: ['bold'] }, ...plain(' Ebro (río) nace')]
    }
  ]);
});
