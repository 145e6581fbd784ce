import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { isTitle } from '#lib/domain/pages.ts';
import { starterParts, type Starters } from '#lib/session/pages/starters.ts';
import { inspectEdit } from '#lib/yjs/inspect.ts';
import { pageDocument } from '#lib/yjs/page-document.ts';
import { pageFromParts } from '#lib/yjs/page-from-parts.ts';
import { attributeFits } from '#lib/yjs/page-schema.ts';
import { pageTree, type Part } from '#lib/yjs/page-tree.ts';

const folder = fileURLToPath(new URL('../../src/i18n/starters', import.meta.url));
const languages = readdirSync(folder).map((file) => file.replace(/\.json$/, ''));

function startersIn(language: string): Starters {
  return JSON.parse(readFileSync(`${folder}/${language}.json`, 'utf8')) as Starters;
}

/** What kinds of things stand in it, in order. */
function shape(parts: readonly Part[]): readonly string[] {
  return parts.map((part) => {
    if (part.is === 'list') return `${part.kind} ${part.items.length}`;
    if (part.is === 'table') return `table ${part.rows.map((row) => row.length).join()}`;
    return part.is === 'heading' ? `heading ${part.level}` : part.is;
  });
}

test('[ON3] there are a dozen starters and more, the same in every language', () => {
  expect(languages).toEqual(expect.arrayContaining(['en', 'es']));
  const [first, ...others] = languages.map(startersIn);
  const ids = Object.keys(first ?? {});
  expect(ids.length).toBeGreaterThanOrEqual(12);
  for (const other of others) {
    expect(Object.keys(other)).toEqual(ids);
    for (const id of ids)
      expect(shape(starterParts(other[id] ?? { blocks: [] })), id).toEqual(
        shape(starterParts(first?.[id] ?? { blocks: [] }))
      );
  }
});

describe.each(languages)('the starters in %s', (language) => {
  test.each(Object.entries(startersIn(language)))(
    '[ON1, ON3] %s becomes a page that is let in and reads as it was looked at',
    (_, starter) => {
      expect(isTitle(starter.title)).toBe(true);
      expect(starter.what).toMatch(/^\p{Lu}.{10,80}\.$/u);
      for (const block of starter.blocks)
        if ('kind' in block) {
          expect(attributeFits('block', 'kind', block.kind)).toBe(true);
          expect(block.text.trim()).toBe(block.text);
          expect(block.text).not.toBe('');
        }
      const parts = starterParts(starter);
      const page = pageDocument();
      const updates = pageFromParts(parts, 7);
      expect(updates).toHaveLength(1);
      for (const update of updates) {
        expect(inspectEdit(update, { doc: page, bytes: 0 }, 7)).toBeUndefined();
        Y.applyUpdate(page, update);
      }
      expect(pageTree(page)).toEqual(parts);
    }
  );

  test('[ON3] no two are called the same, and a table has as many cells in each of its rows', () => {
    const starters = Object.values(startersIn(language));
    expect(new Set(starters.map(({ title }) => title)).size).toBe(starters.length);
    for (const { title, blocks } of starters)
      for (const block of blocks)
        if ('table' in block) expect(new Set(block.table.map((row) => row.length)).size, title).toBe(1);
  });
});
