import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { inspectEdit } from '#lib/yjs/inspect.ts';
import { pageDocument } from '#lib/yjs/page-document.ts';
import { mostBytes, pageFromParts } from '#lib/yjs/page-from-parts.ts';
import { pageTree, type Part } from '#lib/yjs/page-tree.ts';
import { edit, faultsOf } from '../support/page-edits.ts';
import { plainly } from '../support/plainly.ts';
import { Seeded } from '../support/seeded.ts';

const seeds = Array.from({ length: 60 }, (_, index) => index + 1);
const client = 77;

/** The page that these updates make, each looked at as the relay looks at it. */
function madeOf(updates: readonly Uint8Array[]): Y.Doc {
  const page = pageDocument();
  for (const update of updates) {
    expect(inspectEdit(update, { doc: page, bytes: 0 }, client)).toBeUndefined();
    expect(update.byteLength).toBeLessThanOrEqual(mostBytes);
    Y.applyUpdate(page, update);
    expect(faultsOf(page)).toEqual([]);
  }
  return page;
}

function readAs(parts: readonly Part[]): readonly Part[] {
  return pageTree(madeOf(pageFromParts(parts, client)));
}

test.each(seeds)('[ON1] a page made of the parts of another reads as that one does (seed %i)', (seed) => {
  const seeded = new Seeded(seed);
  const doc = pageDocument({ keepDeleted: true });
  for (let step = 0; step < 60; step += 1) edit(doc, seeded);
  const parts = pageTree(doc);
  expect(plainly(readAs(parts))).toEqual(plainly(parts));
  expect(readAs(readAs(parts))).toEqual(readAs(parts));
});

test('[ON1] what is long is written in several edits, no character cut in half', () => {
  const runs = [
    { text: `x${'🦦'.repeat(40_000)}`, marks: ['bold'] as const },
    { text: 'ñ'.repeat(90_000), marks: [], href: `https://example.org/${'a'.repeat(1900)}` }
  ];
  const cell = { header: true, parts: [{ is: 'paragraph', indent: 0, runs }] as const };
  const parts: readonly Part[] = [
    { is: 'paragraph', indent: 4, runs },
    { is: 'table', rows: [[cell, cell], [], [{ header: false, parts: [] }]] },
    { is: 'rule' }
  ];
  const updates = pageFromParts(parts, client);
  expect(updates.length).toBeGreaterThan(10);
  expect(pageTree(madeOf(updates))).toEqual(parts);
});

test('[ON1] three thousand small parts are let in, and nothing makes nothing', () => {
  const parts: readonly Part[] = Array.from({ length: 3_000 }, (_, at) => ({
    is: 'heading',
    level: 2,
    runs: at % 2 ? [{ text: 'a', marks: ['bold', 'code'] }] : []
  }));
  expect(readAs(parts)).toEqual(parts);
  expect(pageFromParts([], client)).toEqual([]);
});

test('[ON1, PG1, PG2] what a page cannot have is left out', () => {
  const runs = (text: string, href: string) => [{ text, marks: [], href }];
  const deep = (levels: number): Part => {
    let list: Extract<Part, { is: 'list' }> = { is: 'list', kind: 'number', items: [] };
    for (let level = levels; level > 0; level -= 1)
      list = { is: 'list', kind: 'bullet', items: [{ runs: [], lists: [list] }] };
    return list;
  };
  const cell = { header: false, parts: [{ is: 'rule' }] as const };
  const parts: readonly Part[] = [
    { is: 'paragraph', indent: 99, runs: runs('a\u0000b\r\nc', 'javascript:alert(1)') },
    { is: 'media', media: '../x', size: 'wide', alt: '', caption: '' },
    { is: 'table', rows: [[cell]] },
    { is: 'media', media: '00000000-0000-4000-8000-000000000001', size: 'row', alt: 'x\u0007', caption: 'y' },
    deep(9)
  ];
  const [paragraph, table, media, list] = readAs(parts);
  expect(paragraph).toEqual({ is: 'paragraph', indent: 0, runs: [{ text: 'ab\nc', marks: [] }] });
  expect(table).toEqual({ is: 'table', rows: [[{ header: false, parts: [] }]] });
  expect(media).toEqual({ ...parts[3], alt: '' });
  expect(JSON.stringify(list).match(/"is":"list"/g)).toHaveLength(5);
});
