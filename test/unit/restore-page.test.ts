import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { inspectEdit } from '#lib/yjs/inspect.ts';
import { pageDocument } from '#lib/yjs/page-document.ts';
import { pageTree } from '#lib/yjs/page-tree.ts';
import { restorePage } from '#lib/yjs/restore-page.ts';
import { edit, faultsOf, updateOf } from '../support/page-edits.ts';
import { Seeded } from '../support/seeded.ts';

test('[PG15] property: a page that goes back to a version reads as it did, by one edit that may be put in', () => {
  for (let seed = 1; seed <= 300; seed++) {
    const seeded = new Seeded(seed);
    const page = pageDocument();
    for (let time = seeded.below(8); time > 0; time--) edit(page, seeded);
    const version = Y.encodeStateAsUpdate(page);
    const then = pageTree(page);
    for (let time = 1 + seeded.below(8); time > 0; time--) edit(page, seeded);
    const tablet = pageDocument({ keepDeleted: true });
    Y.applyUpdate(tablet, Y.encodeStateAsUpdate(page));
    const update = updateOf(tablet, () => restorePage(tablet, version));
    if (!update) continue;
    const bytes = Y.encodeStateAsUpdate(page).length;
    expect(inspectEdit(update, { doc: page, bytes }, tablet.clientID), `seed ${seed}`).toBeUndefined();
    Y.applyUpdate(page, update);
    expect(faultsOf(page), `seed ${seed}`).toEqual([]);
    expect(pageTree(page), `seed ${seed}`).toEqual(then);
  }
});
