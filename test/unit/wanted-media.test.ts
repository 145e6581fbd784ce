import { describe, expect, test } from 'vitest';
import type { Device } from '#lib/domain/device.ts';
import { mediaIn } from '#lib/domain/media.ts';
import { emptySpace, type SpaceState } from '#lib/domain/state.ts';
import { wantedMedia } from '#lib/session/media/wanted-media.ts';
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

function wanted(world: World, device: Device): readonly string[] {
  return wantedMedia([withoutStaff(world)], { directory: world.directory, device }, new Set()).map(
    ({ media, part }) => `${media} ${part}`
  );
}

describe('what a device fetches by itself', () => {
  test('[MT6, RD5] on a classroom tablet is what others made, too, although it is not told there what it is to hold', () => {
    const world = riosDeEuropa();
    adds(world, luca, 'river');
    const tablet = { ...classroomTablet(marta.id), accounts: [zoe.id] };
    const all = ['preview', 'file'].map((part) => `${mediaId('river')} ${part}`);
    expect(wanted(world, tablet)).toEqual(all);
    expect(wanted(world, zoe.device)).toEqual(all);
  });

  test('[MT6, RD5, ML4] of what waits for a yes a classroom tablet wants what those made who are let in on it', () => {
    const world = riosDeEuropa();
    world.do(marta, 'settings.set', { settings: { mediaApproval: true } });
    adds(world, angel, 'mine');
    adds(world, zoe, 'hers');
    const tablet = { ...classroomTablet(marta.id), accounts: [zoe.id] };
    expect(new Set(wanted(world, tablet).map((one) => one.slice(0, 36)))).toEqual(new Set([mediaId('hers')]));
  });
});
