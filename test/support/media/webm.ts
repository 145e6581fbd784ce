import { big, bytes, zeros, type Part } from './bytes.ts';
import { amongData, marker, type Marked } from './marked.ts';

const idBytes = (id: number): Buffer => big(id, Math.ceil((32 - Math.clz32(id)) / 8));

/** An element, with its size in so many bytes. */
export function element(id: number, body: Part, sizeBytes = 8): Buffer {
  const all = bytes(body);
  const size = big(all.length, sizeBytes);
  size[0] = (size[0] ?? 0) | (0x80 >> (sizeBytes - 1));
  return bytes(idBytes(id), size, all);
}

/** One that does not say where it ends. */
export const open = (id: number, body: Part): Buffer => bytes(idBytes(id), 0x01, zeros(7).fill(0xff), body);

const picture = ['frame one', 'frame two', 'frame three'].map((text) => bytes(text));
const sound = ['tone one', 'tone two'].map((text) => bytes(text));
const block = (track: number, at: number, data: Part): Buffer => bytes(0x80 | track, big(at, 2), 0x80, data);

const header = element(
  0x1a45dfa3,
  [
    [element(0x4286, 1, 1), element(0x42f7, 1, 1), element(0x42f2, 4, 1), element(0x42f3, 8, 1)],
    [element(0x4282, 'webm', 1), element(0x4287, 4, 1), element(0x4285, 2, 1)],
    element(0xec, marker, 1)
  ],
  1
);

const info = element(0x1549a966, [
  element(0xbf, big(0xabad1dea), 1),
  element(0x2ad7b1, big(1_000_000), 1),
  element(0x4489, big(0x44bb8000), 1), // 1500
  element(0x7ba9, `title ${marker}`, 1),
  element(0x4461, big(0x0a1b2c3d, 8), 1),
  element(0x4d80, `muxer ${marker}`, 1),
  element(0x5741, `writer ${marker}`, 1),
  element(0x73a4, marker, 1),
  element(0x7384, `${marker}.mkv`, 1)
]);

const named = [
  element(0x536e, `name ${marker}`, 1),
  element(0x22b59c, marker, 1),
  element(0x258688, marker, 1)
];
const track = (number: number, type: number, ...more: readonly Part[]): Buffer =>
  element(0xae, [
    element(0xd7, number, 1),
    element(0x73c5, big(number, 8), 1),
    element(0x83, type, 1),
    ...more,
    named
  ]);
const tracks = element(0x1654ae6b, [
  track(
    1,
    1,
    element(0x86, 'V_VP9', 1),
    element(0xe0, [element(0xb0, big(64, 2), 1), element(0xba, big(48, 2), 1), element(0x7670, marker, 1)], 1)
  ),
  track(
    2,
    2,
    element(0x86, 'A_OPUS', 1),
    element(0x63a2, ['OpusHead', 1, 1, zeros(2), [0x80, 0xbb, 0, 0], zeros(3)], 1),
    element(0xe1, [element(0xb5, big(0x473b8000), 1), element(0x9f, 1, 1)], 1)
  ),
  track(3, 0x11, element(0x86, 'S_TEXT/UTF8', 1))
]);

const clusters = (make: (id: number, body: Part) => Buffer): Buffer =>
  bytes(
    make(0x1f43b675, [
      element(0xe7, 0, 1),
      element(0xa3, block(1, 0, picture[0] ?? ''), 1),
      element(0xa3, block(2, 0, sound[0] ?? ''), 1),
      element(0xa3, block(3, 0, `place ${amongData}`), 1),
      element(0xa0, [
        element(0xa1, block(1, 500, picture[1] ?? ''), 1),
        element(0x9b, 20, 1),
        element(0xa4, marker, 1)
      ]),
      element(0xa0, [element(0xa1, block(3, 500, amongData), 1), element(0x9b, 20, 1)]),
      element(0x7670, marker, 1)
    ]),
    make(0x1f43b675, [
      element(0xe7, big(1000, 2), 1),
      element(0xa3, block(1, 0, picture[2] ?? ''), 1),
      element(0xa3, block(2, 0, sound[1] ?? ''), 1)
    ])
  );

const rest = bytes(
  element(
    0x1c53bb6b,
    element(0xbb, [element(0xb3, 0, 1), element(0xb7, [element(0xf7, 1, 1), element(0xf1, 60, 1)], 1)], 1)
  ),
  element(
    0x1254c367,
    element(0x7373, element(0x67c8, [element(0x45a3, 'LOCATION', 1), element(0x4487, marker, 1)]))
  ),
  element(0x1043a770, element(0x45b9, marker)),
  element(0x1941a469, element(0x61a7, marker)),
  element(0xbf, big(0x12345678), 1)
);

export const webm = (): Buffer =>
  bytes(
    header,
    element(0x18538067, [element(0xec, `${marker}${marker}`), info, tracks, clusters(element), rest]),
    marker
  );
/** As a browser writes while it records. */
export const liveWebm = (): Buffer => bytes(header, open(0x18538067, [info, tracks, clusters(open), rest]));

const seen = [...picture, ...sound];

export const markedWebms: readonly Marked[] = [
  { name: 'WebM', file: webm(), seen },
  { name: 'WebM as it is recorded', file: liveWebm(), seen }
];
