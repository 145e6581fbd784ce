import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { applyTelling } from '#lib/yjs/found-again.ts';
import { pageDocument } from '#lib/yjs/page-document.ts';
import { blocksOf, bodyOf, newBlock, updateOf } from '../support/page-edits.ts';
import { Seeded } from '../support/seeded.ts';

const seeds = Array.from({ length: 20 }, (_, index) => index + 1);
const token = /«\d+»/g;

/** The text of a page or of a block in it. */
function textOf(of: Y.XmlFragment | Y.XmlElement): string {
  const blocks = of instanceof Y.XmlElement ? [of] : blocksOf(of);
  return blocks
    .flatMap((block) => block.toArray().map((child) => (child instanceof Y.XmlText ? plain(child) : '')))
    .join('|');
}

function plain(text: Y.XmlText): string {
  return (text.toDelta() as { insert: string }[]).map(({ insert }) => insert).join('');
}

/** Somebody who writes without a network for a while. */
class Offline {
  readonly doc = pageDocument({ keepDeleted: true });
  readonly #random: Seeded;
  #heard = 0;

  constructor(random: Seeded) {
    this.#random = random;
    this.doc.clientID = 1 + random.below(0xffff_ffff);
  }

  hear(accepted: readonly Uint8Array[]): void {
    for (const update of accepted.slice(this.#heard)) Y.applyUpdate(this.doc, update);
    this.#heard = accepted.length;
  }

  /** Does anything; what is taken away knowingly is told, whatever it stood in. */
  does(fresh: () => string, taken: (text: string) => void): Uint8Array | undefined {
    const body = bodyOf(this.doc);
    const blocks = blocksOf(body);
    const block = blocks[this.#random.below(Math.max(1, blocks.length))];
    const text = block?.firstChild;
    return updateOf(this.doc, () => {
      switch (block && text instanceof Y.XmlText ? this.#random.below(6) : 0) {
        case 0:
          body.insert(this.#random.below(body.length + 1), [newBlock({}, fresh())]);
          return;
        case 1:
          taken(textOf(body.get(0) as Y.XmlElement));
          body.delete(0, 1);
          return;
        case 2: {
          // One word, whoever wrote it.
          const found = [...plain(text as Y.XmlText).matchAll(token)];
          const [word] = found.slice(this.#random.below(Math.max(1, found.length)));
          if (!word) return;
          taken(word[0]);
          (text as Y.XmlText).delete(word.index, word[0].length);
          return;
        }
        default: {
          const at = [
            0,
            ...[...plain(text as Y.XmlText).matchAll(token)].map((one) => one.index + one[0].length)
          ];
          (text as Y.XmlText).insert(at[this.#random.below(at.length)] ?? 0, fresh());
        }
      }
    });
  }
}

test.each(seeds)(
  '[PG12] every word that was typed is in the page, or found again, or was taken away by somebody who had read it (seed %i)',
  (seed) => {
    const random = new Seeded(seed);
    const page = pageDocument();
    const writers = Array.from({ length: 4 }, () => new Offline(random));
    const accepted: Uint8Array[] = [];
    const lost: { readonly client: number; readonly text: string }[] = [];
    const wrote = new Map<string, number>();
    const taken = new Set<string>();
    for (let step = 0; step < 150; step++) {
      const writer = writers[random.below(writers.length)];
      if (!writer) throw new Error('nobody writes');
      if (random.below(5) === 0) writer.hear(accepted);
      const updates: Uint8Array[] = [];
      for (let more = random.below(3); more >= 0; more--) {
        const update = writer.does(
          () => {
            const word = `«${wrote.size}»`;
            wrote.set(word, writer.doc.clientID);
            return word;
          },
          (text) => {
            for (const [word] of text.matchAll(token)) taken.add(word);
          }
        );
        if (update) updates.push(update);
      }
      if (updates.length === 0) continue;
      const edit = Y.mergeUpdates(updates);
      accepted.push(edit);
      lost.push(...applyTelling(page, edit));
    }
    const found = new Map(
      lost.flatMap(({ client, text }) => [...text.matchAll(token)].map(([word]) => [word, client] as const))
    );
    const there = new Set([...textOf(bodyOf(page)).matchAll(token)].map(([word]) => word));
    for (const [word, client] of wrote) {
      if (found.has(word)) expect(found.get(word)).toBe(client);
      expect([word, there.has(word) && found.has(word)]).toEqual([word, false]);
      if (!taken.has(word)) expect([word, there.has(word) || found.has(word)]).toEqual([word, true]);
    }
    expect(lost.length).toBeGreaterThan(0);
  }
);
