import { describe, expect, test } from 'vitest';
import { plusDays } from '#lib/domain/dates.ts';
import type { Role } from '#lib/domain/roles.ts';
import { angel, angelC, day, giulia, keyOf, luca, mares, marta, newAccount, nuria } from '../support/cast.ts';
import { oksana, rios, today, zoe, type Person } from '../support/cast.ts';
import { riosDeEuropa, twoSpaces, type World } from '../support/world.ts';

describe('adding a pupil', () => {
  test('[ME1] makes an account at home here and a membership, at once (G1, G6)', () => {
    const world = riosDeEuropa();
    world.do(luca, 'pupil.add', { account: newAccount(giulia, { display: 'Giulia B.' }), role: 'pupil' });
    expect(world.member(giulia)).toEqual({ display: 'Giulia B.', role: 'pupil', status: { is: 'active' } });
    expect(world.state().staff.joinings.get(giulia.id)).toEqual({ by: luca.id, on: today });
    expect(world.directory.public(giulia.id)).toMatchObject({
      home: rios,
      custody: { kind: 'home', custodian: luca.id }
    });
    expect(world.directory.spaces(giulia.id)).toEqual([rios]);
  });

  const adds = (world: World, who: Person, role: 'pupil' | 'pupil-admin'): string =>
    world.answer(who, 'pupil.add', { account: newAccount(giulia), role });

  test('[ME1] as pupil or pupil administrator, by an administrator (G6)', () => {
    expect(adds(riosDeEuropa(), marta, 'pupil')).toBe('accepted');
    expect(adds(riosDeEuropa(), marta, 'pupil-admin')).toBe('accepted');
  });

  test('[ME1] a teacher adds pupils only; a pupil administrator and a pupil add nobody', () => {
    expect(adds(riosDeEuropa(), luca, 'pupil')).toBe('accepted');
    expect(adds(riosDeEuropa(), luca, 'pupil-admin')).toBe('only-pupil-role');
    expect(adds(riosDeEuropa(), zoe, 'pupil')).toBe('not-permitted');
    expect(adds(riosDeEuropa(), angel, 'pupil')).toBe('not-permitted');
    expect(adds(twoSpaces(), oksana, 'pupil')).toBe('not-a-member');
  });

  test('[ME1] a teacher adds none where the TwinSpace has switched that off', () => {
    const world = riosDeEuropa();
    world.write([{ doc: 'members', map: 'settings', key: 'teachersAddPupils', value: false }], rios);
    expect(adds(world, luca, 'pupil')).toBe('setting-off');
    expect(adds(world, marta, 'pupil')).toBe('accepted');
  });

  test('[ME1] two pupils may have the same names; only their usernames differ (UN5)', () => {
    const world = riosDeEuropa().addPupil(angelC, luca);
    expect(world.username(angelC)).toBe('angel.canorobles.2');
    expect(world.role(angelC)).toBe('pupil');
    expect(world.role(angel)).toBe('pupil');
  });
});

describe('editing access', () => {
  const gives = (world: World, who: Person, to: Person, role: Role, typed?: string): string =>
    world.answer(who, 'member.role', { member: to.id, role, ...(typed === undefined ? {} : { typed }) });

  test('[ME2] an administrator gives any member any other role (G10, G12)', () => {
    const world = twoSpaces();
    expect(gives(world, marta, angel, 'pupil-admin')).toBe('accepted');
    expect(gives(world, marta, zoe, 'pupil')).toBe('accepted');
    expect(gives(world, marta, luca, 'teacher-admin')).toBe('accepted');
    expect(gives(world, marta, luca, 'pupil')).toBe('accepted');
    expect(gives(world, marta, nuria, 'teacher')).toBe('accepted');
    expect(gives(world, marta, marta, 'teacher')).toBe('accepted');
  });

  test('[ME2] nobody else does', () => {
    const world = twoSpaces();
    expect(gives(world, luca, zoe, 'pupil')).toBe('only-administrators');
    expect(gives(world, zoe, angel, 'pupil-admin')).toBe('not-permitted');
    expect(gives(world, angel, angel, 'teacher-admin', angel.username)).toBe('not-permitted');
    expect(gives(world, oksana, angel, 'pupil-admin')).toBe('not-a-member');
  });

  test('[ME2] of a member who is here, to a role that is another', () => {
    const world = twoSpaces();
    expect(gives(world, marta, angel, 'pupil')).toBe('same-role');
    expect(gives(world, marta, oksana, 'teacher')).toBe('unknown-member');
    world.do(marta, 'member.remove', { member: angel.id });
    expect(gives(world, marta, angel, 'pupil-admin')).toBe('member-removed');
  });

  test('[ME3] a pupil becomes an adult here only when the username was typed out (G10)', () => {
    const world = twoSpaces();
    for (const role of ['teacher', 'teacher-admin'] as const) {
      expect(gives(world, marta, angel, role)).toBe('escalation-unconfirmed');
      expect(gives(world, marta, angel, role, '')).toBe('escalation-unconfirmed');
      expect(gives(world, marta, angel, role, zoe.username)).toBe('escalation-unconfirmed');
      expect(gives(world, marta, angel, role, 'angel.canorobles')).toBe('escalation-unconfirmed');
      expect(gives(world, marta, angel, role, ' Ángel.CanoRobles.1')).toBe('accepted');
    }
  });

  test('[ME3] also when an adult was made a pupil before', () => {
    const world = twoSpaces();
    world.do(marta, 'member.role', { member: luca.id, role: 'pupil' });
    expect(gives(world, marta, luca, 'teacher')).toBe('escalation-unconfirmed');
    expect(gives(world, marta, luca, 'teacher', luca.username)).toBe('accepted');
  });
});

describe('the name under which a member stands here', () => {
  const renames = (world: World, who: Person, member: Person, display = 'Á. C.'): string =>
    world.answer(who, 'member.display', { member: member.id, display });

  test("[ME4] is changed by an administrator, and by the teacher of one's own pupil (G12, G13)", () => {
    const world = twoSpaces();
    expect(renames(world, marta, angel)).toBe('accepted');
    expect(renames(world, marta, luca)).toBe('accepted');
    expect(renames(world, luca, zoe)).toBe('accepted');
    expect(renames(world, luca, angel)).toBe('only-own-pupils');
    expect(renames(world, angel, angel)).toBe('not-permitted');
    expect(renames(world, zoe, angel)).toBe('not-permitted');
  });

  test('[ME4] here only, and in its form', () => {
    const world = twoSpaces();
    world.do(marta, 'member.display', { member: angel.id, display: 'Á. C.' });
    expect(world.member(angel)?.display).toBe('Á. C.');
    expect(world.directory.private(angel.id)?.given).toBe('Ángel');
    expect(renames(world, marta, angel, ' ')).toBe('display-invalid');
    expect(renames(world, marta, oksana)).toBe('unknown-member');
    world.do(marta, 'member.remove', { member: angel.id });
    expect(renames(world, marta, angel)).toBe('member-removed');
  });
});

describe('removing and bringing back', () => {
  const removes = (world: World, who: Person, member: Person): string =>
    world.answer(who, 'member.remove', { member: member.id });
  const restores = (world: World, who: Person, member: Person): string =>
    world.answer(who, 'member.restore', { member: member.id });

  test('[ME5] an administrator removes any member, a teacher their own pupils (G9, G12, G13)', () => {
    const world = twoSpaces();
    expect(removes(world, marta, angel)).toBe('accepted');
    expect(removes(world, marta, nuria)).toBe('accepted');
    expect(removes(world, marta, luca)).toBe('accepted');
    expect(removes(world, luca, zoe)).toBe('accepted');
    expect(removes(world, luca, angel)).toBe('only-own-pupils');
    expect(removes(world, luca, marta)).toBe('only-own-pupils');
    expect(removes(world, zoe, angel)).toBe('not-permitted');
    expect(removes(world, marta, oksana)).toBe('unknown-member');
  });

  test('[ME5] ends the membership here and nothing else', () => {
    const world = twoSpaces();
    const { directory } = world;
    const before = [directory.public(angel.id), directory.private(angel.id), directory.spaces(angel.id)];
    const { puts } = world.do(marta, 'member.remove', { member: angel.id });
    expect(puts).toHaveLength(1);
    expect(world.member(angel)?.status).toEqual({ is: 'removed', on: today });
    expect([directory.public(angel.id), directory.private(angel.id), directory.spaces(angel.id)]).toEqual(
      before
    );
    expect(world.answer(angel, 'access.record', { on: today })).toBe('not-a-member');
    expect(removes(world, marta, angel)).toBe('member-removed');
  });

  test('[ME6] for 30 days a removed member comes back, with the role there was', () => {
    const world = twoSpaces();
    expect(restores(world, marta, zoe)).toBe('member-active');
    world.do(marta, 'member.remove', { member: zoe.id });
    expect(restores(world, luca, zoe)).toBe('accepted');
    world.now = plusDays(today, 30);
    expect(restores(world, marta, zoe)).toBe('accepted');
    world.now = plusDays(today, 31);
    expect(restores(world, marta, zoe)).toBe('restore-too-late');
    world.now = plusDays(today, 30);
    world.do(marta, 'member.restore', { member: zoe.id });
    expect(world.member(zoe)).toEqual({ display: 'Zoé L', role: 'pupil-admin', status: { is: 'active' } });
  });

  test('[ME6] by whoever may remove, and nobody else', () => {
    const world = twoSpaces();
    world.do(marta, 'member.remove', { member: angel.id });
    expect(restores(world, luca, angel)).toBe('only-own-pupils');
    expect(restores(world, zoe, angel)).toBe('not-permitted');
    expect(restores(world, angel, angel)).toBe('not-a-member');
    expect(restores(world, marta, oksana)).toBe('unknown-member');
  });
});

describe('the day of the last access', () => {
  const signsIn = (world: World, on: string): void => {
    world.do(angel, 'access.record', { on: day(on) });
  };
  const seen = (world: World): string | undefined => world.state().staff.access.get(angel.id);

  test('[ME7] is a day, and only a later one replaces an earlier (G8)', () => {
    const world = riosDeEuropa();
    expect(seen(world)).toBeUndefined();
    signsIn(world, '2026-11-20');
    expect(seen(world)).toBe('2026-11-20');
    signsIn(world, '2026-11-24');
    expect(seen(world)).toBe('2026-11-24');
    signsIn(world, '2026-11-21');
    expect(seen(world)).toBe('2026-11-24');
  });

  test('[ME7] never more than a day after the relay’s', () => {
    const world = riosDeEuropa();
    signsIn(world, '2031-01-01');
    expect(seen(world)).toBe('2026-11-25');
  });

  test('[ME7] is only one’s own, and stands where staff alone may read', () => {
    const world = riosDeEuropa();
    const { puts } = world.do(angel, 'access.record', { on: today });
    expect(puts).toEqual([{ doc: 'staff', map: 'access', key: angel.id, value: today }]);
    expect(world.do(angel, 'access.record', { on: today }, { key: keyOf(angel) }).puts).toEqual([]);
  });

  test('[ME7] belongs to one TwinSpace', () => {
    const world = twoSpaces();
    world.do(oksana, 'access.record', { on: today }, { space: mares });
    expect(world.state(mares).staff.access.get(oksana.id)).toBe(today);
    expect(world.state(rios).staff.access.size).toBe(0);
  });
});
