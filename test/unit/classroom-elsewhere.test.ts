import { expect, test } from 'vitest';
import {
  classroomTablet,
  invitationId,
  keyOf,
  luca,
  mares,
  marta,
  newKey,
  nuria,
  oksana,
  rios,
  secretHash,
  zoe
} from '../support/cast.ts';
import { twoSpaces, type How, type World } from '../support/world.ts';

const inMares: How = { space: mares, devices: [{ ...classroomTablet(oksana.id), space: mares }] };
const inRios: How = { space: rios, devices: [{ ...classroomTablet(nuria.id), space: rios }] };
const asks = { account: zoe.id, role: 'pupil', display: 'Zoé' } as const;

/** Marta, administrator of "Ríos", and Luca, teacher there, are teachers of "Mares" too; both with a classroom key. */
function both(): World {
  const world = twoSpaces();
  for (const who of [marta, luca]) {
    const [invitation, secret] = [invitationId(`mares ${who.id}`), secretHash(`mares ${who.id}`)];
    const made = { invitation, role: 'teacher', label: '', secretHash: secret, expires: world.now } as const;
    world.do(oksana, 'invitation.create', made, { space: mares });
    world.do(who, 'invitation.accept', { invitation, display: who.given }, { space: mares, secret });
    world.do(who, 'key.set', { account: who.id, key: newKey(who, 9, 'classroom'), reason: 'own' });
  }
  return world;
}

test('[RO4, JO2] with a classroom key nobody says their home’s yes on a tablet elsewhere', () => {
  for (const who of [marta, luca]) {
    const world = both();
    world.do(who, 'pupil.add-existing', asks, { ...inMares, key: keyOf(who, 9) });
    expect(world.member(zoe, mares)?.status.is).toBe('waiting');
    const other = both();
    other.do(who, 'pupil.add-existing', asks, { space: mares });
    expect(other.member(zoe, mares)?.status.is).toBe('active');
  }
});

test('[RO4, JO2] with an administrator’s one does not bring back whom a teacher could not', () => {
  const world = both();
  world.do(marta, 'member.remove', { member: zoe.id });
  expect(world.answer(marta, 'pupil.add-existing', asks, { ...inRios, key: keyOf(marta, 9) })).toBe(
    'only-own-pupils'
  );
  expect(world.answer(luca, 'pupil.add-existing', asks, { ...inRios, key: keyOf(luca, 9) })).toBe('accepted');
  expect(world.answer(marta, 'pupil.add-existing', asks)).toBe('accepted');
});

test('[RO4, AC8] with a classroom key an own pupil’s names are edited at home only', () => {
  const world = both();
  world.do(luca, 'pupil.add-existing', asks, { space: mares });
  const args = { account: zoe.id, given: 'Zoe' };
  expect(world.answer(luca, 'account.rename', args, { ...inMares, key: keyOf(luca, 9) })).toBe(
    'device-ceiling'
  );
  expect(world.answer(luca, 'account.rename', args, { ...inRios, key: keyOf(luca, 9) })).toBe('accepted');
  expect(world.answer(luca, 'account.rename', args, { space: mares })).toBe('accepted');
});
