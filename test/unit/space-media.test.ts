import { describe, expect, test } from 'vitest';
import type { CommandArgs } from '#lib/domain/commands/command.ts';
import { plusDays } from '#lib/domain/dates.ts';
import { erasedInSpace } from '#lib/domain/erasing.ts';
import {
  largestMoving,
  largestPicture,
  largestPreview,
  largestSound,
  mediaBytes,
  mostMedia
} from '#lib/domain/media.ts';
import { mediaKinds, type Media } from '#lib/domain/records.ts';
import { storedKinds } from '#lib/media/kind.ts';
import { angel, fileHash, luca, marta, mediaId, pageId, rios, zoe, type Person } from '../support/cast.ts';
import { riosDeEuropa, type World } from '../support/world.ts';

type Announced = CommandArgs['media.add'];

const river = mediaId('the river');
const mb = 1_000_000;

function picture(of: Partial<Announced> = {}): Announced {
  const size = { width: 2560, height: 1440 };
  return { media: river, kind: 'webp', hash: fileHash('river'), bytes: 900_000, ...size, ...of };
}

/** A film of so many bytes. */
const film = (bytes: number, media = river): Announced => picture({ media, kind: 'mp4', bytes, seconds: 40 });

function adds(world: World, who: Person, announced: Announced): string {
  return world.answer(who, 'media.add', announced);
}

function there(world: World, media = river): Media | undefined {
  return world.state().members.media.get(media);
}

describe('what is added', () => {
  test('[ML1, PE26, G16] stands for everybody here, with its owner and day, and nothing that is not listed', () => {
    const world = riosDeEuropa();
    const preview = { kind: 'webp', hash: fileHash('small'), bytes: 20_000 } as const;
    expect([marta, luca, zoe, angel].map((who) => adds(world, who, picture()))).toEqual(
      Array(4).fill('accepted')
    );
    const { media: _, ...said } = picture({ preview });
    world.do(angel, 'media.add', { ...said, media: river });
    expect(there(world)).toEqual({ ...said, owner: angel.id, on: world.now });
    expect(adds(world, luca, picture({ hash: fileHash('other') }))).toBe('media-exists');
  });

  test('[ML1] is stored in one of the kinds that can be walked', () => {
    expect(mediaKinds).toEqual(storedKinds);
  });

  test('[ML1] may be for a page, which has to be there', () => {
    const world = riosDeEuropa();
    const page = pageId('El Ebro');
    expect(adds(world, angel, picture({ page }))).toBe('page-unknown');
    world.do(luca, 'page.create', { page, title: 'El Ebro', order: 'a0', draft: false });
    expect(adds(world, angel, picture({ page }))).toBe('accepted');
  });

  test('[ML1] comes to ten thousand at most', () => {
    const world = riosDeEuropa();
    world.do(angel, 'media.add', picture({ bytes: 1 }));
    const [media] = [...world.state().members.media.values()];
    const full = Array.from({ length: mostMedia - 1 }, (_, at) => at);
    if (media)
      world.write(
        full.map((at) => ({ doc: 'members', map: 'media', key: mediaId(`m ${at}`), value: media })),
        rios
      );
    expect(adds(world, angel, picture({ media: mediaId('one more') }))).toBe('too-many-media');
  });
});

describe('room', () => {
  test('[ML2] a picture, one that moves, a sound, a preview and a film have their own bounds', () => {
    const world = riosDeEuropa();
    const largest: readonly Announced[] = [
      picture({ bytes: largestPicture }),
      picture({ bytes: largestMoving, kind: 'gif' }),
      picture({ bytes: largestMoving, seconds: 3 }),
      picture({ bytes: largestSound, kind: 'webm', width: 0, height: 0, seconds: 300 }),
      film(150 * mb),
      picture({ preview: { kind: 'webp', hash: fileHash('small'), bytes: largestPreview } })
    ];
    expect(largest.map((one) => adds(world, angel, one))).toEqual(Array(6).fill('accepted'));
    const { preview, ...plain } = largest[5] ?? picture();
    const larger: readonly Announced[] = [
      ...largest.slice(0, 5).map((one) => ({ ...one, bytes: one.bytes + 1 })),
      { ...plain, preview: { kind: 'webp', hash: fileHash('small'), bytes: (preview?.bytes ?? 0) + 1 } }
    ];
    expect(larger.map((one) => adds(world, angel, one))).toEqual(Array(6).fill('media-too-large'));
    world.do(marta, 'settings.set', { settings: { mediaFilmMegabytes: 200 } });
    expect(adds(world, angel, film(200 * mb))).toBe('accepted');
  });

  test('[ML2] what a member adds in a day is counted by what is announced, and returned when it is removed', () => {
    const world = riosDeEuropa();
    world.do(marta, 'settings.set', { settings: { mediaDayMegabytes: 20 } });
    world.do(angel, 'media.add', film(19 * mb));
    const more = picture({ media: mediaId('more'), bytes: mb + 1 });
    expect(adds(world, angel, more)).toBe('media-day-full');
    expect(adds(world, zoe, more)).toBe('accepted');
    world.do(angel, 'media.remove', { media: river });
    expect(adds(world, angel, more)).toBe('accepted');
    world.do(angel, 'media.restore', { media: river });
    world.now = plusDays(world.now, 1);
    expect(adds(world, angel, more)).toBe('accepted');
  });

  test('[ML2] the TwinSpace has room for so much, previews included, whoever adds it', () => {
    const world = riosDeEuropa();
    world.do(marta, 'settings.set', { settings: { mediaSpaceMegabytes: 100 } });
    const preview = { kind: 'webp', hash: fileHash('small'), bytes: 500_000 } as const;
    world.do(angel, 'media.add', { ...film(99 * mb), preview });
    expect(mediaBytes(world.state(), world.now)).toBe(99.5 * mb);
    const more = picture({ media: mediaId('more'), bytes: mb });
    expect(adds(world, marta, more)).toBe('media-full');
    world.do(marta, 'media.remove', { media: river });
    world.do(luca, 'media.add', more);
    expect(world.answer(marta, 'media.restore', { media: river })).toBe('media-full');
  });

  test('[SG5] administrators choose within bounds', () => {
    const world = riosDeEuropa();
    const sets = (settings: CommandArgs['settings.set']['settings'], who = marta): string =>
      world.answer(who, 'settings.set', { settings });
    expect(
      sets({ mediaSpaceMegabytes: 50_000, mediaFilmMegabytes: 1, mediaDayMegabytes: 10, mediaApproval: true })
    ).toBe('accepted');
    expect(sets({ mediaApproval: true }, luca)).toBe('only-administrators');
    const wrong = [
      { mediaSpaceMegabytes: 99 },
      { mediaSpaceMegabytes: 50_001 },
      { mediaFilmMegabytes: 1.5 },
      { mediaFilmMegabytes: 1_001 },
      { mediaDayMegabytes: 9 },
      { mediaDayMegabytes: 5_001 }
    ];
    expect(wrong.map((settings) => sets(settings))).toEqual(Array(6).fill('setting-invalid'));
  });
});

describe('what is removed', () => {
  test('[ML3, PE27, G13] is removed by its owner, their teacher and administrators', () => {
    const world = riosDeEuropa();
    world.do(angel, 'media.add', picture());
    const removes = (who: Person): string => world.answer(who, 'media.remove', { media: river });
    expect([marta, angel].map(removes)).toEqual(['accepted', 'accepted']);
    expect(removes(zoe)).toBe('only-own-things');
    world.do(angel, 'media.remove', { media: river });
    expect(there(world)?.removed).toEqual({ by: angel.id, on: world.now });
    expect(removes(angel)).toBe('media-removed');
    expect(world.answer(marta, 'media.remove', { media: mediaId('none') })).toBe('media-unknown');
  });

  test('[ML3] comes back within thirty days as it was', () => {
    const world = riosDeEuropa();
    world.do(angel, 'media.add', picture());
    const before = there(world);
    expect(world.answer(angel, 'media.restore', { media: river })).toBe('media-not-removed');
    world.do(angel, 'media.remove', { media: river });
    world.now = plusDays(world.now, 30);
    expect(world.answer(angel, 'media.restore', { media: river })).toBe('accepted');
    world.do(angel, 'media.restore', { media: river });
    expect(there(world)).toEqual(before);
    world.do(angel, 'media.remove', { media: river });
    world.now = plusDays(world.now, 31);
    expect(world.answer(angel, 'media.restore', { media: river })).toBe('restore-too-late');
    expect(world.answer(marta, 'media.restore', { media: mediaId('none') })).toBe('media-unknown');
  });

  test('[ER5, ML1] of whoever is erased the media stay, under their id', () => {
    const world = riosDeEuropa();
    world.do(angel, 'media.add', picture());
    expect(erasedInSpace(world.state(), world.gone(angel)).filter(({ map }) => map === 'media')).toEqual([]);
  });
});

test('[ML2] a picture has so many pixels at most, and a sound takes so long', () => {
  const world = riosDeEuropa();
  const sized = (width: number, height: number, of: Partial<Announced> = {}): string =>
    adds(world, angel, picture({ width, height, ...of }));
  expect([sized(10_000, 8000), sized(10_000, 8001)]).toEqual(['accepted', 'too-many-pixels']);
  const sounds = [300, 301].map((seconds) => sized(0, 0, { kind: 'webm', seconds }));
  expect(sounds).toEqual(['accepted', 'sound-too-long']);
});

describe('what never arrives', () => {
  test('[ML2] takes no room after thirty days, and takes it again once it has arrived', () => {
    const world = riosDeEuropa();
    world.do(marta, 'settings.set', { settings: { mediaSpaceMegabytes: 100 } });
    world.do(angel, 'media.add', film(99 * mb));
    const more = picture({ media: mediaId('more'), bytes: 2 * mb });
    world.now = plusDays(world.now, 30);
    expect(adds(world, angel, more)).toBe('media-full');
    world.now = plusDays(world.now, 1);
    expect(mediaBytes(world.state(), world.now)).toBe(0);
    expect(adds(world, angel, more)).toBe('accepted');
    const media = there(world);
    if (media)
      world.write(
        [{ doc: 'members', map: 'media', key: river, value: { ...media, here: { file: true } } }],
        rios
      );
    expect(adds(world, angel, more)).toBe('media-full');
  });
});

describe('approval', () => {
  /** A TwinSpace in which Ángel's picture waits. */
  function waiting(): World {
    const world = riosDeEuropa();
    world.do(marta, 'settings.set', { settings: { mediaApproval: true } });
    world.do(angel, 'media.add', picture());
    return world;
  }

  test('[ML4, PE35] what a pupil adds waits for an adult, where an administrator wants it', () => {
    const world = riosDeEuropa();
    world.do(marta, 'settings.set', { settings: { mediaApproval: true } });
    world.do(angel, 'media.add', picture());
    world.do(luca, 'media.add', picture({ media: mediaId('teacher') }));
    expect(there(world)?.waiting).toBe(true);
    expect(there(world, mediaId('teacher'))?.waiting).toBeUndefined();
    const approves = (who: Person): string => world.answer(who, 'media.approve', { media: river });
    expect([angel, zoe, luca, marta].map(approves)).toEqual([
      ...Array(2).fill('not-permitted'),
      ...Array(2).fill('accepted')
    ]);
    world.do(luca, 'media.approve', { media: river });
    expect(there(world)?.waiting).toBeUndefined();
    expect(approves(marta)).toBe('media-not-waiting');
    expect(world.answer(marta, 'media.approve', { media: mediaId('none') })).toBe('media-unknown');
  });

  const no = { media: river, owner: angel.id, why: 'Se ve la cara de un niño' };

  test('[ML5, PE35] or for an adult’s no: then it is in the trash, with the reason', () => {
    const world = waiting();
    const says = (who: Person, of: Partial<typeof no> = {}): string =>
      world.answer(who, 'media.refuse', { ...no, ...of });
    expect([angel, zoe, luca, marta].map((who) => says(who))).toEqual([
      ...Array(2).fill('not-permitted'),
      ...Array(2).fill('accepted')
    ]);
    expect(
      ['', '  ', 'a'.repeat(201), ' edge', 'two\nlines', 'a\u202eb'].map((why) => says(luca, { why }))
    ).toEqual(Array(6).fill('why-invalid'));
    expect(says(luca, { why: 'ñ'.repeat(200) })).toBe('accepted');
    expect([says(luca, { owner: zoe.id }), says(luca, { media: mediaId('none') })]).toEqual(
      Array(2).fill('media-unknown')
    );
    world.do(luca, 'media.refuse', no);
    expect(there(world)).toMatchObject({
      waiting: true,
      removed: { by: luca.id, on: world.now, why: no.why }
    });
    expect(says(marta)).toBe('media-removed');
    expect(world.answer(marta, 'media.approve', { media: river })).toBe('media-removed');
  });

  test('[ML5] what was seen by everybody is removed otherwise', () => {
    const world = waiting();
    world.do(luca, 'media.approve', { media: river });
    expect(world.answer(luca, 'media.refuse', no)).toBe('media-not-waiting');
  });

  test('[ML5, ML3] only an adult brings it back, and then it waits again, without the reason', () => {
    const world = waiting();
    const before = there(world);
    world.do(luca, 'media.refuse', no);
    const restores = (who: Person): string => world.answer(who, 'media.restore', { media: river });
    expect([angel, zoe, luca, marta].map(restores)).toEqual([
      ...Array(2).fill('not-permitted'),
      ...Array(2).fill('accepted')
    ]);
    world.do(marta, 'media.restore', { media: river });
    expect(there(world)).toEqual(before);
    world.do(luca, 'media.refuse', no);
    world.now = plusDays(world.now, 31);
    expect(restores(marta)).toBe('restore-too-late');
  });

  test('[ML5, ER5] with whose it was the reason goes', () => {
    const world = waiting();
    world.do(luca, 'media.refuse', no);
    const [left, ...more] = erasedInSpace(world.state(), world.gone(angel)).filter(
      ({ map }) => map === 'media'
    );
    expect([left?.value, more]).toEqual([{ ...there(world), removed: { by: luca.id, on: world.now } }, []]);
    const others = erasedInSpace(world.state(), world.gone(luca));
    expect(others.filter(({ map }) => map === 'media')).toEqual([]);
  });
});
