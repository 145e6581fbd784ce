import { describe, expect, test } from 'vitest';
import { elsewhereKey } from '#lib/domain/elsewhere.ts';
import { plusDays } from '#lib/domain/dates.ts';
import { angel, giulia, invitationId, luca, mares, marta, nuria } from '../support/cast.ts';
import { oksana, rios, secretHash, today, zoe, type Person } from '../support/cast.ts';
import { twoSpaces, type World } from '../support/world.ts';

const there = { space: mares } as const;

/** Somebody who has an account already comes to "Mares". */
function comes(world: World, who: Person, role: 'teacher' | 'teacher-admin' = 'teacher'): World {
  const invitation = invitationId(`mares ${who.id}`);
  const secret = secretHash(`mares ${who.id}`);
  const expires = plusDays(world.now, 7);
  world.do(oksana, 'invitation.create', { invitation, role, label: '', secretHash: secret, expires }, there);
  world.do(who, 'invitation.accept', { invitation, display: who.given }, { ...there, secret });
  return world;
}

function add(world: World, who: Person, pupil: Person = angel): World {
  world.do(who, 'pupil.add-existing', { account: pupil.id, role: 'pupil', display: 'Á. C.' }, there);
  return world;
}

const answers = (world: World, who: Person, allow: boolean): string =>
  world.answer(who, 'joining.answer', { account: angel.id, space: mares, allow });

const answer = (world: World, who: Person, allow: boolean): void =>
  void world.do(who, 'joining.answer', { account: angel.id, space: mares, allow });

const known = (world: World) => world.state().staff.elsewhere.get(elsewhereKey(angel.id, mares));

/** Ángel is a member of both, was made a teacher at home, and has chosen a password. */
function raised(): World {
  const world = add(comes(twoSpaces(), marta), marta);
  const raise = { member: angel.id, role: 'teacher', typed: angel.username } as const;
  world.do(marta, 'member.role', raise);
  world.choosesOwn(angel);
  return world;
}

describe('the home of somebody who is no pupil any more', () => {
  test('[JO6, AC7] has no word about where an adult is a member', () => {
    const world = raised();
    expect(world.directory.public(angel.id)?.custody.kind).toBe('self');
    expect(answers(world, nuria, false)).toBe('account-adult');
    expect(world.role(angel, mares)).toBe('pupil');
    expect(known(world)).toBeUndefined();
  });
});

describe('against the word of the home', () => {
  /** The home has ended it; Luca, who shares "Ríos" with the pupil, asks anew. */
  function askedAnew(): World {
    const world = add(comes(twoSpaces(), luca), luca);
    answer(world, nuria, false);
    return add(world, luca);
  }

  test('[JO6] taking a request back and asking once more gains nothing', () => {
    const world = askedAnew();
    world.do(oksana, 'member.remove', { member: angel.id }, there);
    expect(world.member(angel, mares)?.status).toEqual({ is: 'removed', on: today, byHome: true });
    expect(known(world)).toBeUndefined();
    expect(world.answer(oksana, 'member.restore', { member: angel.id }, there)).toBe('ended-by-home');
    expect(add(world, luca).member(angel, mares)?.status.is).toBe('waiting');
  });

  test('[JO6] nor does a second no', () => {
    const world = askedAnew();
    answer(world, marta, false);
    expect(add(world, luca).member(angel, mares)?.status.is).toBe('waiting');
    answer(world, marta, true);
    expect(world.member(angel, mares)?.status).toEqual({ is: 'active' });
  });

  test('[JO7, ME6] a request that ended leaves the membership that had been removed as it was', () => {
    const world = comes(add(comes(twoSpaces(), marta), marta), luca);
    world.do(oksana, 'member.display', { member: angel.id, display: 'Ángel' }, there);
    world.do(oksana, 'member.remove', { member: angel.id }, there);
    const removed = world.member(angel, mares);
    add(world, oksana);
    expect(world.member(angel, mares)?.status.is).toBe('waiting');
    world.do(oksana, 'member.remove', { member: angel.id }, there);
    expect(world.member(angel, mares)).toEqual(removed);
    expect(world.state(mares).members.people.has(angel.id)).toBe(true);
  });

  test('[JO6, AC5] a yes gives the names back to a TwinSpace where the pupil had been before', () => {
    const world = askedAnew();
    answer(world, marta, true);
    expect(world.state(mares).staff.people.get(angel.id)?.given).toBe('Ángel');
  });
});

describe('a teacher who was removed from the home', () => {
  test('[AC8, AC1] does not rename a pupil from another TwinSpace', () => {
    const world = comes(twoSpaces(), luca);
    add(world, luca, zoe);
    const renames = (): string =>
      world.answer(luca, 'account.rename', { account: zoe.id, given: 'Zoraida' }, there);
    expect(renames()).toBe('accepted');
    world.do(marta, 'member.remove', { member: luca.id });
    expect(renames()).toBe('only-custodian-or-home');
  });

  test('[JO2] nor does one who is a pupil there now add at once whom the home had taken out', () => {
    const world = comes(twoSpaces(), luca);
    add(world, luca, zoe);
    world.do(marta, 'joining.answer', { account: zoe.id, space: mares, allow: false });
    world.do(marta, 'member.role', { member: luca.id, role: 'pupil' });
    expect(add(world, luca, zoe).member(zoe, mares)?.status.is).toBe('waiting');
  });
});

describe('into another TwinSpace that is archived', () => {
  test('[SP4] no yes goes there, a no does', () => {
    const world = add(twoSpaces(), oksana);
    world.do(oksana, 'space.archive', {}, there);
    expect(answers(world, marta, true)).toBe('space-archived');
    expect(answers(world, marta, false)).toBe('accepted');
    world.do(oksana, 'space.unarchive', {}, there);
    expect(answers(world, marta, true)).toBe('accepted');
  });

  test('[SP5, JO4] a home that is archived still knows and still ends', () => {
    const world = twoSpaces();
    world.do(marta, 'space.archive', {});
    add(world, oksana);
    expect(known(world)?.status).toBe('waiting');
    answer(world, marta, false);
    expect(known(world)).toBeUndefined();
  });
});

describe('a request and the username', () => {
  test('[JO3] nobody waits for the word of a teacher who is no longer there', () => {
    const world = twoSpaces();
    world.do(marta, 'member.remove', { member: luca.id });
    expect(add(world, oksana, zoe).member(zoe, mares)?.status).toEqual({
      is: 'waiting',
      on: today,
      asked: ''
    });
  });

  test('[JO3] whoever waits for the yes sees the username that there is now, and no more', () => {
    const world = add(twoSpaces(), oksana);
    const rename = { account: angel.id, given: 'Angelo', username: 'angelo.canorobles.4' };
    world.do(marta, 'account.rename', rename);
    const { school } = angel;
    expect(world.state(mares).staff.people.get(angel.id)).toEqual({
      username: 'angelo.canorobles.4',
      school,
      given: '',
      family: ''
    });
  });
});

describe('on the day of an erasure', () => {
  test('[ER2] a TwinSpace to which the pupil comes in between shows the day too', () => {
    const world = add(comes(twoSpaces(), luca), oksana);
    world.do(marta, 'account.erase', { account: angel.id, typed: angel.username });
    expect(world.state(mares).staff.erasures.size).toBe(0);
    answer(world, marta, true);
    expect(world.state(mares).staff.erasures.get(angel.id)?.due).toBe(plusDays(today, 7));
    world.do(marta, 'account.keep', { account: angel.id });
    expect(world.state(mares).staff.erasures.size).toBe(0);
  });

  test('[ER2, ER6] nobody calls it off any more, and nothing is done to the account', () => {
    const world = twoSpaces();
    world.do(marta, 'account.erase', { account: angel.id, typed: angel.username });
    world.now = plusDays(today, 6);
    expect(world.answer(marta, 'account.keep', { account: angel.id })).toBe('accepted');
    world.now = plusDays(today, 7);
    expect(world.answer(marta, 'account.keep', { account: angel.id })).toBe('erased');
    expect(world.answer(angel, 'access.record', { on: world.now })).toBe('erased');
    expect(world.answer(marta, 'member.display', { member: giulia.id, display: 'G' })).toBe('unknown-member');
  });
});

test('[JO5] the same news is not told twice', () => {
  const world = comes(twoSpaces(), luca);
  for (let times = 0; times < 5; times++) {
    add(world, luca);
    world.do(oksana, 'member.remove', { member: angel.id }, there);
  }
  expect(world.state(rios).staff.notices.size).toBe(1);
});
