import { describe, expect, test } from 'vitest';
import { cleaned, lookAt } from '../support/media/cleaned.ts';
import { marker } from '../support/media/marked.ts';
import { markedMp4s } from '../support/media/mp4.ts';
import { markedPictures } from '../support/media/pictures.ts';
import { markedWebms } from '../support/media/webm.ts';
import { Seeded } from '../support/seeded.ts';

const corpus = [...markedPictures, ...markedMp4s, ...markedWebms];
const mutations = 20_000;
/** Numbers with which lengths and counts go wrong. */
const spoilt = [0, 1, 0x7f, 0x80, 0xff] as const;

/** A file in which one to three things are altered, left out or cut off. */
function mutated(file: Buffer, chance: Seeded): Buffer {
  let bent = Buffer.from(file);
  for (let left = 1 + chance.below(3); left > 0; left--) {
    const at = chance.below(bent.length);
    const way = chance.below(8);
    if (way < 3) bent[at] = (bent[at] ?? 0) ^ (1 << chance.below(8));
    else if (way < 5) bent[at] = chance.below(256);
    else if (way === 5) bent[at] = chance.of(spoilt);
    else if (way === 6)
      bent = Buffer.concat([bent.subarray(0, at), bent.subarray(at + 1 + chance.below(40))]);
    else return bent.subarray(0, at);
  }
  return bent;
}

describe('files that were altered at random', () => {
  test.each(corpus)('[MD4, MD2] $name: refused, or cleaned of every mark', async ({ name, file }) => {
    const chance = new Seeded(name.length);
    let walked = 0;
    for (let seed = 0; seed < Math.ceil(mutations / corpus.length); seed++) {
      const bent = mutated(file, chance);
      const clean = await cleaned(bent);
      if (!clean) continue;
      walked += 1;
      expect(clean.includes(marker), `mutation ${seed}`).toBe(false);
      const again = await lookAt(clean);
      expect('unwalkable' in again ? again : again.edits, `mutation ${seed}`).toEqual([]);
    }
    expect(walked).toBeGreaterThan(0);
  });
});
