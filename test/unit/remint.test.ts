import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { inspectEdit } from '#lib/yjs/inspect.ts';
import { pageDocument } from '#lib/yjs/page-document.ts';
import { pageTree } from '#lib/yjs/page-tree.ts';
import { remint, wordsIn } from '#lib/yjs/remint.ts';
import { between, blocksOf, bodyOf, edit, faultsOf, newBlock, updateOf } from '../support/page-edits.ts';
import { Seeded } from '../support/seeded.ts';

function copyOf(doc: Y.Doc, keepDeleted = true): Y.Doc {
  const copy = pageDocument({ keepDeleted });
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc));
  return copy;
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

function lines(doc: Y.Doc): readonly string[] {
  return blocksOf(bodyOf(doc)).map((block) => String(block.firstChild));
}

/** A page of today, and a tablet's document over it. */
function pageAndTablet() {
  const today = pageDocument();
  bodyOf(today).insert(0, [newBlock({}, 'El Ebro nace en Fontibre.'), newBlock({}, 'Fin.')]);
  return { today, tablet: copyOf(today) };
}

/** Somebody else goes on with the tablet. */
function turn(tablet: Y.Doc): void {
  tablet.clientID = tablet.clientID + 1;
}

/** Done anew and put in, as the relay would. */
function putAnew(update: Uint8Array, tablet: Y.Doc, today: Y.Doc): string {
  const client = 77;
  const { update: anew, left } = remint(update, tablet, today, client);
  if (!anew) return left;
  const bytes = Y.encodeStateAsUpdate(today).byteLength;
  expect(inspectEdit(anew, { doc: today, bytes }, client)).toBeUndefined();
  Y.applyUpdate(today, anew);
  expect(faultsOf(today)).toEqual([]);
  return left;
}

describe('an edit that is done anew', () => {
  test('[WR6] stands below what is left, where it hung on a paragraph that was refused', () => {
    const { today, tablet } = pageAndTablet();
    turn(tablet);
    bodyOf(tablet).insert(1, [newBlock({}, 'De Ana, que no puede.')]);
    turn(tablet);
    const berta = made(tablet, () => bodyOf(tablet).insert(2, [newBlock({ kind: 'quote' }, 'De Berta.')]));
    expect(putAnew(berta, tablet, today)).toBe('');
    expect(lines(today)).toEqual(['El Ebro nace en Fontibre.', 'De Berta.', 'Fin.']);
  });

  test('[WR6] leaves over what was typed inside a paragraph that was refused', () => {
    const { today, tablet } = pageAndTablet();
    turn(tablet);
    bodyOf(tablet).insert(1, [newBlock({}, 'De Ana.')]);
    turn(tablet);
    const berta = made(tablet, () => {
      textAt(tablet, 1).insert(6, ' y de Berta');
      textAt(tablet, 0).insert(0, 'Dicen: ');
    });
    expect(putAnew(berta, tablet, today)).toBe(' y de Berta');
    expect(lines(today)).toEqual(['Dicen: El Ebro nace en Fontibre.', 'Fin.']);
  });

  test('[WR6] goes into what was there before, beside words that were refused', () => {
    const { today, tablet } = pageAndTablet();
    turn(tablet);
    textAt(tablet, 0).insert(7, ' (de Ana)');
    turn(tablet);
    const berta = made(tablet, () => {
      textAt(tablet, 0).insert(16, ', el río,');
      textAt(tablet, 1).format(0, 3, { bold: {} });
      textAt(tablet, 1).delete(3, 1);
    });
    expect(putAnew(berta, tablet, today)).toBe('');
    expect(lines(today)).toEqual(['El Ebro, el río, nace en Fontibre.', '<bold>Fin</bold>']);
  });

  test('[WR6] leaves over what would stand in a paragraph that somebody has deleted meanwhile', () => {
    const { today, tablet } = pageAndTablet();
    const mine = made(tablet, () => textAt(tablet, 0).insert(0, 'Mío. '));
    bodyOf(today).delete(0, 1);
    expect(putAnew(mine, tablet, today)).toBe('Mío. ');
    expect(lines(today)).toEqual(['Fin.']);
  });

  test('[WR6] property: with nothing refused under it, makes the same page', () => {
    for (let seed = 1; seed <= 400; seed++) {
      const seeded = new Seeded(seed);
      const today = pageDocument();
      for (let time = seeded.below(6); time > 0; time--) edit(today, seeded);
      const tablet = copyOf(today);
      const update = Y.mergeUpdates(
        Array.from(
          { length: 1 + seeded.below(5) },
          () => updateOf(tablet, () => edit(tablet, seeded)) ?? Uint8Array.of(0, 0)
        )
      );
      expect(putAnew(update, tablet, today), `seed ${seed}`).toBe('');
      expect(pageTree(today), `seed ${seed}`).toEqual(pageTree(tablet));
    }
  });

  test('[WR6] property: whatever was refused under it, every word is in the page or left over', () => {
    for (let seed = 1; seed <= 600; seed++) {
      const seeded = new Seeded(seed);
      const today = pageDocument();
      for (let time = 1 + seeded.below(5); time > 0; time--) edit(today, seeded);
      const tablet = copyOf(today);
      for (let time = 1 + seeded.below(4); time > 0; time--) edit(tablet, seeded);
      turn(tablet);
      const words: string[] = [];
      const updates: Uint8Array[] = [];
      for (let time = 1 + seeded.below(6); time > 0; time--) {
        const blocks = blocksOf(bodyOf(tablet));
        // One sign: nothing comes between.
        const word = String.fromCodePoint(0x4e00 + time);
        words.push(word);
        updates.push(
          made(tablet, () => {
            const text = blocks[seeded.below(Math.max(1, blocks.length))]?.firstChild;
            if (text instanceof Y.XmlText && seeded.below(3) > 0) text.insert(between(text, seeded), word);
            else bodyOf(tablet).insert(seeded.below(bodyOf(tablet).length + 1), [newBlock({}, word)]);
          })
        );
      }
      // Somebody else, meanwhile.
      for (let time = seeded.below(3); time > 0; time--) edit(today, seeded);
      const update = Y.mergeUpdates(updates);
      const left = putAnew(update, tablet, today);
      const shown = `${lines(today).join('\n')}\n${left}`.replaceAll(/<\/?[^>]*>/g, '');
      const missing = words.filter((word) => !shown.includes(word) && wordsIn(update).includes(word));
      expect(missing, `seed ${seed}`).toEqual([]);
    }
  });
});

test('[WR6] what an edit says is what it typed and did not take away again', () => {
  const { tablet } = pageAndTablet();
  const update = made(tablet, () => {
    textAt(tablet, 0).insert(0, 'Hola a todos. ');
    textAt(tablet, 0).delete(4, 8);
    bodyOf(tablet).push([newBlock({}, 'Otra línea')]);
  });
  expect(wordsIn(update)).toBe('Hola. \nOtra línea');
});
