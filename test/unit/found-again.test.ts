import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { applyTelling, dropFound, foundIn, keepFound, putBack } from '#lib/yjs/found-again.ts';
import { inspectEdit } from '#lib/yjs/inspect.ts';
import { pageDocument } from '#lib/yjs/page-document.ts';
import { between, blocksOf, bodyOf, edit, newBlock, updateOf } from '../support/page-edits.ts';
import { Seeded } from '../support/seeded.ts';

/** A page at the relay, and two who have it. */
function world() {
  const relay = pageDocument();
  bodyOf(relay).insert(0, [newBlock({}, 'Los ríos'), newBlock({}, 'El Ebro nace en Fontibre.')]);
  const writer = (): Y.Doc => {
    const doc = pageDocument({ keepDeleted: true });
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(relay));
    return doc;
  };
  return { relay, ana: writer(), berta: writer() };
}

function made(doc: Y.Doc, act: () => void): Uint8Array {
  const update = updateOf(doc, act);
  if (!update) throw new Error('nothing was written');
  return update;
}

function textAt(doc: Y.Doc, at: number): Y.XmlText {
  const text = blocksOf(bodyOf(doc))[at]?.firstChild;
  if (text instanceof Y.XmlText) return text;
  throw new Error(`no block ${at}`);
}

describe('words that lose their place', () => {
  test('[PG12] are told where somebody writes in a paragraph that another deletes, whoever comes first', () => {
    for (const first of ['writes', 'deletes'] as const) {
      const { relay, ana, berta } = world();
      const writes = made(ana, () => textAt(ana, 1).insert(7, ', el río,'));
      const deletes = made(berta, () => bodyOf(berta).delete(1, 1));
      const [one, other] = first === 'writes' ? [writes, deletes] : [deletes, writes];
      expect(applyTelling(relay, one)).toEqual([]);
      const [lost, ...more] = applyTelling(relay, other);
      expect(lost).toMatchObject({ text: ', el río,', client: ana.clientID });
      expect(more).toEqual([]);
      if (first === 'writes') expect(lost?.below).toBe('Los ríos');
    }
  });

  test('[PG12] are one entry where they were typed in one go, in one edit or in several', () => {
    const { relay, ana, berta } = world();
    Y.applyUpdate(
      relay,
      made(berta, () => bodyOf(berta).delete(1, 1))
    );
    const typed = [...' y dos nutrias'].map((sign, at) =>
      made(ana, () => textAt(ana, 1).insert(7 + at, sign))
    );
    for (const update of [Y.mergeUpdates(typed.slice(0, 5)), Y.mergeUpdates(typed.slice(5))]) {
      const lost = applyTelling(relay, update).map(({ client: _, ...words }) => words);
      keepFound(
        relay,
        lost.map((words) => ({ ...words, by: 'a', on: '2026-03-02' })),
        ''
      );
    }
    expect(foundIn(relay).map(({ text }) => text)).toEqual([' y dos nutrias']);
  });

  test('[PG12] are none where somebody deletes what they saw, or takes back what they wrote', () => {
    const { relay, ana } = world();
    const update = Y.mergeUpdates([
      made(ana, () => textAt(ana, 1).insert(0, 'Uno ')),
      made(ana, () => bodyOf(ana).delete(1, 1)),
      made(ana, () => bodyOf(ana).push([newBlock({}, 'Dos')])),
      made(ana, () => textAt(ana, 1).delete(0, 2))
    ]);
    expect(applyTelling(relay, update)).toEqual([]);
  });

  test('[PG12] are kept for thirty days, and taken away by an edit like any other', () => {
    const { relay, ana } = world();
    const words = { text: 'perdido', by: 'a', on: '2026-03-02', below: 'Los ríos' };
    keepFound(relay, [{ key: 'x', ...words }], '2026-02-01');
    Y.applyUpdate(ana, Y.encodeStateAsUpdate(relay));
    const [entry] = foundIn(ana);
    if (!entry) throw new Error('nothing was found');
    expect(entry).toMatchObject(words);
    const drop = made(ana, () => dropFound(ana, entry.key));
    const bytes = Y.encodeStateAsUpdate(relay).length;
    expect(inspectEdit(drop, { doc: relay, bytes }, ana.clientID)).toBeUndefined();
    Y.applyUpdate(relay, drop);
    expect(foundIn(relay)).toEqual([]);
    keepFound(relay, [{ key: 'y', ...words }], '2026-02-01');
    keepFound(relay, [], '2026-03-03');
    expect(foundIn(relay)).toEqual([]);
  });

  test('[PG12] are put back below the line below which they stood, or at the end', () => {
    const { relay, ana } = world();
    const words = { text: 'perdido', by: 'a', on: '2026-03-02' };
    keepFound(
      relay,
      [
        { key: 'x', ...words, below: 'Los ríos' },
        { key: 'y', ...words, below: 'no' }
      ],
      ''
    );
    Y.applyUpdate(ana, Y.encodeStateAsUpdate(relay));
    const update = made(ana, () => {
      for (const entry of foundIn(ana)) putBack(ana, entry);
    });
    const bytes = Y.encodeStateAsUpdate(relay).length;
    expect(inspectEdit(update, { doc: relay, bytes }, ana.clientID)).toBeUndefined();
    Y.applyUpdate(relay, update);
    expect(textOf(relay).split('\n')).toEqual([
      'Los ríos',
      'perdido',
      'El Ebro nace en Fontibre.',
      'perdido'
    ]);
    expect(foundIn(relay)).toEqual([]);
  });

  test('[PG12] nobody but the relay writes them', () => {
    const { relay, ana } = world();
    const forged = made(ana, () => ana.getMap('found').set('x', { text: 'x', by: 'b', on: '', below: '' }));
    const bytes = Y.encodeStateAsUpdate(relay).length;
    expect(inspectEdit(forged, { doc: relay, bytes }, ana.clientID)).toBe('not-in-schema');
  });

  test('[PG12] property: whatever two do at once, every word is in the page, told, or was deleted by one who saw it', () => {
    for (let seed = 1; seed <= 600; seed++) {
      const seeded = new Seeded(seed);
      const { relay, ana, berta } = world();
      const words = new Map<string, Y.Doc>();
      const lost: string[] = [];
      let sign = 0x4e00;
      for (let round = 0; round < 3; round++) {
        const updates = [ana, berta].map((doc) =>
          Y.mergeUpdates(
            Array.from({ length: 1 + seeded.below(4) }, () => {
              const act = (): void => {
                const blocks = blocksOf(bodyOf(doc));
                const text = blocks[seeded.below(Math.max(1, blocks.length))]?.firstChild;
                if (!(text instanceof Y.XmlText) || seeded.below(3) === 0) return edit(doc, seeded);
                const word = String.fromCodePoint(sign++);
                words.set(word, doc);
                text.insert(between(text, seeded), word);
              };
              return updateOf(doc, act) ?? Uint8Array.of(0, 0);
            })
          )
        );
        const seen = new Map([ana, berta].map((doc) => [doc, textOf(doc)]));
        for (const update of updates) lost.push(...applyTelling(relay, update).map(({ text }) => text));
        const shown = textOf(relay) + lost.join('');
        for (const [word, author] of words) {
          // Its author, or somebody who had it before them, has taken it away.
          const other = author === ana ? berta : ana;
          if (shown.includes(word) || !(seen.get(author) ?? '').includes(word)) continue;
          expect(knew(other, word), `seed ${seed}`).toBe(true);
        }
        for (const doc of [ana, berta]) Y.applyUpdate(doc, Y.encodeStateAsUpdate(relay));
        for (const word of words.keys()) if (!textOf(relay).includes(word)) words.delete(word);
      }
    }
  });
});

function textOf(doc: Y.Doc): string {
  return blocksOf(bodyOf(doc))
    .map((block) => String(block.firstChild))
    .join('\n');
}

/** Whether the word ever stood in this document, deleted now or not. */
function knew(doc: Y.Doc, word: string): boolean {
  for (const structs of doc.store.clients.values())
    for (const struct of structs)
      if (
        struct instanceof Y.Item &&
        struct.content instanceof Y.ContentString &&
        struct.content.str.includes(word)
      )
        return true;
  return false;
}
