import { crc32 } from '#lib/media/crc32.ts';

/* Files as programs write them that no canvas writes: put together here, byte by byte. */

/** The words that stand in every file of these, and may stand in none that is made of them. */
export const trace = 'R10-TURIA';

/** By rows: its quarters, as a sensor has them. */
export const quarters = [
  [255, 0, 0],
  [0, 255, 0],
  [0, 0, 255],
  [255, 255, 255]
] as const;

const [across, down] = [6, 4];
/** In pixels. */
export const [wide, high] = [across * 8, down * 8];

type Colour = readonly [number, number, number];

const quarterAt = (column: number, row: number, [columns, rows]: readonly [number, number]): Colour =>
  quarters[column < columns / 2 ? (row < rows / 2 ? 0 : 2) : row < rows / 2 ? 1 : 3];

const text = (words: string): number[] => Array.from(words, (sign) => sign.charCodeAt(0));
const big = (value: number, length: number): number[] =>
  Array.from({ length }, (_, at) => Math.floor(value / 256 ** (length - 1 - at)) % 256);
const little = (value: number, length: number): number[] => big(value, length).reverse();

const segment = (code: number, ...body: readonly number[]): number[] => [
  ...[0xff, code],
  ...big(body.length + 2, 2),
  ...body
];

/** Exif 2.32: a camera's name, and how the picture lies (4.6.4 A). */
function exif(orientation: number): number[] {
  const make = [...text(trace), 0];
  const entry = (tag: number, type: number, count: number, value: readonly number[]): number[] => [
    ...little(tag, 2),
    ...little(type, 2),
    ...little(count, 4),
    ...value
  ];
  return [
    ...text('Exif\0\0II*\0'),
    ...little(8, 4),
    ...little(2, 2),
    ...entry(0x010f, 2, make.length, little(8 + 2 + 24 + 4, 4)),
    ...entry(0x0112, 3, 1, little(orientation, 4)),
    ...little(0, 4),
    ...make
  ];
}

/** Bits as a JPEG has them: to whole bytes with ones, and 255 is followed by 0 (T.81, F.1.2.3). */
function packed(bits: readonly string[]): number[] {
  const all = bits.join('');
  const whole = all.padEnd(Math.ceil(all.length / 8) * 8, '1');
  return Array.from({ length: whole.length / 8 }, (_, at) =>
    Number.parseInt(whole.slice(at * 8, at * 8 + 8), 2)
  ).flatMap((byte) => (byte === 255 ? [255, 0] : [byte]));
}

/** How far a block is from the one before it: how many bits, in four of them, and these (T.81, F.1.2.1). */
function difference(value: number): string {
  const length = value === 0 ? 0 : Math.floor(Math.log2(Math.abs(value))) + 1;
  const bits = value < 0 ? value + 2 ** length - 1 : value;
  return length.toString(2).padStart(4, '0') + (length === 0 ? '' : bits.toString(2).padStart(length, '0'));
}

export interface JpegAs {
  /** As a camera was held (Exif); 1 if nothing else is said. */
  readonly orientation?: number;
  /** As printers have it, in four inks. */
  readonly inks?: boolean;
  /** Coarse first, and then finer: in two scans. */
  readonly progressive?: boolean;
}

/** A JPEG in blocks of one colour each, in RGB or in inks as Adobe writes them: the other way round. */
export function jpegOf({ orientation = 1, inks = false, progressive = false }: JpegAs): Blob {
  const parts = inks ? [0, 1, 2, 3] : [0, 1, 2];
  const blocks = Array.from({ length: across * down }, (_, at) => {
    const colour = quarterAt(at % across, Math.floor(at / across), [across, down]);
    return parts.map((part) => (colour[part] ?? 255) - 128);
  });
  const begins = (first: number, last: number, bits: number): number[] =>
    segment(0xda, parts.length, ...parts.flatMap((part) => [part + 1, 0]), first, last, bits);
  const coded = (of: (value: number, before: number) => string): number[] =>
    packed(blocks.flatMap((block, at) => block.map((value, part) => of(value, blocks[at - 1]?.[part] ?? 0))));
  const scans = progressive
    ? [
        ...begins(0, 0, 0x01),
        ...coded((value, before) => difference((value >> 1) - (before >> 1))),
        ...begins(0, 0, 0x10),
        ...coded((value) => String(value & 1))
      ]
    : [...begins(0, 63, 0), ...coded((value, before) => `${difference(value - before)}0`)];
  const sixteen = (at: number, count: number): number[] =>
    Array.from({ length: 16 }, (_, index) => (index === at ? count : 0));
  return new Blob([
    new Uint8Array([
      ...[0xff, 0xd8],
      ...segment(0xe1, ...exif(orientation)),
      ...segment(0xee, ...text('Adobe'), 0, 100, 0, 0, 0, 0, 0),
      ...segment(0xfe, ...text(trace)),
      // A block of one colour says eight times as much as its colour.
      ...segment(0xdb, 0, 8, ...Array.from({ length: 63 }, () => 1)),
      ...segment(
        progressive ? 0xc2 : 0xc0,
        ...[8, ...big(high, 2), ...big(wide, 2), parts.length],
        ...parts.flatMap((part) => [part + 1, 0x11, 0])
      ),
      ...segment(0xc4, 0x00, ...sixteen(3, 9), 0, 1, 2, 3, 4, 5, 6, 7, 8),
      ...segment(0xc4, 0x10, ...sixteen(0, 1), 0),
      ...scans,
      ...[0xff, 0xd9]
    ])
  ]);
}

/** @param bits of each colour; @param clear the last quarter can be seen through */
export async function pngOf({
  bits,
  clear
}: {
  readonly bits: 8 | 16;
  readonly clear: boolean;
}): Promise<Blob> {
  const rows: number[] = [];
  for (let y = 0; y < high; y++) {
    rows.push(0);
    for (let x = 0; x < wide; x++) {
      const alpha = clear && x >= wide / 2 && y >= high / 2 ? 0 : 255;
      for (const value of [...quarterAt(x, y, [wide, high]), alpha])
        rows.push(...(bits === 16 ? [value, value] : [value]));
    }
  }
  const chunk = (type: string, data: readonly number[]): number[] => {
    const named = [...text(type), ...data];
    return [...big(data.length, 4), ...named, ...big(crc32(new Uint8Array(named)), 4)];
  };
  const packing = new Blob([new Uint8Array(rows)]).stream().pipeThrough(new CompressionStream('deflate'));
  const data = new Uint8Array(await new Response(packing).arrayBuffer());
  return new Blob([
    new Uint8Array([
      ...[0x89, ...text('PNG\r\n\x1a\n')],
      ...chunk('IHDR', [...big(wide, 4), ...big(high, 4), bits, 6, 0, 0, 0]),
      ...chunk('tEXt', text(`Author\0${trace}`)),
      ...chunk('IDAT', [...data]),
      ...chunk('IEND', [])
    ])
  ]);
}

/** A PNG that says it is so large, and is nothing. */
export function pngThatSays(width: number, height: number): Blob {
  const named = [...text('IHDR'), ...big(width, 4), ...big(height, 4), 8, 2, 0, 0, 0];
  const end = [...text('IEND')];
  return new Blob([
    new Uint8Array([
      ...[0x89, ...text('PNG\r\n\x1a\n')],
      ...[...big(13, 4), ...named, ...big(crc32(new Uint8Array(named)), 4)],
      ...[...big(0, 4), ...text('IDAT'), ...big(crc32(new Uint8Array(text('IDAT'))), 4)],
      ...[...big(0, 4), ...end, ...big(crc32(new Uint8Array(end)), 4)]
    ])
  ]);
}

/** One pixel, black and white in turns (GIF 89a). */
export function gifOf(frames: number): Blob {
  const frame = (code: number): readonly number[] => [
    ...[0x21, 0xf9, 4, 0, 10, 0, 0, 0],
    ...[0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0],
    ...[2, 2, code, 1, 0]
  ];
  const screen = [1, 0, 1, 0, 0x80, 0, 0, 0, 0, 0, 255, 255, 255];
  const all = Array.from({ length: frames }, (_, at) => new Uint8Array(frame(at % 2 === 0 ? 0x44 : 0x4c)));
  return new Blob(['GIF89a', new Uint8Array(screen), ...all, new Uint8Array([0x3b])]);
}

/**
 * An AVIF as libavif writes one, with a camera's name in Exif: its pixels as a sensor has them, to be seen a quarter turned
 * to the left (ISO/IEC 23008-12, 6.5.10).
 */
export function avifOf(): Blob {
  return new Blob([Uint8Array.from(atob(avif), (sign) => sign.charCodeAt(0))], { type: 'image/avif' });
}

const avif = [
  'AAAAIGZ0eXBhdmlmAAAAAGF2aWZtaWYxbWlhZk1BMUEAAAE9bWV0YQAAAAAAAAAoaGRscgAAAAAAAAAAcGljdAAAAAAAAAAAAAAA',
  'AGxpYmF2aWYAAAAADnBpdG0AAAAAAAEAAAAsaWxvYwAAAABEAAACAAEAAAABAAABjQAAAC8AAgAAAAEAAAFlAAAAKAAAAEFpaW5m',
  'AAAAAAACAAAAGmluZmUCAAAAAAEAAGF2MDFDb2xvcgAAAAAZaW5mZQIAAAAAAgAARXhpZkV4aWYAAAAAGmlyZWYAAAAAAAAADmNk',
  'c2MAAgABAAEAAAB0aXBycAAAAFRpcGNvAAAAFGlzcGUAAAAAAAAAMAAAACAAAAAQcGl4aQAAAAADCAgIAAAADGF2MUOBIAAAAAAA',
  'E2NvbHJuY2x4AAEADQAGgAAAAAlpcm90AQAAABhpcG1hAAAAAAAAAAEAAQUBAoMEhQAAAF9tZGF0AAAAAElJKgAIAAAAAQAPAQIA',
  'CgAAABoAAAAAAAAAUjEwLVRVUklBABIACgk4FS//KAhoNIAyIERQAAAQEPpjPLx1SpHAkF0SGgzMPw6yZId8Ii8aTQ/Q'
].join('');

/** A BMP of 24 bits (Windows' BITMAPINFOHEADER), whose rows begin above or below. */
export function bmpOf(from: 'above' | 'below'): Blob {
  const rows = Array.from({ length: high }, (_, row) =>
    Array.from({ length: wide }, (_, column) => quarterAt(column, row, [wide, high]).toReversed()).flat()
  );
  const pixels = (from === 'above' ? rows : rows.toReversed()).flat();
  const sized = [
    ...little(40, 4),
    ...little(wide, 4),
    ...little(from === 'above' ? 2 ** 32 - high : high, 4),
    ...little(1, 2),
    ...little(24, 2)
  ];
  const header = [...sized, ...little(0, 24)];
  const head = [...text('BM'), ...little(54 + pixels.length, 4), ...little(0, 4), ...little(54, 4)];
  // What a program leaves behind the last row is no pixel.
  return new Blob([Uint8Array.from([...head, ...header, ...pixels, ...text(trace)])], { type: 'image/bmp' });
}
