import exifr from 'exifr';
import { ALL_FORMATS, BufferSource, EncodedPacketSink, Input } from 'mediabunny';
import { describe, expect, test } from 'vitest';
import { editedLength } from '#lib/media/edit.ts';
import { kindOf } from '#lib/media/kind.ts';
import { fillerMessage } from '#lib/media/mp4/filler.ts';
import { mediaLimits } from '#lib/media/limits.ts';
import { look } from '#lib/media/look.ts';
import { bytes, little } from '../support/media/bytes.ts';
import { cleaned, lookAt } from '../support/media/cleaned.ts';
import { amongData, marker } from '../support/media/marked.ts';
import { markedMp4s, mp4 } from '../support/media/mp4.ts';
import { box } from '../support/media/mp4-boxes.ts';
import { h264 } from '../support/media/mp4-units.ts';
import { cleanPictures, gif, jpeg, markedPictures, png } from '../support/media/pictures.ts';
import { markedWebms, webm } from '../support/media/webm.ts';

const films = [...markedMp4s, ...markedWebms];
const all = [...markedPictures, ...films];

describe('what a file is', () => {
  test.each([
    ['jpeg', cleanPictures.jpeg],
    ['png', cleanPictures.png],
    ['webp', cleanPictures.webp],
    ['gif', cleanPictures.gif],
    ['mp4', mp4()],
    ['mp4', box('moov')],
    ['webm', webm()],
    ['avif', box('ftyp', 'avif')],
    ['heic', box('ftyp', 'heic')],
    ['bmp', Buffer.from('BM')]
  ])('[MD1] a %s is told by how it begins', (kind, file) => {
    expect(kindOf(file.subarray(0, 16))).toBe(kind);
  });

  test.each([
    ['nothing', ''],
    ['SVG', '<svg xmlns="http://www.w3.org/2000/svg">'],
    ['HTML', '<!doctype html><script>'],
    ['PDF', '%PDF-1.7'],
    ['ZIP', 'PK\x03\x04'],
    ['AVIF', box('ftyp', 'avif')],
    ['HEIC', box('ftyp', 'heic')],
    ['BMP', 'BM']
  ])('[MD1] %s is not stored', async (_name, file) => {
    expect(await lookAt(bytes(file))).toEqual({ unwalkable: 'unknown' });
  });

  test('[MD1] size, frames, seconds and sound are found', async () => {
    const still = { frames: 1, sound: false };
    expect(await lookAt(jpeg())).toMatchObject({ kind: 'jpeg', width: 16, height: 8, ...still });
    expect(await lookAt(png())).toMatchObject({ kind: 'png', width: 4, height: 2, ...still });
    expect(await lookAt(cleanPictures.webp)).toMatchObject({ kind: 'webp', width: 16, height: 8, ...still });
    expect(await lookAt(gif())).toMatchObject({ kind: 'gif', width: 2, height: 2, frames: 2, seconds: 1 });
    const film = { width: 64, height: 48, sound: true };
    for (const { file } of markedMp4s)
      expect(await lookAt(file)).toMatchObject({ kind: 'mp4', frames: 4, seconds: 4, ...film });
    for (const { file } of markedWebms)
      expect(await lookAt(file)).toMatchObject({ kind: 'webm', frames: 3, seconds: 1.5, ...film });
    expect(await lookAt(markedPictures[3]?.file ?? Buffer.of())).toMatchObject({
      width: 16,
      height: 8,
      frames: 2,
      seconds: 1
    });
  });

  test.each(Object.entries(cleanPictures))('[MD2] in a clean %s nothing is found', async (_kind, file) => {
    expect(await lookAt(file)).toMatchObject({ edits: [] });
  });
});

describe.each(all)('a marked $name', ({ file, seen }) => {
  test('[MD2] is cleaned of everything that is neither seen nor heard, and then clean', async () => {
    expect(file.includes(marker)).toBe(true);
    const clean = (await cleaned(file)) ?? Buffer.of();
    for (const word of [marker.slice(0, 4), amongData]) expect(clean.includes(word)).toBe(false);
    expect(clean.includes('CAEP') || clean.includes('XAVC')).toBe(false);
    expect(await lookAt(clean)).toMatchObject({ edits: [] });
  });

  test('[MD2] is cleaned to the same bytes where what belongs to nobody is overwritten unread', async () => {
    expect((await cleaned(file, { unread: true }))?.equals((await cleaned(file)) ?? Buffer.of())).toBe(true);
  });

  test('[MD3] keeps what decoders get', async () => {
    const clean = (await cleaned(file)) ?? Buffer.of();
    expect(seen.filter((part) => !clean.includes(part))).toEqual([]);
  });

  test('[MD4] is refused wherever it ends too early', async () => {
    const clean = (await cleaned(file)) ?? Buffer.of();
    for (let end = 1; end < clean.length; end++) {
      const looked = await lookAt(clean.subarray(0, end));
      // A film whose last boxes are missing may be whole without them.
      if ('unwalkable' in looked) continue;
      expect(films.map((film) => film.file)).toContain(file);
      expect(looked.frames).toBeGreaterThan(0);
    }
  });
});

describe('a second opinion', () => {
  test('[MD2] exifr finds a camera and a place before, and nothing after', async () => {
    const options = { tiff: true, xmp: true, icc: true, iptc: true, jfif: false, ihdr: false } as const;
    for (const { file } of markedPictures.slice(0, 2)) {
      expect(await exifr.parse(file, options)).toMatchObject({ Make: marker });
      expect(await exifr.gps(file)).toMatchObject({ latitude: expect.closeTo(40.416, 2) });
      const clean = (await cleaned(file)) ?? Buffer.of();
      expect(await exifr.parse(clean, options)).toBeUndefined();
    }
  });

  test.each(films)(
    '[MD3] mediabunny reads the same pictures and sounds of $name, at the same places',
    async ({ file }) => {
      const clean = (await cleaned(file)) ?? Buffer.of();
      const before = await packets(file);
      expect(before.length).toBeGreaterThan(4);
      expect(await packets(clean)).toEqual(before);
      expect(clean.subarray(0, file.length).length).toBe(clean.length);
    }
  );
});

/** What a player gets of a film, track by track. */
async function packets(file: Buffer): Promise<readonly unknown[]> {
  const input = new Input({ source: new BufferSource(Uint8Array.from(file)), formats: ALL_FORMATS });
  const found: unknown[] = [];
  for (const track of await input.getTracks()) {
    if (track.type !== 'video' && track.type !== 'audio') continue;
    for await (const packet of new EncodedPacketSink(track).packets()) {
      const { data, timestamp, duration, type } = packet;
      const text = Buffer.from(data).toString('latin1');
      // What is said beside a picture that is cut into units is made to say nothing.
      const shown = text.slice(Math.max(0, text.lastIndexOf('slice')));
      found.push([track.type, text.length, shown, timestamp, duration, type]);
    }
  }
  return found;
}

describe('what is said beside pictures', () => {
  test('[MD2, MD3] a message that says nothing has any length, and holds no beginning of another', () => {
    for (let length = 1; length <= 1200; length++) {
      const bytes = Buffer.from(fillerMessage(length));
      expect(bytes).toHaveLength(length);
      expect(bytes.includes(Buffer.of(0, 0))).toBe(false);
      let at = 0;
      while (bytes[at] === 3 && at < length - 1) at += 2 + (bytes[at + 1] ?? 0);
      expect(at).toBe(length === 2 ? 0 : length - 1);
    }
  });

  test('[MD4] units that reach beyond their picture, or are cut otherwise than is said, are broken', async () => {
    const good = mp4({ pictures: h264 });
    const sample = h264.samples[0] ?? Buffer.of();
    const beyond = Buffer.from(good);
    beyond.writeUInt32BE(sample.length, good.indexOf(sample));
    expect(await lookAt(beyond)).toEqual({ unwalkable: 'broken' });
    const undescribed = {
      ...h264,
      description: Buffer.from(h264.description.toString('latin1').replace('avcC', 'free'), 'latin1')
    };
    expect(await lookAt(mp4({ pictures: undescribed }))).toEqual({ unwalkable: 'broken' });
  });

  test('[MD4] and so many units are walked, and no message of megabytes', async () => {
    const many = { ...h264, samples: [Buffer.alloc(4 * (mediaLimits.units + 1))] };
    expect(await lookAt(mp4({ pictures: many }))).toEqual({ unwalkable: 'too-much' });
    const long = Buffer.alloc(70_004, 6);
    long.writeUInt32BE(70_000);
    expect(await lookAt(mp4({ pictures: { ...h264, samples: [long] } }))).toEqual({ unwalkable: 'too-much' });
  });
});

describe('what does not hold together', () => {
  const film = mp4();
  const swapped = (file: Buffer, from: string, to: string): Buffer =>
    Buffer.from(file.toString('latin1').replaceAll(from, to), 'latin1');
  const nested = (levels: number): Buffer =>
    Array.from({ length: levels }).reduce<Buffer>((inside) => box('trak', inside), Buffer.of());
  test.each([
    [
      'a JPEG whose segment lies about its length',
      'broken',
      bytes(jpeg().subarray(0, 4), 0xff, 0xff, jpeg().subarray(6))
    ],
    ['a JPEG with a word between its segments', 'broken', jpeg([marker])],
    ['a table of a JPEG with room for more', 'broken', jpeg([bytes(0xff, 0xdb, 0, 70, 0, Buffer.alloc(67))])],
    ['a JPEG without a picture', 'empty', bytes([0xff, 0xd8, 0xff, 0xd9])],
    ['a PNG with a wrong checksum', 'broken', swapped(png(), 'IHDR\0\0\0\x04', 'IHDR\0\0\0\x05')],
    ['a PNG of no width', 'broken', png([], 0)],
    ['a GIF whose picture is larger than its screen', 'broken', swapped(gif(), '\x2c\0\0', '\x2c\x09\0')],
    ['a GIF without a picture', 'empty', gif([], 0)],
    ['a WebP that is shorter than it says', 'broken', bytes('RIFF', little(400), 'WEBPVP8 ')],
    ['a film without a header', 'broken', box('ftyp', 'isom', little(0))],
    ['a film with two headers', 'broken', bytes(film, film.subarray(film.indexOf('moov') - 4))],
    ['a film without pictures and sounds', 'empty', swapped(swapped(film, 'vide', 'text'), 'soun', 'text')],
    ['a box in a box that has no length', 'broken', box('moov', little(0), 'trak')],
    ['boxes in boxes without end', 'broken', box('moov', nested(10_000))],
    ['a film whose data lie in another file', 'codec', swapped(film, 'url \0\0\0\x01', 'url \0\0\0\0')],
    ['a film of a codec that nobody knows', 'codec', swapped(film, 'vp09', 'vp99')],
    [
      'a film of more samples than there is room for',
      'too-much',
      swapped(film, 'stsz\0\0\0\0\0\0\0\0\0\0\0\x04', 'stsz\0\0\0\0\0\0\0\x01\xff\0\0\x04')
    ],
    [
      'a picture of a film that a track of places has, too',
      'broken',
      swapped(film, '\0\0\0\x09\0\0\0\x07\0\0\0\x0b', '\0\0\0\x09\0\0\0\x39\0\0\0\x0b')
    ],
    ['a WebM without a segment', 'broken', bytes(webm().subarray(0, 60))],
    ['a WebM without tracks', 'broken', swapped(webm(), '\x16\x54\xae\x6b', '\x16\x54\xae\x6c')],
    ['a WebM of a codec that nobody knows', 'codec', swapped(webm(), 'V_VP9', 'V_VPX')]
  ])('[MD4] %s is refused: %s', async (_name, unwalkable, file) => {
    expect(await lookAt(file)).toEqual({ unwalkable });
  });

  test('[MD4] a file that says more than it has is refused before it costs memory', async () => {
    const asked: number[] = [];
    const endless = {
      length: 2 ** 40,
      read: (from: number, to: number): Promise<Uint8Array> => {
        asked.push(to - from);
        return Promise.resolve(new Uint8Array(to - from).fill(0x3f));
      }
    };
    expect(await look(endless)).toEqual({ unwalkable: 'unknown' });
    expect(Math.max(...asked)).toBeLessThanOrEqual(mediaLimits.piece);
  });

  test('[MD4] a source that cannot be read fails as it fails', async () => {
    const gone = { length: 100, read: () => Promise.reject(new Error('the file is gone')) };
    await expect(look(gone)).rejects.toThrow('the file is gone');
  });
});

test('[MD2] how long a file is once it is clean is known before', async () => {
  for (const { file } of all) {
    const looked = await lookAt(file);
    if ('unwalkable' in looked) throw new Error(looked.unwalkable);
    expect(editedLength(file.length, looked.edits)).toBe((await cleaned(file))?.length);
  }
});
