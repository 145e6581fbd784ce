import { describe, expect, test } from 'vitest';
import { invariantBroken } from '#lib/domain/invariants.ts';
import { emptySpace } from '#lib/domain/state.ts';
import {
  angel,
  angelC,
  giulia,
  keyOf,
  luca,
  marta,
  newAccount,
  newKey,
  nuria,
  rios
} from '../support/cast.ts';
import { invitationId, secretHash, zoe } from '../support/cast.ts';
import { plusDays } from '#lib/domain/dates.ts';
import { riosDeEuropa, twoSpaces } from '../support/world.ts';

describe('an active administrator in their own custody', () => {
  test('[IV1] the only one is neither removed nor made less', () => {
    const world = riosDeEuropa();
    expect(world.answer(marta, 'member.remove', { member: marta.id })).toBe('last-administrator');
    for (const role of ['teacher', 'pupil-admin', 'pupil'] as const) {
      expect(world.answer(marta, 'member.role', { member: marta.id, role })).toBe('last-administrator');
    }
  });

  test('[IV1] with a second one the first may go, and then the second is the only one', () => {
    const world = twoSpaces();
    world.do(marta, 'member.remove', { member: marta.id });
    expect(world.answer(nuria, 'member.remove', { member: nuria.id })).toBe('last-administrator');
    expect(world.answer(nuria, 'member.role', { member: nuria.id, role: 'teacher' })).toBe(
      'last-administrator'
    );
    world.do(nuria, 'member.restore', { member: marta.id });
    expect(world.answer(nuria, 'member.remove', { member: nuria.id })).toBe('accepted');
  });

  test('[IV1] a raised pupil does not count until they have chosen a password', () => {
    const world = riosDeEuropa();
    world.do(marta, 'member.role', { member: angel.id, role: 'teacher-admin', typed: angel.username });
    expect(world.answer(marta, 'member.remove', { member: marta.id })).toBe('last-administrator');
    world.choosesOwn(angel);
    expect(world.answer(marta, 'member.remove', { member: marta.id })).toBe('accepted');
  });

  test('[IV1] who was asked and has not come does not count', () => {
    const world = riosDeEuropa();
    const expires = plusDays(world.now, 7);
    const hash = secretHash('second');
    const invitation = invitationId('second');
    world.do(marta, 'invitation.create', {
      invitation,
      role: 'teacher-admin',
      label: '',
      secretHash: hash,
      expires
    });
    expect(world.answer(marta, 'member.remove', { member: marta.id })).toBe('last-administrator');
  });

  test('[IV1] a TwinSpace without anybody breaks it', () => {
    expect(invariantBroken(emptySpace(rios), riosDeEuropa().directory)?.refused).toBe('last-administrator');
  });
});

describe('what somebody can give', () => {
  test('[IV2] nobody brings back more than they are', () => {
    const world = riosDeEuropa();
    world.do(marta, 'member.role', { member: zoe.id, role: 'teacher-admin', typed: zoe.username });
    world.do(marta, 'member.remove', { member: zoe.id });
    expect(world.answer(luca, 'member.restore', { member: zoe.id })).toBe('grants-more');
    expect(world.answer(marta, 'member.restore', { member: zoe.id })).toBe('accepted');
  });

  test('[IV2] a teacher gives no role but pupil, to new pupils only', () => {
    const world = riosDeEuropa();
    const account = newAccount(giulia);
    expect(world.answer(luca, 'pupil.add', { account, role: 'pupil-admin' })).toBe('only-pupil-role');
    expect(world.answer(luca, 'member.role', { member: zoe.id, role: 'pupil' })).toBe('only-administrators');
  });

  test('[IV2] an administrator on a device that is not theirs gives nothing', () => {
    const world = riosDeEuropa();
    const devices = [luca.device];
    const args = { member: angel.id, role: 'teacher-admin', typed: angel.username } as const;
    expect(world.answer(marta, 'member.role', args, { devices })).toBe('device-ceiling');
  });
});

describe('what one account has alone', () => {
  test('[IV3] its username, however it is written', () => {
    const world = riosDeEuropa().addPupil(angelC, luca);
    expect(world.username(angelC)).not.toBe(world.username(angel));
    const { id, given, family } = angelC;
    const rename = { account: id, given, family, school: '', username: angel.username };
    expect(world.answer(marta, 'account.rename', rename)).toBe('username-invalid');
  });

  test('[IV3] a username that was given up is free', () => {
    const world = riosDeEuropa();
    const { id, given, family } = angel;
    world.do(marta, 'account.rename', { account: id, given, family, school: '', username: 'angel.c.1' });
    world.addPupil(angelC, luca);
    expect(world.username(angelC)).toBe('angel.canorobles.1');
    expect(world.directory.holderOf('angel.canorobles.1')).toBe(angelC.id);
  });

  test('[IV4] its keys: nobody brings a key that another account has or had', () => {
    const world = riosDeEuropa();
    world.do(marta, 'key.set', { account: angel.id, key: newKey(angel, 2), reason: 'someone-knows' });
    for (const number of [1, 2]) {
      const account = newAccount(giulia, { key: newKey(angel, number) });
      expect(world.answer(luca, 'pupil.add', { account, role: 'pupil' })).toBe('key-exists');
      const taken = { account: zoe.id, key: newKey(angel, number), reason: 'forgotten' } as const;
      expect(world.answer(luca, 'key.set', taken)).toBe('key-exists');
    }
    expect(world.directory.ownerOf(keyOf(angel, 1))).toBe(angel.id);
  });
});
