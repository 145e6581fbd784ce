import { describe, expect, test } from 'vitest';
import { actorIn } from '#lib/domain/effective-role.ts';
import type { Device } from '#lib/domain/device.ts';
import type { KeyId } from '#lib/domain/ids.ts';
import type { Put } from '#lib/domain/puts.ts';
import type { Tablet } from '#lib/domain/records.ts';
import { isRefusal } from '#lib/domain/refusals.ts';
import { angel, classroomTablet, keyOf, luca, marta, newKey, rios, today, zoe } from '../support/cast.ts';
import { personalDevice, type Person } from '../support/cast.ts';
import { riosDeEuropa, type World } from '../support/world.ts';

const tablet = classroomTablet(marta.id, [marta.id, luca.id, angel.id, zoe.id]);
const martas = personalDevice('a second one of Marta', marta.id, [marta.id, luca.id, angel.id, zoe.id]);

/** What somebody counts as, with this key on these devices; or why not at all. */
function roleOf(world: World, who: Person, devices: readonly Device[], key: KeyId = keyOf(who)): string {
  const { directory, now } = world;
  const actor = actorIn(world.state(), directory, { account: who.id, key, devices }, now);
  return isRefusal(actor) ? actor.refused : actor.role;
}

/** A classroom key, as a later version of the app gives it to an adult: no command makes one yet. */
function withClassroomKey(world: World, who: Person): KeyId {
  const known = world.directory.public(who.id);
  if (!known) throw new Error('unknown');
  const { id, publicKey, scope } = newKey(who, 9, 'classroom');
  const key = { id, publicKey, scope, since: today, setBy: who.id, state: { is: 'current' } } as const;
  const value = { ...known, keys: [key, ...known.keys] };
  const put: Put = { doc: 'directory', map: 'public', key: who.id, value };
  world.write([put], rios);
  return id;
}

describe('what somebody counts as', () => {
  test('[RO1] on their own device with a full key: their role in the TwinSpace', () => {
    const world = riosDeEuropa();
    expect(roleOf(world, marta, [marta.device])).toBe('teacher-admin');
    expect(roleOf(world, luca, [luca.device])).toBe('teacher');
    expect(roleOf(world, zoe, [zoe.device])).toBe('pupil-admin');
    expect(roleOf(world, angel, [angel.device])).toBe('pupil');
  });

  test('[RO1] nothing makes anybody more than their role in the TwinSpace', () => {
    const world = riosDeEuropa();
    expect(roleOf(world, luca, [personalDevice('of Luca', luca.id)])).toBe('teacher');
    expect(roleOf(world, angel, [personalDevice('of Ángel', angel.id)])).toBe('pupil');
    expect(roleOf(world, angel, [tablet])).toBe('pupil');
  });

  test('[RO2] with a classroom key: at most a teacher', () => {
    const world = riosDeEuropa();
    const key = withClassroomKey(world, marta);
    expect(roleOf(world, marta, [tablet], key)).toBe('teacher');
  });

  test('[RO2] a classroom key counts on a classroom tablet only', () => {
    const world = riosDeEuropa();
    const key = withClassroomKey(world, marta);
    expect(roleOf(world, marta, [marta.device], key)).toBe('device-ceiling');
  });

  test('[KE14] a classroom key counts on a tablet that has keys of its account, or is to have them', () => {
    const world = riosDeEuropa();
    const key = withClassroomKey(world, luca);
    const bare = { ...classroomTablet(marta.id), space: rios };
    const held = { name: 'Carro', by: marta.id, on: today, groups: [], teachers: [] } as const;
    const holds = (value: Tablet): void =>
      world.write([{ doc: 'staff', map: 'tablets', key: bare.id, value, space: rios }], rios);
    // On the tablet itself, which does not see what it is to hold.
    expect(roleOf(world, luca, [bare], key)).toBe('teacher');
    holds(held);
    expect(roleOf(world, luca, [bare], key)).toBe('key-elsewhere');
    expect(roleOf(world, luca, [{ ...bare, accounts: [luca.id] }], key)).toBe('teacher');
    holds({ ...held, teachers: [luca.id] });
    expect(roleOf(world, luca, [bare], key)).toBe('teacher');
    const pictures = withClassroomKey(world, angel);
    expect(roleOf(world, angel, [bare], pictures)).toBe('key-elsewhere');
    holds({ ...held, groups: 'all' });
    expect(roleOf(world, angel, [bare], pictures)).toBe('pupil');
  });

  test("[RO3] on somebody else's device: at most a pupil administrator", () => {
    const world = riosDeEuropa();
    expect(roleOf(world, luca, [martas])).toBe('pupil-admin');
    expect(roleOf(world, zoe, [martas])).toBe('pupil-admin');
    expect(roleOf(world, angel, [martas])).toBe('pupil');
    expect(roleOf(world, marta, [martas])).toBe('teacher-admin');
  });

  test('[RO4] on a classroom tablet: teacher with a classroom key, pupil administrator with a full one', () => {
    const world = riosDeEuropa();
    expect(roleOf(world, marta, [tablet])).toBe('pupil-admin');
    expect(roleOf(world, luca, [tablet])).toBe('pupil-admin');
    expect(roleOf(world, luca, [tablet], withClassroomKey(world, luca))).toBe('teacher');
  });

  test('[RO4] whoever enrolled the classroom tablet is no more there than others', () => {
    const own = classroomTablet(luca.id, [luca.id]);
    expect(roleOf(riosDeEuropa(), luca, [own])).toBe('pupil-admin');
  });

  test('[RO5] the device that signed and the one that carries both set a ceiling', () => {
    const world = riosDeEuropa();
    expect(roleOf(world, marta, [marta.device, tablet])).toBe('pupil-admin');
    expect(roleOf(world, marta, [tablet, marta.device])).toBe('pupil-admin');
    expect(roleOf(world, marta, [marta.device, luca.device])).toBe('pupil-admin');
    expect(roleOf(world, marta, [marta.device, marta.device])).toBe('teacher-admin');
  });

  test('[RO6] a raised pupil counts as pupil administrator until they chose a password (G10)', () => {
    const world = riosDeEuropa();
    world.do(marta, 'member.role', { member: angel.id, role: 'teacher-admin', typed: angel.username });
    expect(world.role(angel)).toBe('teacher-admin');
    expect(roleOf(world, angel, [angel.device])).toBe('pupil-admin');

    world.choosesOwn(angel);
    expect(roleOf(world, angel, [angel.device], keyOf(angel, 2))).toBe('teacher-admin');
  });

  test('[RO7] what only the device forbids is refused with the device as the reason', () => {
    const world = riosDeEuropa();
    const make = { member: angel.id, role: 'pupil-admin' } as const;
    expect(world.answer(marta, 'member.role', make, { devices: [tablet] })).toBe('device-ceiling');
    expect(world.answer(marta, 'member.role', make, { devices: [marta.device, tablet] })).toBe(
      'device-ceiling'
    );
    expect(world.answer(marta, 'member.role', make)).toBe('accepted');
  });

  test('[RO7] what only the password still to be chosen forbids is refused with that reason', () => {
    const world = riosDeEuropa();
    world.do(marta, 'member.role', { member: angel.id, role: 'teacher-admin', typed: angel.username });
    const make = { member: zoe.id, role: 'pupil' } as const;
    expect(world.answer(angel, 'member.role', make)).toBe('own-password-first');
  });

  test('[RO7] what the role itself forbids keeps its own reason', () => {
    const world = riosDeEuropa();
    const make = { member: angel.id, role: 'pupil-admin' } as const;
    expect(world.answer(luca, 'member.role', make, { devices: [tablet] })).toBe('not-permitted');
    expect(world.answer(luca, 'member.role', make)).toBe('only-administrators');
  });
});
