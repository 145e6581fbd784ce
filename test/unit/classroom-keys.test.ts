import { describe, expect, test } from 'vitest';
import type { CommandArgs, CommandName } from '#lib/domain/commands/command.ts';
import { plusDays } from '#lib/domain/dates.ts';
import { pictureNames, pictureSecret } from '#lib/domain/pictures.ts';
import { angel, angelC, classroomTablet, keyOf, luca, marta, newKey, rios, zoe } from '../support/cast.ts';
import { riosDeEuropa, twoSpaces, type World } from '../support/world.ts';
import { mares, oksana, type Person } from '../support/cast.ts';

const cart = { ...classroomTablet(marta.id, [angel.id]), space: rios };

/** Gives somebody a classroom key: number nine. */
function gives(
  world: World,
  by: Person,
  to: Person,
  how: Parameters<World['answer']>[3] = {},
  number = 9
): string {
  const key = newKey(to, number, 'classroom');
  return world.answer(by, 'key.set', { account: to.id, key, reason: 'forgotten' }, how);
}

/** "Ríos de Europa" with classroom keys for Marta, Luca and Ángel. */
function equipped(): World {
  const world = riosDeEuropa();
  for (const [by, to] of [
    [marta, marta],
    [luca, luca],
    [marta, angel]
  ] as const) {
    world.do(by, 'key.set', { account: to.id, key: newKey(to, 9, 'classroom'), reason: 'own' });
  }
  return world;
}

/** What somebody may do on the cart's tablet with their classroom key. */
function onCart<Name extends CommandName>(
  world: World,
  who: Person,
  name: Name,
  args: CommandArgs[Name]
): string {
  return world.answer(who, name, args, { devices: [cart], key: keyOf(who, 9) });
}

describe('an adult’s classroom key', () => {
  test('[KE10] is made by that adult alone', () => {
    const world = riosDeEuropa();
    expect(gives(world, luca, luca)).toBe('accepted');
    expect(gives(world, marta, luca)).toBe('account-adult');
    expect(gives(world, angel, luca)).toBe('account-adult');
  });

  test('[KE10][RO4] makes an administrator a teacher on a classroom tablet, and nothing of the account is changed with it', () => {
    const world = equipped();
    expect(onCart(world, marta, 'settings.set', { settings: { teachersExport: true } })).toBe(
      'device-ceiling'
    );
    const display = { member: angel.id, display: 'Á. C.' };
    expect(onCart(world, marta, 'member.display', display)).toBe('accepted');
    for (const scope of ['full', 'classroom'] as const) {
      const key = newKey(luca, 3, scope);
      const set = { account: luca.id, key, reason: 'own' } as const;
      expect(onCart(world, luca, 'key.set', set)).toBe('device-ceiling');
    }
    const erase = { account: luca.id, typed: luca.username };
    expect(onCart(world, luca, 'account.erase', erase)).toBe('device-ceiling');
    expect(onCart(world, luca, 'member.leave', {})).toBe('device-ceiling');
    const remove = { account: luca.id, keyId: keyOf(luca, 9) };
    expect(onCart(world, luca, 'key.remove', remove)).toBe('device-ceiling');
    expect(onCart(world, luca, 'device.revoke', { device: cart.id })).toBe('device-ceiling');
  });

  test('[KE10][PE15] gives an own pupil a new password on a classroom tablet', () => {
    const world = equipped();
    const set = { account: angel.id, key: newKey(angel, 2), reason: 'forgotten' } as const;
    expect(onCart(world, marta, 'key.set', set)).toBe('accepted');
    expect(onCart(world, luca, 'key.set', set)).toBe('only-custodian-or-home');
  });
});

describe('pictures', () => {
  test('[KE11] are chosen by whoever may set the password', () => {
    const world = riosDeEuropa();
    expect(gives(world, marta, angel)).toBe('accepted');
    expect(gives(world, luca, angel)).toBe('only-custodian-or-home');
    expect(gives(world, zoe, angel)).toBe('not-permitted');
    world.do(marta, 'settings.set', { settings: { pupilsChangePassword: true } });
    expect(gives(world, angel, angel)).toBe('not-permitted');
  });

  test('[KE11] only at home, and not of somebody raised', () => {
    const world = twoSpaces();
    world.do(
      oksana,
      'pupil.add-existing',
      { account: angel.id, role: 'pupil', display: 'Á' },
      { space: mares }
    );
    expect(gives(world, oksana, angel, { space: mares })).not.toBe('accepted');
    world.do(marta, 'member.role', { member: angel.id, role: 'teacher', typed: angel.username });
    expect(gives(world, marta, angel)).toBe('own-password-first');
  });

  test('[KE10] open no way to a password, even where pupils choose theirs', () => {
    const world = equipped();
    world.do(marta, 'settings.set', { settings: { pupilsChangePassword: true } });
    const own = { account: angel.id, key: newKey(angel, 3), reason: 'own' } as const;
    expect(onCart(world, angel, 'key.set', own)).toBe('device-ceiling');
    expect(world.answer(angel, 'key.set', own, { devices: [cart] })).toBe('accepted');
  });

  test('[KE11][AC7] count for nothing once their pupil, raised, has chosen a password', () => {
    const world = equipped();
    world.do(marta, 'member.role', { member: angel.id, role: 'teacher', typed: angel.username });
    world.choosesOwn(angel);
    expect(onCart(world, angel, 'access.record', { on: world.now })).toBe('key-distrusted');
  });

  test('[KE11] are a secret of four of the twelve, in order', () => {
    expect(pictureSecret(['sun', 'sun', 'boat', 'key'])).toBe('pictures:sun-sun-boat-key');
    expect(pictureSecret(['sun', 'sun', 'boat'])).toBeUndefined();
    expect(pictureSecret(['sun', 'sun', 'boat', 'dragon'])).toBeUndefined();
    expect(new Set(pictureNames).size).toBe(12);
  });
});

describe('a classroom key is taken away', () => {
  const removal = (who: Person) => ({ account: who.id, keyId: keyOf(who, 9) });

  test('[KE12] by whoever may set it', () => {
    const world = equipped();
    expect(world.answer(luca, 'key.remove', removal(luca))).toBe('accepted');
    expect(world.answer(marta, 'key.remove', removal(luca))).toBe('account-adult');
    expect(world.answer(marta, 'key.remove', removal(angel))).toBe('accepted');
    expect(onCart(world, marta, 'key.remove', removal(angel))).toBe('accepted');
    expect(world.answer(luca, 'key.remove', removal(angel))).toBe('only-custodian-or-home');
    expect(world.answer(zoe, 'key.remove', removal(angel))).toBe('not-permitted');
    const full = { account: angel.id, keyId: keyOf(angel) };
    expect(world.answer(marta, 'key.remove', full)).toBe('key-unknown');
    const nobody = { account: angelC.id, keyId: keyOf(angel, 9) };
    expect(world.answer(marta, 'key.remove', nobody)).toBe('account-unknown');
  });

  test('[KE12][KE4] and what was done with it counts for 30 days more', () => {
    const world = equipped();
    world.do(marta, 'key.remove', removal(angel));
    const profile = { member: angel.id, text: 'Me gusta el río' };
    expect(onCart(world, angel, 'member.profile', profile)).toBe('accepted');
    world.now = plusDays(world.now, 31);
    expect(onCart(world, angel, 'member.profile', profile)).toBe('key-former');
  });

  test('[KE7] a classroom key outlives any number of new passwords', () => {
    const world = equipped();
    for (let number = 10; number < 22; number++) {
      const key = newKey(angel, number);
      world.do(marta, 'key.set', { account: angel.id, key, reason: 'forgotten' });
    }
    expect(world.directory.public(angel.id)?.keys).toHaveLength(8);
    expect(onCart(world, angel, 'access.record', { on: world.now })).toBe('accepted');
  });
});
