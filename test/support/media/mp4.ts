import { big, bytes, zeros } from './bytes.ts';
import { box, described, full, type Track } from './mp4-boxes.ts';
import { h264, h265, h265Slices, keptH264, pictureSlices } from './mp4-units.ts';
import { amongData, marker, type Marked } from './marked.ts';

/** A time: seconds since 1904. */
const time = big(0xe1234567);
const matrix = bytes(big(0x10000), zeros(12), big(0x10000), zeros(12), big(0x40000000));

const picture: Track = {
  id: 1,
  handler: 'vide',
  samples: ['frame one', 'frame 2', 'frame three', 'four'].map((text) => bytes(text)),
  description: described('vp09', full('vpcC', 0x1000000, [0, 10, 0x82, 2, 2, 2, 0, 0]))
};
const sound: Track = {
  id: 2,
  handler: 'soun',
  samples: ['tone a', 'tone bb', 'tone ccc'].map((text) => bytes(text)),
  description: box(
    'Opus',
    zeros(6),
    big(1, 2),
    [zeros(8), big(2, 2), big(16, 2), zeros(4), big(48000 * 65536)],
    box('dOps', [0, 2], big(312, 2), big(48000), zeros(3))
  )
};
/** As action cameras write where they are. */
const places: Track = {
  id: 3,
  handler: 'meta',
  samples: [`GPS5 40.41 ${amongData}`, `GPS5 40.42 ${amongData}`, `GPS5 ${amongData}`].map((text) =>
    bytes(text)
  ),
  description: box('gpmd', zeros(6), big(1, 2), marker)
};
const tracksOf = ({ pictures = picture }: Layout): readonly Track[] => [pictures, sound, places];

const userData = box(
  'udta',
  box('\xa9xyz', big(22, 2), big(0x15c7, 2), `+40.4168-003.7038 ${marker}`),
  zeros(4)
);
const metadata = full(
  'meta',
  0,
  full('hdlr', 0, zeros(4), 'mdta', zeros(13)),
  box('ilst', box('\xa9nam', full('data', 1, zeros(4), marker)))
);
const vendor = box('uuid', zeros(16), marker);

/** How the parts of a film are laid out. */
export interface Layout {
  readonly header?: 'first' | 'last';
  readonly wide?: boolean;
  readonly besides?: boolean;
  /** Other pictures than the usual ones. */
  readonly pictures?: Track;
}

function trackBox(
  { id, handler, samples, description }: Track,
  offsets: readonly number[],
  layout: Layout
): Buffer {
  const { wide = false, besides = true } = layout;
  const perChunk = [[1, 2], ...(samples.length % 2 === 1 ? [[Math.ceil(samples.length / 2), 1]] : [])];
  const times = wide ? bytes(big(7, 8), big(8, 8)) : bytes(time, time);
  const duration = wide ? big(4000, 8) : big(4000);
  const version = wide ? 0x1000000 : 0;
  return box(
    'trak',
    full(
      'tkhd',
      version + 3,
      times,
      big(id),
      marker.slice(0, 4),
      duration,
      marker.slice(0, 8),
      zeros(8),
      matrix,
      [big(handler === 'vide' ? 64 * 65536 : 0), big(handler === 'vide' ? 48 * 65536 : 0)]
    ),
    box('edts', full('elst', 0, big(1), big(4000), big(0), big(0x10000))),
    besides ? [userData, metadata, box('tref', box('cdsc', big(1)))] : [],
    box(
      'mdia',
      full('mdhd', version, times, big(1000), duration, big(0x4d61, 2), zeros(2)),
      full('hdlr', 0, marker.slice(0, 4), handler, marker, zeros(3), `${marker} camera\0`),
      box(
        'minf',
        handler === 'vide' ? full('vmhd', 1, zeros(8)) : [],
        handler === 'soun' ? full('smhd', 0, zeros(4)) : [],
        box('dinf', full('dref', 0, big(1), full('url ', 1, marker))),
        box(
          'stbl',
          full('stsd', 0, big(1), description),
          full('stts', 0, big(1), big(samples.length), big(1000)),
          full(
            'stsc',
            0,
            big(perChunk.length),
            perChunk.map(([first = 0, count = 0]) => [big(first), big(count), big(1)])
          ),
          full(
            'stsz',
            0,
            big(0),
            big(samples.length),
            samples.map(({ length }) => big(length))
          ),
          full(
            wide ? 'co64' : 'stco',
            0,
            big(offsets.length),
            offsets.map((at) => big(at, wide ? 8 : 4))
          ),
          full('sdtp', 0, marker)
        )
      )
    ),
    vendor
  );
}

/** The samples of all tracks in turns of two, as cameras lay them, and something that belongs to nobody. */
function laidOut(
  from: number,
  tracks: readonly Track[]
): { readonly data: Buffer; readonly offsets: readonly (readonly number[])[] } {
  const data: Buffer[] = [];
  const offsets: number[][] = tracks.map(() => []);
  let at = from;
  const lay = (part: Buffer): void => {
    data.push(part);
    at += part.length;
  };
  const chunks = Math.ceil(Math.max(...tracks.map(({ samples }) => samples.length)) / 2);
  for (let chunk = 0; chunk < chunks; chunk++) {
    for (const [track, { samples }] of tracks.entries()) {
      if (chunk * 2 < samples.length) offsets[track]?.push(at);
      for (const sample of samples.slice(chunk * 2, chunk * 2 + 2)) lay(sample);
    }
    lay(bytes(`cut off: ${amongData}`));
  }
  return { data: bytes(...data), offsets };
}

/** A film of four pictures and three sounds, and a track of places. */
export function mp4(layout: Layout = {}): Buffer {
  const { header = 'last', wide = false, besides = true } = layout;
  const version = wide ? 0x1000000 : 0;
  const tracks = tracksOf(layout);
  const movie = (offsets: readonly (readonly number[])[]): Buffer =>
    box(
      'moov',
      full('mvhd', version, wide ? [big(7, 8), big(8, 8)] : [time, time], [
        big(1000),
        big(4000, wide ? 8 : 4),
        big(0x10000),
        big(0x100, 2),
        marker,
        zeros(1),
        matrix,
        marker,
        zeros(15),
        big(4)
      ]),
      tracks.map((track, at) => trackBox(track, offsets[at] ?? [], layout)),
      besides ? [userData, metadata] : []
    );
  const begin = bytes(
    box('ftyp', 'CAEP', marker.slice(0, 4), 'isom', 'XAVC'),
    box('wide'),
    besides ? [vendor, box('free', marker), box('skip', zeros(4))] : []
  );
  const head = header === 'first' ? movie(tracks.map(() => [0, 0])).length : 0;
  const dataHead = wide ? 16 : 8;
  const { data, offsets } = laidOut(begin.length + head + dataHead, tracks);
  const mdat = wide ? bytes(big(1), 'mdat', big(data.length + 16, 8), data) : box('mdat', data);
  const film = movie(offsets);
  return bytes(
    begin,
    header === 'first' ? [film, mdat] : [mdat, film],
    besides ? [vendor, box('made', marker)] : []
  );
}

/** The same film in two fragments, whose tracks follow one another. */
export function fragmentedMp4(layout: Layout = {}): Buffer {
  const tracks = tracksOf(layout);
  const empty = (track: Track): Buffer => trackBox({ ...track, samples: [] }, [], {});
  const begin = bytes(
    box('ftyp', 'isom', zeros(4), 'iso5'),
    box(
      'moov',
      full(
        'mvhd',
        0,
        time,
        time,
        big(1000),
        big(0),
        big(0x10000),
        big(0x100, 2),
        zeros(10),
        matrix,
        zeros(24),
        big(4)
      ),
      tracks.map(empty),
      box(
        'mvex',
        tracks.map(({ id }) => full('trex', 0, big(id), big(1), big(1000), zeros(8))),
        box('trep', marker)
      )
    )
  );
  const fragment = (number: number, from: number): Buffer => {
    const parts = tracks.map(({ samples }) => samples.slice(number * 2, number * 2 + 2));
    const runs = (begins: number): Buffer[] => {
      let at = begins;
      return tracks.map(({ id }, track) => {
        const samples = parts[track] ?? [];
        const run = full(
          'trun',
          0x201,
          big(samples.length),
          big(at),
          samples.map(({ length }) => big(length))
        );
        at += bytes(...samples).length;
        return box('traf', full('tfhd', 0x20000, big(id)), full('tfdt', 0, big(number * 2000)), run, [
          full('sbgp', 0, 'roll', marker),
          vendor
        ]);
      });
    };
    const moof = (begins: number): Buffer =>
      box('moof', full('mfhd', 0, big(number + 1)), runs(begins), box('uuid', zeros(16), marker));
    const head = moof(0).length + 8;
    return from >= 0 ? bytes(moof(head), box('mdat', parts.flat(), `spare ${amongData}`)) : zeros(0);
  };
  return bytes(begin, box('sidx', marker), fragment(0, 0), fragment(1, 0), box('mfra', marker));
}

const seen = [...picture.samples, ...sound.samples];

export const markedMp4s: readonly Marked[] = [
  { name: 'MP4', file: mp4(), seen },
  { name: 'MP4 that begins with its header', file: mp4({ header: 'first' }), seen },
  { name: 'MP4 of long numbers', file: mp4({ wide: true }), seen },
  { name: 'MP4 in fragments', file: fragmentedMp4(), seen },
  {
    name: 'MP4 of H.264',
    file: mp4({ pictures: h264 }),
    seen: [...pictureSlices, keptH264, ...sound.samples]
  },
  {
    name: 'MP4 of H.264 in fragments',
    file: fragmentedMp4({ pictures: h264 }),
    seen: [...pictureSlices, ...sound.samples]
  },
  {
    name: 'MP4 of H.265',
    file: mp4({ pictures: h265 }),
    seen: [...h265Slices, bytes(0x40, 1, 'VPS.'), ...sound.samples]
  }
];
