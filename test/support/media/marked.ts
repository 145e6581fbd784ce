import { bytes, little, zeros } from './bytes.ts';

/** The word with which everything is marked that must not be left. */
export const marker = 'R10-TURIA';
/** The same for what lies among the data of decoders: one altered number makes it a picture or a sound. */
export const amongData = 'R10-JUCAR';

/** A file with everything in it that its kind can carry besides what is seen and heard. */
export interface Marked {
  readonly name: string;
  readonly file: Buffer;
  /** What decoders get, which has to stay. */
  readonly seen: readonly Buffer[];
}

/** An entry of a directory of TIFF: tag, type, number of values, and these as bytes. */
type Entry = readonly [tag: number, type: number, count: number, value: Buffer];

/** A directory that stands at `at`; values of more than four bytes stand behind it. */
function directory(at: number, entries: readonly Entry[]): Buffer {
  const rows: Buffer[] = [];
  const values: Buffer[] = [];
  let next = at + 2 + entries.length * 12 + 4;
  for (const [tag, type, count, value] of entries) {
    const short = value.length <= 4;
    const place = short ? bytes(value, zeros(4 - value.length)) : little(next);
    rows.push(bytes(little(tag, 2), little(type, 2), little(count), place));
    if (short) continue;
    values.push(value);
    next += value.length;
  }
  return bytes(little(entries.length, 2), rows, zeros(4), values);
}

/**
 * EXIF with a camera's name and a place, as phones write it.
 *
 * @param orientation how the picture lies (Exif 2.32, 4.6.4 A)
 */
export function exif(orientation = 1): Buffer {
  const make = bytes(marker, 0);
  const degrees = bytes(...[40, 1, 24, 1, 59, 1].map((value) => little(value)));
  const places = 8 + 2 + 3 * 12 + 4 + make.length;
  return bytes(
    'II*\0',
    little(8),
    directory(8, [
      [0x010f, 2, make.length, make],
      [0x0112, 3, 1, bytes(little(orientation, 2))],
      [0x8825, 4, 1, little(places)]
    ]),
    directory(places, [
      [1, 2, 2, bytes('N\0')],
      [2, 5, 3, degrees],
      [3, 2, 2, bytes('W\0')],
      [4, 5, 3, degrees]
    ])
  );
}

export const xmp = `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/" dc:creator="${marker}"/></rdf:RDF></x:xmpmeta>`;
