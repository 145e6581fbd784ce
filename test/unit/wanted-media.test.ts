import { describe, expect, test } from 'vitest';
import { plusDays } from '#lib/domain/dates.ts';
import type { Device } from '#lib/domain/device.ts';
import type { MediaId } from '#lib/domain/ids.ts';
import { mediaIn } from '#lib/domain/media.ts';
import type { Media } from '#lib/domain/records.ts';
import { emptySpace, type SpaceState } from '#lib/domain/state.ts';
import { wantedMedia, type MediaWish } from '#lib/session/media/wanted-media.ts';
import {
  angel,
  classroomTablet,
  fileHash,
  luca,
  marta,
  mediaId,
  rios,
  type Person,
  zoe
} from '../support/cast.ts';
import { riosDeEuropa, type World } from '../support/world.ts';

const nothingChosen: MediaWish = { asked: new Set(), kept: new Set(), room: 300_000_000 };

/** Somebody adds a picture, and the relay has all of it. */
function adds(world: World, who: Person, called: string): void {
  const size = { width: 640, height: 480 };
  const preview = { kind: 'webp', hash: fileHash(`${called} small`), bytes: 2_000 } as const;
  const media = mediaId(called);
  world.do(who, 'media.add', {
    media,
    kind: 'webp',
    hash: fileHash(called),
    bytes: 90_000,
    ...size,
    preview
  });
  const record = mediaIn(world.state(), media);
  if (record)
    world.write(
      [
        {
          doc: 'members',
          map: 'media',
          key: media,
          value: { ...record, here: { file: true, preview: true } }
        }
      ],
      rios
    );
}

/** What a device knows of a TwinSpace of which it follows `members` alone. */
function withoutStaff(world: World): SpaceState {
  const state = world.state();
  return { ...state, staff: emptySpace(state.id).staff };
}

function wants(world: World, device: Device): readonly string[] {
  const known = { directory: world.directory, device };
  return wantedMedia([withoutStaff(world)], known, nothingChosen).map(
    ({ media, part }) => `${media} ${part}`
  );
}

describe('what a device fetches by itself', () => {
  test('[MT6, RD5] on a classroom tablet is what others made, too, although it is not told there what it is to hold', () => {
    const world = riosDeEuropa();
    adds(world, luca, 'river');
    const tablet = { ...classroomTablet(marta.id), accounts: [zoe.id] };
    const all = ['preview', 'file'].map((part) => `${mediaId('river')} ${part}`);
    expect(wants(world, tablet)).toEqual(all);
    expect(wants(world, zoe.device)).toEqual(all);
  });

  test('[MT6, RD5, ML4] of what waits for a yes a classroom tablet wants what those made who are let in on it', () => {
    const world = riosDeEuropa();
    world.do(marta, 'settings.set', { settings: { mediaApproval: true } });
    adds(world, angel, 'mine');
    adds(world, zoe, 'hers');
    const tablet = { ...classroomTablet(marta.id), accounts: [zoe.id] };
    expect(new Set(wants(world, tablet).map((one) => one.slice(0, 36)))).toEqual(new Set([mediaId('hers')]));
  });
});

const today = riosDeEuropa().now;

/** What the relay has whole, so many days old. */
function there(days: number, of: Partial<Media> = {}): Media {
  return {
    kind: 'webp',
    hash: fileHash('file'),
    bytes: 1_000_000,
    width: 2560,
    height: 1440,
    owner: angel.id,
    on: plusDays(today, -days),
    preview: { kind: 'webp', hash: fileHash('preview'), bytes: 10_000 },
    here: { file: true, preview: true },
    ...of
  };
}

const library: Readonly<Record<string, Media>> = {
  old: there(9),
  new: there(1),
  film: there(2, { kind: 'mp4', seconds: 20, bytes: 50_000_000 }),
  coming: there(3, { here: { preview: true } }),
  removed: there(4, { removed: { by: luca.id, on: today } })
};
const ids = new Map(Object.keys(library).map((name) => [mediaId(name) as string, name]));

/** What Luca's device wants of them, in order: name and part. */
function wanted(wish: Partial<MediaWish> = {}): readonly string[] {
  const world = riosDeEuropa();
  const state = world.state();
  const media = new Map(Object.entries(library).map(([name, one]) => [mediaId(name) as MediaId, one]));
  const seen = { ...state, members: { ...state.members, media: media } };
  const known = { directory: world.directory, device: luca.device };
  const all = { ...nothingChosen, ...wish };
  return wantedMedia([seen], known, all).map(({ media: id, part }) => `${ids.get(id)} ${part}`);
}

const some = (...names: readonly string[]): ReadonlySet<string> => new Set(names.map(mediaId));
const previews = ['new preview', 'film preview', 'coming preview', 'old preview'];

describe('the order in which they come', () => {
  test('[MT6] previews first, then pictures, the newest first; no film, nothing that was removed or has not arrived', () => {
    expect(wanted()).toEqual([...previews, 'new file', 'old file']);
  });

  test('[MT6] what somebody asks to see comes before all else, however little room there is', () => {
    expect(wanted({ asked: some('film'), room: 0 })).toEqual(['film file']);
  });

  test('[MT6] of a page that is kept here everything comes, films too, before the other pictures', () => {
    expect(wanted({ kept: some('film', 'old') })).toEqual([...previews, 'film file', 'old file', 'new file']);
    expect(wanted({ kept: some('film'), room: 1_100_000 })).toEqual([...previews, 'film file']);
  });

  test('[MT6] there is room for what the device says and no more', () => {
    expect(wanted({ room: 1_100_000 })).toEqual([...previews, 'new file']);
  });
});
