import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { inspectEdit } from '#lib/yjs/inspect.ts';
import { pageDocument } from '#lib/yjs/page-document.ts';
import { takeBack, type AuthoredEdit } from '#lib/yjs/take-back.ts';
import { blocksOf, bodyOf, faultsOf, newBlock, updateOf } from '../support/page-edits.ts';
import { Seeded } from '../support/seeded.ts';

const seeds = Array.from({ length: 40 }, (_, index) => index + 1);
const token = /«\d+»/g;

function plain(text: Y.XmlText): string {
  return (text.toDelta() as { insert: string }[]).map(({ insert }) => insert).join('');
}

function textsOf(doc: Y.Doc): readonly Y.XmlText[] {
  return blocksOf(bodyOf(doc)).flatMap((block) => {
    const text = block.firstChild;
    return text instanceof Y.XmlText ? [text] : [];
  });
}

function tokensIn(doc: Y.Doc): readonly string[] {
  return textsOf(doc).flatMap((text) => [...plain(text).matchAll(token)].map(([word]) => word));
}

test.each(seeds)(
  '[PG14] what one did goes and what they took comes back; what others wrote and took away stays so (seed %i)',
  (seed) => {
    const random = new Seeded(seed);
    const page = pageDocument();
    let number = 0;
    /** Whose a word is, and whether somebody other than X took it away. */
    const owner = new Map<string, string>();
    const takenByOthers = new Set<string>();
    const docs = new Map(
      ['x', 'ana', 'teo'].map((who, at) => {
        const doc = pageDocument({ keepDeleted: true });
        doc.clientID = 100 + at + 10 * seed;
        return [who, doc] as const;
      })
    );
    const edits: AuthoredEdit[] = [];
    const does = (who: string, act: (doc: Y.Doc) => void): void => {
      const doc = docs.get(who);
      if (!doc) throw new Error('nobody');
      const update = updateOf(doc, () => act(doc));
      if (!update) return;
      edits.push({ account: who, update });
      for (const other of [page, ...docs.values()]) if (other !== doc) Y.applyUpdate(other, update);
    };
    const fresh = (who: string): string => {
      const word = `«${number++}»`;
      owner.set(word, who);
      return word;
    };
    for (let line = 0; line < 6; line++)
      does('ana', (doc) => bodyOf(doc).push([newBlock({}, `${fresh('ana')}${fresh('ana')}`)]));
    const version = Y.encodeStateAsUpdate(page);
    edits.length = 0;
    for (let step = 0; step < 60; step++) {
      const who = random.of(['x', 'x', 'ana', 'teo']);
      does(who, (doc) => {
        const texts = textsOf(doc);
        const text = texts[random.below(Math.max(1, texts.length))];
        const kind = text ? random.below(6) : 0;
        if (kind === 0 || !text)
          return bodyOf(doc).insert(random.below(bodyOf(doc).length + 1), [newBlock({}, fresh(who))]);
        if (kind === 1 && who === 'x') return bodyOf(doc).delete(random.below(bodyOf(doc).length), 1);
        const words = [...plain(text).matchAll(token)];
        if (kind === 2) {
          const [word] = words.slice(random.below(Math.max(1, words.length)));
          // Others leave alone what X wrote.
          if (!word || (who !== 'x' && owner.get(word[0]) === 'x')) return;
          if (who !== 'x') takenByOthers.add(word[0]);
          return text.delete(word.index, word[0].length);
        }
        if (kind === 3 && who === 'x') return text.format(0, text.length, { bold: {} });
        const ends = [0, ...words.map((word) => word.index + word[0].length)];
        text.insert(ends[random.below(ends.length)] ?? 0, fresh(who));
      });
    }
    const back = takeBack(version, edits, 'x', 7);
    if (!back) throw new Error('nothing was taken back');
    const bytes = Y.encodeStateAsUpdate(page).length;
    expect(inspectEdit(back, { doc: page, bytes }, 7)).toBeUndefined();
    Y.applyUpdate(page, back);
    const expected = [...owner].filter(([word, who]) => who !== 'x' && !takenByOthers.has(word));
    expect([...tokensIn(page)].sort()).toEqual(expected.map(([word]) => word).sort());
    expect(faultsOf(page)).toEqual([]);
    expect(textsOf(page).every((text) => !JSON.stringify(text.toDelta()).includes('bold'))).toBe(true);
    // Done again there is nothing left to be taken back.
    expect(takeBack(Y.encodeStateAsUpdate(page), [], 'x', 8)).toBeUndefined();
  }
);
