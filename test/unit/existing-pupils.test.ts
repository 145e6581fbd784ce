import { describe, expect, test } from 'vitest';
import { plusDays } from '#lib/domain/dates.ts';
import { elsewhereKey } from '#lib/domain/elsewhere.ts';
import type { SpaceId } from '#lib/domain/ids.ts';
import type { Elsewhere } from '#lib/domain/records.ts';
import {
  angel,
  giulia,
  invitationId,
  luca,
  mares,
  marta,
  newAccount,
  newKey,
  nuria
} from '../support/cast.ts';
import { personalDevice, oksana, rios, secretHash, today, zoe, type Person } from '../support/cast.ts';
import { twoSpaces, type World } from '../support/world.ts';

const there = { space: mares } as const;

function adds(world: World, who: Person, pupil: Person, role: 'pupil' | 'pupil-admin' = 'pupil'): string {
  return world.answer(who, 'pupil.add-existing', { account: pupil.id, role, display: 'Á. C.' }, there);
}

function add(world: World, who: Person, pupil: Person, role: 'pupil' | 'pupil-admin' = 'pupil'): World {
  world.do(who, 'pupil.add-existing', { account: pupil.id, role, display: 'Á. C.' }, there);
  return world;
}

/** Somebody who has an account already comes to "Mares". */
function comes(world: World, who: Person, role: 'teacher' | 'teacher-admin' = 'teacher'): World {
  const invitation = invitationId(`mares ${who.id}`);
  const secret = secretHash(`mares ${who.id}`);
  const expires = plusDays(world.now, 7);
  world.do(oksana, 'invitation.create', { invitation, role, label: '', secretHash: secret, expires }, there);
  world.do(who, 'invitation.accept', { invitation, display: who.given }, { ...there, secret });
  return world;
}

/** What Ángel's home knows of "Mares". */
const known = (world: World): Elsewhere | undefined =>
  world.state().staff.elsewhere.get(elsewhereKey(angel.id, mares));

const answers = (world: World, who: Person, allow: boolean, space = mares): string =>
  world.answer(who, 'joining.answer', { account: angel.id, space, allow });

const answer = (world: World, who: Person, allow: boolean): void =>
  void world.do(who, 'joining.answer', { account: angel.id, space: mares, allow });

describe('adding an existing pupil', () => {
  test('[JO1] username and password stay; the role here is another than there (G11)', () => {
    const world = add(comes(twoSpaces(), marta), marta, angel, 'pupil');
    const before = world.directory.public(angel.id)?.keys;
    expect(world.member(angel, mares)).toEqual({ display: 'Á. C.', role: 'pupil', status: { is: 'active' } });
    world.do(oksana, 'member.role', { member: angel.id, role: 'pupil-admin' }, there);
    expect([world.role(angel, mares), world.role(angel)]).toEqual(['pupil-admin', 'pupil']);
    expect(world.username(angel)).toBe('angel.canorobles.1');
    expect(world.directory.public(angel.id)?.keys).toEqual(before);
    expect(world.state(mares).staff.joinings.get(angel.id)).toEqual({ by: marta.id, on: today });
    expect(world.directory.spaces(angel.id)).toEqual([rios, mares]);
  });

  test('[JO1] by administrators, and by teachers as pupil only; no adults, nobody twice, nobody unknown', () => {
    const world = comes(twoSpaces(), luca);
    expect(adds(world, luca, zoe, 'pupil-admin')).toBe('only-pupil-role');
    expect(adds(world, luca, zoe)).toBe('accepted');
    expect(adds(world, oksana, marta)).toBe('account-adult');
    expect(adds(world, oksana, giulia)).toBe('account-unknown');
    expect(adds(world, zoe, angel)).toBe('not-a-member');
    expect(adds(add(world, luca, zoe), oksana, zoe)).toBe('already-member');
    expect(adds(add(world, oksana, angel), oksana, angel)).toBe('already-member');
    const nameless = { account: angel.id, role: 'pupil', display: ' ' } as const;
    expect(twoSpaces().answer(oksana, 'pupil.add-existing', nameless, there)).toBe('display-invalid');
    world.do(oksana, 'settings.set', { settings: { teachersAddPupils: false } }, there);
    expect(adds(world, luca, angel)).toBe('setting-off');
  });

  test('[JO2] active at once: by the own teacher, by an administrator of the home', () => {
    expect(add(comes(twoSpaces(), luca), luca, zoe).role(zoe, mares)).toBe('pupil');
    expect(add(comes(twoSpaces(), nuria), nuria, angel).role(angel, mares)).toBe('pupil');
  });

  test('[JO2] and by whoever shares a TwinSpace with the pupil, which is told at home', () => {
    const world = add(comes(twoSpaces(), luca), luca, angel);
    expect(world.role(angel, mares)).toBe('pupil');
    const says = { code: 'joined-elsewhere', account: angel.id, space: 'Mares', by: 'Luca' };
    expect([...world.state().staff.notices.values()]).toEqual([{ for: marta.id, on: today, says }]);
  });

  test('[JO2] a teacher who was removed from the home, and shares nothing else, waits like anybody', () => {
    const world = comes(twoSpaces(), luca);
    world.do(marta, 'member.remove', { member: luca.id });
    expect(add(world, luca, zoe).member(zoe, mares)?.status.is).toBe('waiting');
  });

  test('[JO3] else it waits for the home, gives no right, and tells username and school only', () => {
    const world = add(twoSpaces(), oksana, angel);
    const status = { is: 'waiting', on: today, asked: 'Marta Ríos' };
    expect(world.member(angel, mares)).toEqual({ display: 'Á. C.', role: 'pupil', status });
    expect(world.answer(angel, 'access.record', { on: today }, there)).toBe('not-a-member');
    const { username, school } = angel;
    expect(world.state(mares).staff.people.get(angel.id)).toEqual({
      username,
      school,
      given: '',
      family: ''
    });
    expect(world.directory.spaces(angel.id)).toEqual([rios]);
    world.do(marta, 'account.rename', { account: angel.id, given: 'Angelo' });
    expect(world.state(mares).staff.people.get(angel.id)?.given).toBe('');
  });

  test('[JO3] while it waits only a pupil can become of it', () => {
    const world = add(twoSpaces(), oksana, angel);
    const gives = (role: 'teacher' | 'pupil-admin'): string =>
      world.answer(oksana, 'member.role', { member: angel.id, role, typed: angel.username }, there);
    expect([gives('teacher'), gives('pupil-admin')]).toEqual(['member-waiting', 'accepted']);
  });

  test('[JO1] at home, who was removed is added again by their own teacher and the administrators', () => {
    const world = twoSpaces();
    world.do(marta, 'member.remove', { member: angel.id });
    const again = (who: Person): string =>
      world.answer(who, 'pupil.add-existing', { account: angel.id, role: 'pupil', display: 'Á. C.' });
    expect([luca, marta, nuria].map(again)).toEqual(['only-own-pupils', 'accepted', 'accepted']);
  });

  test('[JO4] the home knows where its pupils are, asked or active, and when they are no more', () => {
    const waiting = add(twoSpaces(), oksana, angel);
    expect(known(waiting)).toEqual({
      account: angel.id,
      space: mares,
      name: 'Mares',
      status: 'waiting',
      by: 'Оксана Море',
      on: today
    });
    const world = add(comes(twoSpaces(), marta), marta, angel);
    expect(known(world)?.status).toBe('active');
    world.do(oksana, 'member.remove', { member: angel.id }, there);
    expect(known(world)).toBeUndefined();
    world.do(oksana, 'member.restore', { member: angel.id }, there);
    expect(known(world)?.status).toBe('active');
    expect(world.state().staff.elsewhere.size).toBe(1);
  });

  test('[JO5] what the own teacher did is not told to that teacher, what waits stands among the requests', () => {
    expect(add(comes(twoSpaces(), marta), marta, angel).state().staff.notices.size).toBe(0);
    expect(add(twoSpaces(), oksana, angel).state().staff.notices.size).toBe(0);
  });
});

describe('the word of the home', () => {
  test('[JO6] yes: by the own teacher and the administrators there', () => {
    const world = add(twoSpaces(), oksana, angel);
    expect(answers(world, luca, true)).toBe('only-own-pupils');
    expect(answers(world, angel, true)).toBe('not-permitted');
    expect(answers(world, nuria, true)).toBe('accepted');
    expect(answers(world, marta, true, rios)).toBe('joining-unknown');
    answer(world, marta, true);
    expect(world.role(angel, mares)).toBe('pupil');
    expect(known(world)?.status).toBe('active');
    expect(world.directory.spaces(angel.id)).toEqual([rios, mares]);
    expect(world.state(mares).staff.people.get(angel.id)?.given).toBe('Ángel');
    expect(answers(world, marta, true)).toBe('member-active');
  });

  test('[JO6] no: nothing stays, and whoever asked is told', () => {
    const world = add(twoSpaces(), oksana, angel);
    answer(world, marta, false);
    expect(world.member(angel, mares)).toBeUndefined();
    expect(world.state(mares).staff.people.has(angel.id)).toBe(false);
    expect(known(world)).toBeUndefined();
    const says = { code: 'home-said-no', account: angel.id, display: 'Á. C.' };
    expect([...world.state(mares).staff.notices.values()]).toEqual([{ for: oksana.id, on: today, says }]);
    expect(adds(world, oksana, angel)).toBe('accepted');
  });

  test('[JO6] the end, later: restoring does not go against it, asking anew waits', () => {
    const world = add(comes(twoSpaces(), luca), luca, angel);
    answer(world, nuria, false);
    expect(world.role(angel, mares)).toBeUndefined();
    expect(world.answer(oksana, 'member.restore', { member: angel.id }, there)).toBe('ended-by-home');
    expect(add(world, luca, angel).member(angel, mares)?.status.is).toBe('waiting');
  });

  test('[JO7] whoever asked takes it back, and nothing of it stays', () => {
    const world = comes(twoSpaces(), luca);
    world.do(marta, 'member.remove', { member: angel.id });
    add(world, luca, angel);
    expect(world.member(angel, mares)?.status.is).toBe('waiting');
    world.do(luca, 'member.remove', { member: angel.id }, there);
    expect(world.member(angel, mares)).toBeUndefined();
    expect(known(world)).toBeUndefined();
    expect(world.answer(oksana, 'member.remove', { member: angel.id }, there)).toBe('unknown-member');
  });

  test('[ME3, PE16] nor can it make an adult of the pupil, or let the pupil choose a password: that is the home’s', () => {
    const world = add(comes(twoSpaces(), marta), marta, angel);
    const raises = (who: Person, how: { readonly space?: SpaceId } = {}): string =>
      world.answer(who, 'member.role', { member: angel.id, role: 'teacher', typed: angel.username }, how);
    expect(raises(oksana, there)).toBe('only-home-administrators');
    expect(raises(marta)).toBe('accepted');
    world.do(oksana, 'settings.set', { settings: { pupilsChangePassword: true } }, there);
    const own = { account: angel.id, key: newKey(angel, 2), reason: 'own' } as const;
    expect(world.answer(angel, 'key.set', own, there)).toBe('setting-off');
    world.do(marta, 'settings.set', { settings: { pupilsChangePassword: true } });
    expect(world.answer(angel, 'key.set', own)).toBe('accepted');
  });

  test('[PE15] a TwinSpace in which a known pupil was added has no power over the password', () => {
    const world = add(comes(twoSpaces(), marta), marta, angel);
    const args = { account: angel.id, key: newKey(angel, 2), reason: 'forgotten' } as const;
    expect(world.answer(oksana, 'key.set', args, there)).toBe('only-custodian-or-home');
    expect(world.answer(oksana, 'account.hand-over', { account: angel.id, to: oksana.id }, there)).toBe(
      'only-custodian-or-home'
    );
    expect(world.answer(oksana, 'account.erase', { account: angel.id, typed: angel.username }, there)).toBe(
      'only-home-administrators'
    );
  });
});

describe('handing over', () => {
  const hands = (world: World, who: Person, pupil: Person, to: Person): string =>
    world.answer(who, 'account.hand-over', { account: pupil.id, to: to.id });

  test('[AC9] by the own teacher or an administrator, to an active teacher of the home', () => {
    const world = twoSpaces();
    expect(hands(world, marta, zoe, nuria)).toBe('accepted');
    expect(hands(world, luca, zoe, marta)).toBe('accepted');
    expect(hands(world, luca, angel, luca)).toBe('only-own-pupils');
    expect(hands(world, luca, zoe, luca)).toBe('same-custodian');
    expect(hands(world, luca, zoe, angel)).toBe('colleague-unknown');
    expect(hands(world, luca, zoe, oksana)).toBe('colleague-unknown');
    expect(hands(world, marta, luca, nuria)).toBe('account-adult');
    expect(hands(world, marta, giulia, nuria)).toBe('account-unknown');
    expect(hands(world, zoe, angel, luca)).toBe('not-permitted');
  });

  test('[AC9] the new one has the power over the password, the old one has none, and is told', () => {
    const world = twoSpaces();
    world.do(luca, 'account.hand-over', { account: zoe.id, to: nuria.id });
    const says = { code: 'handed-over', account: zoe.id, by: 'Luca Fiume' };
    expect([...world.state().staff.notices.values()]).toEqual([{ for: nuria.id, on: today, says }]);
    const args = { account: zoe.id, key: newKey(zoe, 2), reason: 'forgotten' } as const;
    expect(world.answer(luca, 'key.set', args)).toBe('only-custodian-or-home');
    expect(world.answer(nuria, 'key.set', args)).toBe('accepted');
    world.do(marta, 'account.hand-over', { account: zoe.id, to: marta.id });
    expect(world.state().staff.notices.size).toBe(1);
  });
});

describe('erasing an account', () => {
  const erases = (world: World, who: Person, whom: Person, typed = whom.username): string =>
    world.answer(who, 'account.erase', { account: whom.id, typed });

  test('[ER1] a pupil by a home administrator, an adult by nobody else, with the username typed out', () => {
    const world = add(comes(twoSpaces(), marta), marta, angel);
    expect(erases(world, marta, angel)).toBe('accepted');
    expect(erases(world, marta, angel, 'Ángel.CanoRobles.1')).toBe('accepted');
    expect(erases(world, marta, angel, 'angel')).toBe('erasure-unconfirmed');
    expect(erases(world, luca, zoe)).toBe('only-home-administrators');
    expect(erases(world, zoe, angel)).toBe('not-permitted');
    expect(erases(world, marta, luca)).toBe('account-adult');
    expect(erases(world, luca, luca)).toBe('accepted');
    expect(erases(world, marta, giulia)).toBe('unknown-member');
  });

  test('[ER2] the day is a week ahead, stands in every TwinSpace of the account, and can be called off', () => {
    const world = add(comes(twoSpaces(), marta), marta, angel);
    world.do(nuria, 'account.erase', { account: angel.id, typed: angel.username });
    const erasure = { by: nuria.id, on: today, due: plusDays(today, 7) };
    for (const space of [rios, mares])
      expect(world.state(space).staff.erasures.get(angel.id)).toEqual(erasure);
    expect(erases(world, marta, angel)).toBe('erasure-begun');
    expect(world.answer(angel, 'access.record', { on: today })).toBe('accepted');
    const keeps = (who: Person): string => world.answer(who, 'account.keep', { account: angel.id });
    expect([keeps(luca), keeps(angel)]).toEqual(['only-home-administrators', 'not-permitted']);
    world.do(marta, 'account.keep', { account: angel.id });
    for (const space of [rios, mares]) expect(world.state(space).staff.erasures.size).toBe(0);
    expect(keeps(marta)).toBe('erasure-unknown');
  });

  test('[ER1] not from somebody else’s device, and not against who has come into their own custody', () => {
    const world = twoSpaces();
    const args = { account: luca.id, typed: luca.username };
    const elsewhere = { devices: [personalDevice('shared', marta.id, [marta.id, luca.id])] };
    expect(world.answer(luca, 'account.erase', args, elsewhere)).toBe('device-ceiling');
    expect(world.answer(luca, 'member.leave', {}, elsewhere)).toBe('device-ceiling');
    world.do(marta, 'account.erase', { account: angel.id, typed: angel.username });
    world.do(marta, 'member.role', { member: angel.id, role: 'teacher', typed: angel.username });
    expect(world.directory.erasure(angel.id)).toBeDefined();
    world.choosesOwn(angel);
    expect(world.directory.erasure(angel.id)).toBeUndefined();
    expect(world.state().staff.erasures.size).toBe(0);
  });

  test('[ER4] the last administrator of any TwinSpace cannot have the own account erased', () => {
    const world = twoSpaces();
    expect(erases(world, marta, marta)).toBe('accepted');
    world.do(marta, 'account.erase', { account: marta.id, typed: marta.username });
    expect(erases(world, nuria, nuria)).toBe('last-administrator');
    expect(world.answer(nuria, 'member.leave', {})).toBe('last-administrator');
    const both = comes(twoSpaces(), nuria, 'teacher-admin');
    both.do(oksana, 'member.leave', {}, there);
    expect(erases(both, nuria, nuria)).toBe('last-administrator');
  });

  test('[ER6] nothing is done by or to an erased account', () => {
    const world = twoSpaces();
    world.directory.put({ doc: 'directory', map: 'erased', key: angel.id, value: today });
    expect(world.answer(angel, 'access.record', { on: today })).toBe('erased');
    expect(world.answer(marta, 'member.display', { member: angel.id, display: 'X' })).toBe('erased');
    expect(world.answer(marta, 'pupil.add', { account: newAccount(angel), role: 'pupil' })).toBe('erased');
  });
});
