import { describe, expect, test } from 'vitest';
import { firstName, readZip, type Unzipped } from '#lib/zip/read-zip.ts';
import { writeZip, type ZipEntry } from '#lib/zip/write-zip.ts';

const on = new Date(2026, 10, 29);
const entries: readonly ZipEntry[] = [
  { name: 'one.json', content: '{"ñ":1}' },
  { name: 'empty.bin', content: inPieces([]) },
  { name: 'three.bin', content: inPieces([Uint8Array.of(1, 2), Uint8Array.of(3)]) }
];

async function* inPieces(
  pieces: readonly Uint8Array<ArrayBuffer>[]
): AsyncGenerator<Uint8Array<ArrayBuffer>, void, void> {
  yield* pieces;
}

/** The bytes of a ZIP of three files; in their list the third begins at `third`. */
async function zipped(): Promise<{ readonly bytes: Uint8Array<ArrayBuffer>; readonly third: number }> {
  const zip = await writeZip([{ name: 'one.json', content: '{"ñ":1}' }, ...more()], on);
  const bytes = new Uint8Array(await zip.arrayBuffer());
  return { bytes, third: bytes.length - 22 - 46 - 'three.bin'.length };
}

function more(): readonly ZipEntry[] {
  return [
    { name: 'empty.bin', content: inPieces([]) },
    { name: 'three.bin', content: inPieces([Uint8Array.of(1, 2), Uint8Array.of(3)]) }
  ];
}

/** What is read of it once one of its bytes is another. */
async function spoilt(at: number, byte: number, bytes: Uint8Array<ArrayBuffer>): ReturnType<typeof readZip> {
  const bent = bytes.slice();
  bent[at] = byte;
  return readZip(new Blob([bent]));
}

describe('a ZIP', () => {
  test('[BK4] has each file as it is, and tells nothing else', async () => {
    const zip = await writeZip(entries, on);
    const files = (await readZip(zip)) as Unzipped;
    expect([...files.keys()]).toEqual(['one.json', 'empty.bin', 'three.bin']);
    expect(await files.get('one.json')?.text()).toBe('{"ñ":1}');
    expect(files.get('empty.bin')?.size).toBe(0);
    expect(new Uint8Array((await files.get('three.bin')?.arrayBuffer()) ?? [])).toEqual(
      Uint8Array.of(1, 2, 3)
    );
    // The day, and no time of it (APPNOTE.TXT 4.4.6).
    const header = new DataView(await zip.arrayBuffer());
    expect([header.getUint16(10, true), header.getUint16(12, true)]).toEqual([0, (46 << 9) | (11 << 5) | 29]);
  });

  test('[BK4] ends with the error of a file that could not be read', async () => {
    const gone = new Error('gone');
    async function* failing(): AsyncGenerator<Uint8Array<ArrayBuffer>, void, void> {
      yield Uint8Array.of(1);
      throw gone;
    }
    await expect(writeZip([{ name: 'a', content: failing() }], on)).rejects.toBe(gone);
  });

  test('[BK5] that is none, or was cut off anywhere, is not read; its first name still is', async () => {
    const { bytes } = await zipped();
    expect(await readZip(new Blob([]))).toBe('broken');
    expect(await firstName(new Blob(['PK']))).toBeUndefined();
    expect(await firstName(new Blob(['{"twinspace":"backup","v":1,"checksum":""}']))).toBeUndefined();
    for (let length = 0; length < bytes.length; length++)
      expect(await readZip(new Blob([bytes.slice(0, length)])), `${length}`).toBe('broken');
    expect(await firstName(new Blob([bytes.slice(0, 60)]))).toBe('one.json');
    expect(await readZip(new Blob([bytes, 'x']))).toBe('broken');
  });

  test('[BK5] of another program is told from one that is broken: compressed, enciphered, laid out otherwise', async () => {
    const { bytes, third } = await zipped();
    const foreign = { foreign: ['one.json', 'empty.bin', 'three.bin'] };
    expect(await spoilt(third + 8, 1, bytes)).toEqual(foreign);
    expect(await spoilt(third + 10, 8, bytes)).toEqual(foreign);
    // Says that it unpacks to a million times as much.
    expect(await spoilt(third + 26, 255, bytes)).toEqual(foreign);
    // Begins where another one lies, too.
    expect(await spoilt(third + 42, 0, bytes)).toEqual(foreign);
  });

  test('[BK5] whose list says more than there is, or the same name twice, is not read', async () => {
    const { bytes, third } = await zipped();
    const end = bytes.length - 22;
    expect(await spoilt(end + 10, 2, bytes)).toBe('broken');
    expect(await spoilt(end + 10, 4, bytes)).toBe('broken');
    expect(await spoilt(end + 11, 255, bytes)).toBe('broken');
    expect(await spoilt(third, 0, bytes)).toBe('broken');
    const both = [third + 20, third + 24];
    const larger = bytes.slice();
    for (const at of both) larger[at] = 4;
    expect(await readZip(new Blob([larger]))).toBe('broken');
    const twice = await writeZip([...more().slice(1), ...more().slice(1)], on);
    expect(await readZip(twice)).toBe('broken');
  });
});
