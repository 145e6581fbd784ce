import { makeZip, predictLength } from 'client-zip';
import { describe, expect, test } from 'vitest';
import { zipLength, zipStretch, type Stretch, type Sums } from '#relay/archives/zip.ts';

const on = new Date('2026-11-30T00:00');
const contents = ['Ríos', '', 'El Ebro nace en Fontibre. '.repeat(20), 'fin'].map((text) =>
  Buffer.from(text)
);
const files = contents.map(({ length: size }, at) => ({ name: `pages/0${at + 1}.html`, size }));

/** The stretch, and what was read for it: places, and from which byte on. */
async function stretch(asked: Partial<Stretch>): Promise<readonly [Buffer, readonly string[]]> {
  const read: string[] = [];
  const bytes = zipStretch(
    files,
    { from: 0, to: zipLength(files), on, sums: new Map(), ...asked },
    async function* (place, from) {
      read.push(`${place} ${from}`);
      for (let at = from; at < (files[place]?.size ?? 0); at += 100)
        yield await Promise.resolve((contents[place] ?? Buffer.alloc(0)).subarray(at, at + 100));
    }
  );
  const parts: Uint8Array[] = [];
  for await (const part of bytes) parts.push(part);
  return [Buffer.concat(parts), read];
}

describe('a ZIP whose files are known before they are read', () => {
  test('[TH7] is the very same that client-zip makes', async () => {
    const [whole] = await stretch({});
    const theirs = files.map(({ name }, at) => ({ name, lastModified: on, input: contents[at] ?? '' }));
    const expected = Buffer.from(await new Response(makeZip(theirs)).arrayBuffer());
    expect(whole.equals(expected)).toBe(true);
    expect(zipLength(files)).toBe(expected.length);
  });

  test('[TH7] is the same in any two stretches, whether sums are known or not', async () => {
    const sums: Sums = new Map();
    const [whole] = await stretch({ sums });
    for (let from = 0; from < whole.length; from += 7)
      for (const known of [sums, new Map<number, number>()]) {
        const [rest] = await stretch({ from, sums: known });
        const [before] = await stretch({ to: from, sums: known });
        expect([from, Buffer.concat([before, rest]).equals(whole)]).toEqual([from, true]);
      }
  });

  test('[TH7] reads of what was sent once only what is asked for', async () => {
    const sums: Sums = new Map();
    const [whole] = await stretch({ sums });
    expect((await stretch({ from: whole.length - 1, sums }))[1]).toEqual([]);
    expect((await stretch({ from: whole.length - 1 }))[1]).toEqual(['0 0', '2 0', '3 0']);
    const inThird = whole.indexOf('Fontibre');
    const [text, read] = await stretch({ from: inThird, to: inThird + 8, sums });
    expect([text.toString(), read.length]).toEqual(['Fontibre', 1]);
    expect(read[0]).toMatch(/^2 [1-9]/);
  });

  test('[TH7] beyond four gigabytes is a ZIP64', () => {
    const films = ['1', '2', '3', '4'].map((name) => ({ name: `media/${name}.mp4`, size: 1_500_000_000 }));
    for (const some of [films.slice(0, 2), films.slice(0, 3), films])
      expect(zipLength(some)).toBe(Number(predictLength(some)));
  });
});
