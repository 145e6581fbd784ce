import { big, bytes, zeros, type Part } from './bytes.ts';
import { amongData, marker } from './marked.ts';
import { box, described, type Track } from './mp4-boxes.ts';

/** Units, each behind its length. */
const units = (...all: readonly Part[]): Buffer =>
  bytes(...all.map((unit) => bytes(big(bytes(unit).length), unit)));
/** A message of SEI that is behind a unit's header: its type, its length, and what it says. */
const message = (type: number, says: Part): Buffer => bytes(type, bytes(says).length, says);
const id = bytes(zeros(2), 3, zeros(2), 3, zeros(10));

/** What encoders and cameras say beside pictures of H.264: settings, captions, a time, and what is only theirs. */
const besideH264 = [
  bytes(6, message(5, [id, `${amongData} x264 settings`]), 0x80),
  bytes(6, message(6, [0x84]), message(4, [0xb5, 0, 0x31, `GA${94}${amongData}`]), 0x80),
  bytes(6, message(1, `${amongData} 10:32`), 0x80),
  bytes(6, message(5, amongData)),
  bytes(6, 0xff, 0xff, 3, amongData),
  bytes(0x1f, amongData),
  bytes(12, 0xff, amongData, 0x80)
];
const slice = (text: string): Buffer => bytes(0x65, text);
export const pictureSlices = ['slice one', 'slice two', 'slice three', 'slice four'].map(slice);
export const keptH264 = bytes(6, message(6, [0x84]), 0x80);

/** Pictures of H.264, cut into units, with everything among them that can be. */
export const h264: Track = {
  id: 1,
  handler: 'vide',
  samples: pictureSlices.map((one) => bytes(units(bytes(9, 0xf0), ...besideH264, keptH264, one), zeros(2))),
  description: described(
    'avc1',
    box('avcC', [1, 100, 0, 31, 0xff, 0xe1], big(4, 2), 'gSPS', 1, big(3, 2), 'hPP')
  )
};

const besideH265 = [
  bytes(0x4e, 1, message(5, [id, `${amongData} x265 settings`]), 0x80),
  bytes(0x50, 1, message(4, amongData), 0x80),
  bytes(0x7c, 1, amongData)
];
export const h265Slices = ['slice one', 'slice two', 'slice three', 'slice four'].map((text) =>
  bytes(0x26, 1, text)
);
/** The same of H.265, whose description holds messages, too. */
export const h265: Track = {
  id: 1,
  handler: 'vide',
  samples: h265Slices.map((one) => units(...besideH265, one)),
  description: described(
    'hvc1',
    box(
      'hvcC',
      [1, zeros(20), 0xf3, 2],
      [0xa0, big(1, 2), big(6, 2), [0x40, 1, 'VPS.']],
      [0xa7, big(1, 2), big(bytes(besideH265[0] ?? '').length, 2), besideH265[0] ?? ''],
      marker
    )
  )
};
