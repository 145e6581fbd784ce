/**
 * How an element that is kept is read: `numbers` has at most eight bytes, `name` one of those that are listed, `decoder`
 * what a decoder begins with, `nameless` a text that has to be there and becomes empty; others have elements in them.
 */
export type Kept = 'numbers' | 'name' | 'decoder' | 'nameless' | Elements;

/** The elements that are kept in another, by their ids; whatever is not listed becomes Void. */
export interface Elements {
  readonly [id: number]: Kept;
}

const numbers = 'numbers';

/** Elements of EBML's header (RFC 8794, 11.2). */
export const ebmlHeader: Elements = {
  0x4286: numbers, // EBMLVersion
  0x42f7: numbers, // EBMLReadVersion
  0x42f2: numbers, // EBMLMaxIDLength
  0x42f3: numbers, // EBMLMaxSizeLength
  0x4282: 'name', // DocType
  0x4287: numbers, // DocTypeVersion
  0x4285: numbers // DocTypeReadVersion
};

/** Elements of Matroska (RFC 9559, 5.1) that say how to play. */
export const segmentHead: Elements = {
  // SeekHead
  0x114d9b74: { 0x4dbb: { 0x53ab: numbers, 0x53ac: numbers } },
  // Info: the scale of times and the duration; the programs' names have to be there, and are emptied
  0x1549a966: { 0x2ad7b1: numbers, 0x4489: numbers, 0x4d80: 'nameless', 0x5741: 'nameless' },
  // Cues
  0x1c53bb6b: {
    0xbb: {
      0xb3: numbers,
      0xb7: { 0xf7: numbers, 0xf1: numbers, 0xf0: numbers, 0xb2: numbers, 0x5378: numbers }
    }
  }
};

/** Colour: by numbers (RFC 9559, 5.1.4.1.28.16). */
const colour: Elements = {
  ...Object.fromEntries(
    [
      0x55b1, 0x55b2, 0x55b3, 0x55b4, 0x55b5, 0x55b6, 0x55b7, 0x55b8, 0x55b9, 0x55ba, 0x55bb, 0x55bc, 0x55bd
    ].map((id) => [id, numbers])
  ),
  0x55d0: Object.fromEntries(
    [0x55d1, 0x55d2, 0x55d3, 0x55d4, 0x55d5, 0x55d6, 0x55d7, 0x55d8, 0x55d9, 0x55da].map((id) => [
      id,
      numbers
    ])
  )
};

/** What is kept of a track's entry (RFC 9559, 5.1.4.1); its names and languages go. */
export const trackEntry: Elements = {
  0xd7: numbers, // TrackNumber
  0x73c5: numbers, // TrackUID
  0x83: numbers, // TrackType
  0xb9: numbers, // FlagEnabled
  0x88: numbers, // FlagDefault
  0x55aa: numbers, // FlagForced
  0x9c: numbers, // FlagLacing
  0x6de7: numbers, // MinCache
  0x6df8: numbers, // MaxCache
  0x23e383: numbers, // DefaultDuration
  0x234e7a: numbers, // DefaultDecodedFieldDuration
  0x55ee: numbers, // MaxBlockAdditionID
  0x86: 'name', // CodecID
  0x63a2: 'decoder', // CodecPrivate
  0xaa: numbers, // CodecDecodeAll
  0x56aa: numbers, // CodecDelay
  0x56bb: numbers, // SeekPreRoll
  // Video
  0xe0: {
    ...Object.fromEntries(
      [0x9a, 0x9d, 0x53b8, 0x53c0, 0xb0, 0xba, 0x54aa, 0x54bb, 0x54cc, 0x54dd, 0x54b0, 0x54ba, 0x54b2].map(
        (id) => [id, numbers]
      )
    ),
    0x55b0: colour
  },
  // Audio
  0xe1: { 0xb5: numbers, 0x78b5: numbers, 0x9f: numbers, 0x6264: numbers, 0x52f1: numbers }
};

/** What is kept of a cluster besides its blocks (RFC 9559, 5.1.3). */
export const cluster: Elements = { 0xe7: numbers, 0xa7: numbers, 0xab: numbers };

/** What is kept of a group besides its block: durations and references. */
export const blockGroup: Elements = {
  0x9b: numbers,
  0xfa: numbers,
  0xfb: numbers,
  0x75a2: numbers
};
