import { existsSync, mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import type { CommandArgs } from '#lib/domain/commands/command.ts';
import type { MediaId, PageId } from '#lib/domain/ids.ts';
import type { Verdict } from '#lib/protocol/verdict.ts';
import { jpeg } from '../support/media/pictures.ts';
import { testRelay, type TestRelay } from '../support/relay.ts';
import { classroomTablet, groupOf } from '../support/relay-classroom.ts';
import { announcing, codeOf, RelayMedia } from '../support/relay-media.ts';
import {
  addPupil,
  found,
  freshId,
  invite,
  Tablet,
  type Founded,
  type Newcomer
} from '../support/relay-tablet.ts';

const file = jpeg();
const [half, other] = [file.subarray(0, 100), file.subarray(100)];

let at: TestRelay;
let ours: Founded;
let wire: RelayMedia;
let angel: Newcomer;
let angels: Tablet;

beforeEach(async () => {
  at = await testRelay();
  ours = await found(at.relay.address, at.setUp);
  wire = new RelayMedia(at.relay.address, ours.space);
  angel = (await addPupil(ours, 'Angel', 'Rio')).pupil;
  angels = new Tablet(at.relay.address);
  await angels.signIn(angel);
});

const announce = (): Promise<MediaId> => wire.announce(angels, angel, announcing(file));
const arriving = (): readonly string[] => readdirSync(join(at.folder, 'media', 'arriving'));

/** Where what a tablet has sent of it lies. */
function begun(media: MediaId, tablet: Tablet): string {
  mkdirSync(join(at.folder, 'media', 'arriving'), { recursive: true });
  return join(at.folder, 'media', 'arriving', `${ours.space}.${media}.file.${tablet.device}`);
}

/** The relay ends and starts again on its folder, so many days later. */
async function again(days = 0): Promise<void> {
  await at.relay.stop();
  at.clock.addDays(days);
  at = await testRelay({ dataDir: at.folder, clock: at.clock });
  wire = new RelayMedia(at.relay.address, ours.space);
  angels = angels.at(at.relay.address);
  ours = { ...ours, tablet: ours.tablet.at(at.relay.address) };
}

describe('two at a time', () => {
  test('[MR1] a second request for one upload is told to come again, and the first goes on', async () => {
    const media = await announce();
    const slow = await wire.sendsSlowly(angels, media, half);
    const second = await wire.sends(angels, media, other, half.length);
    expect([second.status, second.headers.get('retry-after')]).toEqual([429, '1']);
    expect((await slow.rest(other)).status).toBe(204);
    expect((await wire.ask(angels, media)).status).toBe(200);
  });

  test('[MR1, MR7] of two devices that send the same the slower one finds it there, and leaves nothing lying', async () => {
    const media = await announce();
    const slow = await wire.sendsSlowly(angels, media, half);
    expect((await wire.sends(ours.tablet, media, file)).status).toBe(204);
    expect((await slow.rest(other)).headers.get('upload-offset')).toBe(String(file.length));
    const third = new Tablet(at.relay.address);
    await third.signIn(angel);
    expect(arriving()).toEqual([]);
    expect(await wire.offsetOf(third, media)).toBe(String(file.length));
  });

  test('[MR1, MR7] nor does one that was not finished when it was there', async () => {
    const media = await announce();
    await wire.sends(angels, media, half);
    expect((await wire.sends(ours.tablet, media, file)).status).toBe(204);
    expect(arriving()).toHaveLength(1);
    expect(await wire.offsetOf(angels, media)).toBe(String(file.length));
    expect(arriving()).toEqual([]);
  });
});

describe('the relay ends', () => {
  test('[MR1, MR2] between the last byte and the look at the whole: it looks when it is asked, and tells nothing as whole before', async () => {
    const media = await announce();
    writeFileSync(begun(media, angels), file);
    await again();
    expect(await wire.offsetOf(angels, media)).toBe(String(file.length));
    expect((await wire.ask(angels, media)).status).toBe(200);
    expect(arriving()).toEqual([]);
  });

  test('[MR1, MR2] and says what is wrong with it, and begins anew', async () => {
    const media = await announce();
    writeFileSync(begun(media, angels), Buffer.alloc(file.length));
    const looked = await wire.ask(angels, media, 'file/upload', {
      method: 'HEAD',
      headers: { 'Tus-Resumable': '1.0.0' }
    });
    expect(looked.status).toBe(422);
    expect(await wire.offsetOf(angels, media)).toBe('0');
  });
});

test.skipIf(!existsSync('/dev/full'))(
  '[MR1] on a disk that is full the sender is told so, and goes on once there is room',
  async () => {
    const media = await announce();
    symlinkSync('/dev/full', begun(media, angels));
    const full = await wire.sends(angels, media, file);
    expect([full.status, await codeOf(full)]).toEqual([507, 'disk-full']);
    rmSync(begun(media, angels));
    expect((await wire.sends(angels, media, file)).status).toBe(204);
  }
);

describe('while it is under way', () => {
  /** Half of it has come when this happens; then the other half comes. */
  async function meanwhile(
    happens: (media: MediaId) => Promise<unknown>
  ): Promise<readonly [number, MediaId]> {
    const media = await announce();
    const slow = await wire.sendsSlowly(angels, media, half);
    await happens(media);
    const { status } = await slow.rest(other);
    return [status, media];
  }

  const does = <Name extends 'media.remove' | 'media.restore' | 'member.remove'>(
    name: Name,
    args: CommandArgs[Name]
  ): Promise<Verdict> => ours.tablet.do(ours.admin, name, args, { space: ours.space });

  test('[MR1, ML3] it is put into the trash: nothing is kept, and brought back it is there without being sent again', async () => {
    const [status, media] = await meanwhile((media) => does('media.remove', { media }));
    expect(status).toBe(404);
    expect((await wire.ask(ours.tablet, media)).status).toBe(404);
    await does('media.restore', { media });
    expect(await wire.offsetOf(angels, media)).toBe(String(file.length));
    expect((await wire.ask(ours.tablet, media)).status).toBe(200);
  });

  test('[MR3, ME5] its owner is removed: nothing is kept', async () => {
    const [status, media] = await meanwhile(() => does('member.remove', { member: angel.account }));
    expect(status).toBe(403);
    expect((await wire.ask(ours.tablet, media)).status).toBe(404);
    expect((await wire.sends(ours.tablet, media, file)).status).toBe(204);
  });

  test('[MR3, SI8] the device is revoked: nothing is kept', async () => {
    const [status, media] = await meanwhile(() => at.relay.revokeDevice(angels.device));
    expect(status).toBe(403);
    expect((await wire.ask(ours.tablet, media)).status).toBe(404);
  });

  test('[MR3, RD5] who sends what waits for another is no adult here any more: nothing is kept', async () => {
    const { space } = ours;
    const luca = await invite(ours);
    await ours.tablet.do(ours.admin, 'settings.set', { settings: { mediaApproval: true } }, { space });
    const media = await announce();
    const slow = await wire.sendsSlowly(luca.tablet, media, half);
    const args = { member: luca.person.account, role: 'pupil' } as const;
    expect(await ours.tablet.do(ours.admin, 'member.role', args, { space })).toMatchObject({
      is: 'accepted'
    });
    const answer = await slow.rest(other);
    expect([answer.status, await codeOf(answer)]).toEqual([403, 'not-permitted']);
    expect((await wire.ask(ours.tablet, media)).status).toBe(404);
  });

  test('[MR1] may its owner no longer write in the page, it is kept all the same: what was theirs to add stays theirs', async () => {
    const { space, tablet, admin } = ours;
    const page = freshId<PageId>();
    const to = { is: 'member', account: angel.account } as const;
    await tablet.do(admin, 'page.create', { page, title: 'El Ebro', order: 'a0', draft: false }, { space });
    await tablet.do(admin, 'page.permit', { page, to }, { space });
    const media = await wire.announce(angels, angel, { ...announcing(file), page });
    const slow = await wire.sendsSlowly(angels, media, half);
    await tablet.do(admin, 'page.withdraw', { page, to }, { space });
    expect((await slow.rest(other)).status).toBe(204);
  });

  test('[MR3, ER5] once its owner is erased, by nobody who was only theirs; and staff may still send it', async () => {
    const media = await announce();
    await wire.sends(angels, media, half);
    const args = { account: angel.account, typed: angel.username };
    await ours.tablet.do(ours.admin, 'account.erase', args, { space: ours.space });
    await again(8);
    expect((await wire.sends(angels, media, other, half.length)).status).toBe(403);
    expect((await wire.sends(ours.tablet, media, file)).status).toBe(204);
  });
});

describe('late', () => {
  test('[ML2, MR1] what comes after its thirty days is taken where there is room', async () => {
    const { space } = ours;
    const settings = { mediaSpaceMegabytes: 100, mediaDayMegabytes: 5000 };
    await ours.tablet.do(ours.admin, 'settings.set', { settings }, { space });
    const [late, tooLate] = [await announce(), await announce()];
    await again(31);
    expect((await wire.sends(angels, late, file)).status).toBe(204);
    const film = { ...announcing(file), kind: 'mp4' as const, bytes: 100_000_000 - file.length, seconds: 9 };
    await wire.announce(angels, angel, film);
    const full = await wire.sends(angels, tooLate, file);
    expect([full.status, await codeOf(full)]).toEqual([409, 'media-full']);
  });

  test('[MR5, ML3] media that nobody can bring back are forgotten, and then their bytes', async () => {
    const media = await announce();
    await wire.sends(angels, media, file);
    await angels.do(angel, 'media.remove', { media }, { space: ours.space });
    await again(30);
    const before = await ours.tablet.follow(`members/${ours.space}@1`).synced();
    expect(before.get('media', media)).toBeDefined();
    await again(1);
    const members = await ours.tablet.follow(`members/${ours.space}@1`).synced();
    await members.until(() => members.get('media', media) === undefined);
    expect((await wire.ask(ours.tablet, media)).status).toBe(404);
    expect(readdirSync(join(at.folder, 'media', ours.space))).toEqual([]);
  });
});

test('[RD5, MR3] what waits is for classroom tablets that are to hold its owner’s keys, and for no other', async () => {
  const { space } = ours;
  const [theirs, others] = [await groupOf(ours, '4º A'), await groupOf(ours, '4º B')];
  const args = { member: angel.account, add: [theirs], remove: [] };
  await ours.tablet.do(ours.admin, 'member.groups', args, { space });
  await ours.tablet.do(ours.admin, 'settings.set', { settings: { mediaApproval: true } }, { space });
  const media = await announce();
  await wire.sends(angels, media, file);
  const scopes = [
    { groups: [theirs], teachers: [] },
    { groups: 'all' as const, teachers: [] }
  ];
  for (const scope of scopes) {
    expect((await wire.ask(await classroomTablet(ours, scope), media)).status).toBe(200);
  }
  const away = await classroomTablet(ours, { groups: [others], teachers: [] });
  expect((await wire.ask(away, media)).status).toBe(403);
  await ours.tablet.do(ours.admin, 'media.approve', { media }, { space });
  expect((await wire.ask(away, media)).status).toBe(200);
  expect((await wire.sends(away, await announce(), file)).status).toBe(403);
});
