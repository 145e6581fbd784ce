import { deflateSync } from 'node:zlib';
import { crc32 } from '#lib/media/crc32.ts';
import { big, bytes, little, zeros, type Part } from './bytes.ts';
import { amongData, exif, marker, xmp, type Marked } from './marked.ts';

const segment = (code: number, ...body: readonly Part[]): Buffer => {
  const all = bytes(...body);
  return bytes(0xff, code, big(all.length + 2, 2), all);
};

/** What a decoder gets of a JPEG of 16 × 8: coded data in two scans, with stuffed bytes and a restart. */
const scans = [
  bytes(big(0x1234ff00), 'scan one', 0xff, 0xd0, 'goes on', 0xff, 0),
  bytes('scan two', 0xff, 0, 0x55)
] as const;

/** @param besides segments that a decoder does not need, before the picture and after its first scan */
export function jpeg(besides: readonly Part[] = [], after: readonly Part[] = []): Buffer {
  const scan = segment(0xda, 1, 1, 0, 0, 63, 0);
  return bytes(
    [0xff, 0xd8],
    segment(0xe0, 'JFIF\0', [1, 1, 0, 0, 1, 0, 1, 0, 0]),
    besides,
    segment(0xdb, 0, zeros(64).fill(1)),
    segment(0xc2, 8, big(8, 2), big(16, 2), 1, [1, 0x11, 0]),
    segment(0xc4, 0, zeros(16).fill(1, 0, 1), 5),
    [scan, scans[0]],
    [after, scan, scans[1]],
    [0xff, 0xd9]
  );
}

const thumbnail = segment(0xe0, 'JFIF\0', [1, 1, 0, 0, 1, 0, 1, 2, 1], `${marker}`.slice(0, 6));

const markedJpeg = bytes(
  jpeg(
    [
      segment(0xe1, 'Exif\0\0', exif()),
      segment(0xe1, 'http://ns.adobe.com/xap/1.0/\0', xmp),
      segment(0xe2, 'ICC_PROFILE\0', 1, 1, `desc${marker}`),
      segment(0xe2, 'MPF\0', marker),
      segment(0xed, 'Photoshop 3.0\0', '8BIM', big(0x0404, 2), [0, 0], big(20), big(0x1c0250, 3), marker),
      [0xff, 0xff],
      segment(0xeb, marker),
      segment(0xef, marker),
      thumbnail,
      segment(0xee, 'Adobe', zeros(7)),
      segment(0xee, 'Adobe', zeros(7), marker),
      segment(0xfe, `comment ${marker}`)
    ],
    [segment(0xfe, `${amongData} between scans`)]
  ),
  jpeg([segment(0xe1, marker)]),
  `PK${marker}`
);

const chunk = (type: string, ...body: readonly Part[]): Buffer => {
  const all = bytes(type, ...body);
  return bytes(big(all.length - 4), all, big(crc32(all)));
};

/** A PNG of 4 × 2, opaque and grey. */
const rows = deflateSync(bytes([0, 10, 20, 30, 40], [0, 50, 60, 70, 80]));

export function png(besides: readonly Part[] = [], width = 4): Buffer {
  return bytes(
    '\x89PNG\r\n\x1a\n',
    chunk('IHDR', big(width), big(2), [8, 0, 0, 0, 0]),
    [chunk('sRGB', 0), chunk('gAMA', big(45455))],
    besides,
    [chunk('IDAT', rows.subarray(0, 5)), chunk('IDAT', rows.subarray(5))],
    chunk('IEND')
  );
}

const markedPng = bytes(
  png([
    chunk('tEXt', 'Comment\0', marker),
    chunk('zTXt', 'Comment\0\0', marker),
    chunk('iTXt', 'XML:com.adobe.xmp\0\0\0\0\0', xmp),
    chunk('eXIf', exif()),
    chunk('iCCP', `${marker}\0\0`, deflateSync(marker)),
    chunk('tIME', big(2026, 2), [5, 9, 10, 11, 12]),
    chunk('pHYs', big(1), big(1), 1),
    chunk('acTL', big(1), big(0)),
    chunk('fdAT', big(1), marker),
    chunk('prVt', marker)
  ]),
  marker
);

const riff = (type: string, ...body: readonly Part[]): Buffer => {
  const all = bytes(...body);
  return bytes(type, little(all.length), all, all.length % 2 ? 0 : []);
};
/** A key frame of VP8 of 16 × 8, as far as a header goes, and a lossless picture of the same size. */
const lossy = riff('VP8 ', [0x10, 0, 0, 0x9d, 1, 0x2a], little(16, 2), little(8, 2), 'coded');
const lossless = riff('VP8L', 0x2f, little(15 + 7 * 2 ** 14), 'coded');

export const webp = (...chunks: readonly Part[]): Buffer => riff('RIFF', 'WEBP', ...chunks);
const extended = (flags: number): Buffer => riff('VP8X', flags, zeros(3), little(15, 3), little(7, 3));
const frame = (...chunks: readonly Part[]): Buffer =>
  riff('ANMF', zeros(6), little(15, 3), little(7, 3), little(500, 3), 0, ...chunks);
const webpMetadata = [riff('EXIF', exif()), riff('XMP ', xmp), riff('made', `${marker}!`)];

export const stillWebp = webp(lossy);
const markedWebp = bytes(webp(extended(0x2c), riff('ICCP', marker), lossless, webpMetadata), marker);
const markedMovingWebp = webp(
  extended(0x2e),
  riff('ICCP', marker),
  riff('ANIM', zeros(6)),
  frame(riff('ALPH', 0, 'alpha'), lossy, riff('made', marker)),
  frame(lossless),
  webpMetadata
);

const blocks = (...texts: readonly Part[]): Buffer =>
  bytes(...texts.map((text) => bytes(bytes(text).length, text)), 0);
const application = (name: string, ...data: readonly Part[]): Buffer =>
  bytes([0x21, 0xff, 11], name, blocks(...data));
const gifPicture = (): Buffer =>
  bytes(
    0x2c,
    little(0),
    little(2, 2),
    little(2, 2),
    0,
    2,
    blocks(Buffer.of(0x8c, 0x2d), Buffer.of(0x99, 0x05))
  );
const shown = bytes([0x21, 0xf9, 4, 4], little(50, 2), [0, 0]);
const loop = application('NETSCAPE2.0', bytes(1, 0, 0));

export function gif(besides: readonly Part[] = [], frames = 2): Buffer {
  const pictures = Array.from({ length: frames }, () => bytes(shown, gifPicture()));
  return bytes(
    'GIF89a',
    little(2, 2),
    little(2, 2),
    [0x80, 0, 0],
    [0, 0, 0, 255, 255, 255],
    loop,
    besides,
    pictures,
    0x3b
  );
}

const markedGif = bytes(
  gif([
    bytes([0x21, 0xfe], blocks(marker, marker)),
    application('XMP DataXMP', xmp.slice(0, 200)),
    application('ICCRGBG1012', marker),
    application('NETSCAPE2.0', bytes(1, 0, 0), marker),
    application('NETSCAPE2.0', bytes(1, 9, 9)),
    bytes([0x21, 0x01], blocks(zeros(12), marker)),
    bytes([0x21, 0x77], blocks(marker))
  ]),
  `<script>${marker}`
);

export const markedPictures: readonly Marked[] = [
  { name: 'JPEG', file: markedJpeg, seen: [...scans] },
  { name: 'PNG', file: markedPng, seen: [rows.subarray(0, 5), rows.subarray(5)] },
  { name: 'WebP', file: markedWebp, seen: [lossless] },
  { name: 'WebP that moves', file: markedMovingWebp, seen: [lossy, lossless] },
  { name: 'GIF', file: markedGif, seen: [shown, gifPicture(), loop] }
];

export const cleanPictures = { jpeg: jpeg(), png: png(), webp: stillWebp, gif: gif() } as const;
