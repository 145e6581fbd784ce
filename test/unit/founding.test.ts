import { describe, expect, test } from 'vitest';
import type { CommandArgs } from '#lib/domain/commands/command.ts';
import { plusDays } from '#lib/domain/dates.ts';
import type { SecretHash, SpaceId } from '#lib/domain/ids.ts';
import {
  angel,
  keyOf,
  luca,
  mares,
  marta,
  newAccount,
  newKey,
  oksana,
  rios,
  secretHash
} from '../support/cast.ts';
import { person, today, uuid, zoe, type Person } from '../support/cast.ts';
import { riosDeEuropa, twoSpaces, World } from '../support/world.ts';

const secret = secretHash('a founding link');
const space = uuid('space Lagos') as SpaceId;
const eva = person('Eva', 'Rhin', 'eva.rhin.1');
const args = { name: 'Lagos', account: newAccount(eva) };

/** An empty relay with one link of the technician. */
function withLink(world = new World()): World {
  world.technicianLink(secret);
  return world;
}

describe('founding a TwinSpace', () => {
  test('[SP1] with an open link an adult founds it and is its first administrator', () => {
    const world = withLink();
    world.do(eva, 'space.found', args, { space, secret });
    expect(world.state(space).members.meta.get('space')).toEqual({ name: 'Lagos', founded: today });
    expect(world.role(eva, space)).toBe('teacher-admin');
    expect(world.directory.public(eva.id)).toMatchObject({ custody: { kind: 'self' }, home: space });
    expect(world.directory.founding(secret)?.usedFor).toBe(space);
  });

  test('[SP1] once for each link, and once for each TwinSpace', () => {
    const world = withLink(riosDeEuropa());
    expect(world.answer(eva, 'space.found', args, { space: rios, secret })).toBe('space-exists');
    world.do(eva, 'space.found', args, { space, secret });
    expect(
      world.answer(oksana, 'space.found', { ...args, account: newAccount(oksana) }, { space: mares, secret })
    ).toBe('founding-used');
  });

  test('[SP1] not without a link, nor with one that is over', () => {
    expect(new World().answer(eva, 'space.found', args, { space })).toBe('secret-wrong');
    expect(withLink().answer(eva, 'space.found', args, { space, secret: secretHash('other') })).toBe(
      'secret-wrong'
    );
    const world = withLink();
    world.now = plusDays(today, 7);
    expect(world.answer(eva, 'space.found', args, { space, secret })).toBe('accepted');
    world.now = plusDays(today, 8);
    expect(world.answer(eva, 'space.found', args, { space, secret })).toBe('founding-expired');
  });

  test('[SP1] with a name in form and an account that is the actor’s own', () => {
    const world = withLink();
    const founds = (change: Partial<CommandArgs['space.found']>, key = keyOf(eva)): string =>
      world.answer(eva, 'space.found', { ...args, ...change }, { space, secret, key });
    expect(founds({ name: '' })).toBe('display-invalid');
    expect(founds({ name: 'La\ngos' })).toBe('display-invalid');
    expect(founds({ account: newAccount(oksana) })).toBe('key-unknown');
    expect(founds({}, keyOf(eva, 2))).toBe('key-unknown');
    expect(founds({ account: newAccount(eva, { given: 'E va' }) })).toBe('name-space');
  });

  test('[SP1] an adult who has an account founds with it (AC6)', () => {
    const world = withLink(riosDeEuropa());
    const founds = (who: Person, key = keyOf(who)): string =>
      world.answer(who, 'space.found', { name: 'Lagos', display: who.given }, { space, secret, key });
    expect(founds(eva)).toBe('account-unknown');
    expect(founds(angel)).toBe('own-password-first');
    expect(founds(luca, keyOf(luca, 2))).toBe('key-unknown');
    world.do(luca, 'space.found', { name: 'Lagos', display: 'Luca' }, { space, secret });
    expect(world.role(luca, space)).toBe('teacher-admin');
    expect(world.role(luca)).toBe('teacher');
    expect(world.directory.spaces(luca.id)).toEqual([rios, space]);
    expect(world.directory.public(luca.id)?.home).toBe(rios);
  });

  test('[SP1] a username that is taken becomes the next (UN5)', () => {
    const world = withLink(riosDeEuropa());
    const account = newAccount(eva, { username: 'marta.rios.1' });
    const { notes } = world.do(eva, 'space.found', { name: 'Lagos', account }, { space, secret });
    expect(notes).toMatchObject([{ code: 'renumbered', to: 'marta.rios.2' }]);
    expect(world.username(eva)).toBe('marta.rios.2');
  });

  test('[SP1] whoever founded can do nothing in other TwinSpaces', () => {
    const world = twoSpaces();
    expect(world.answer(oksana, 'member.remove', { member: angel.id })).toBe('not-a-member');
    expect(world.answer(marta, 'member.remove', { member: oksana.id }, { space: mares })).toBe(
      'not-a-member'
    );
  });
});

describe('giving a founding link', () => {
  const offers = (who: Person, days = 7, secretHash: SecretHash = secret, world = twoSpaces()): string =>
    world.answer(who, 'founding.offer', { secretHash, expires: plusDays(today, days) });

  test('[SP2] is for administrators', () => {
    expect(offers(marta)).toBe('accepted');
    expect(offers(luca)).toBe('only-administrators');
    expect(offers(zoe)).toBe('not-permitted');
    expect(offers(angel)).toBe('not-permitted');
    expect(offers(oksana)).toBe('not-a-member');
  });

  test('[SP2] it lives at most 30 days, and each has its own secret', () => {
    expect(offers(marta, 30)).toBe('accepted');
    expect(offers(marta, 0)).toBe('accepted');
    expect(offers(marta, 31)).toBe('invitation-expiry');
    expect(offers(marta, -1)).toBe('invitation-expiry');
    expect(offers(marta, 7, secretHash(`founding ${rios}`))).toBe('invitation-exists');
  });

  test('[SP2] it founds like the technician’s, and says who gave it', () => {
    const world = twoSpaces();
    world.do(marta, 'founding.offer', { secretHash: secret, expires: plusDays(today, 3) });
    expect(world.directory.founding(secret)?.by).toBe(marta.id);
    world.do(eva, 'space.found', args, { space, secret });
    expect(world.role(eva, space)).toBe('teacher-admin');
    expect(world.role(marta, space)).toBeUndefined();
  });

  test('[SP2] not with a forgotten key', () => {
    const world = twoSpaces();
    world.do(marta, 'key.set', { account: marta.id, key: newKey(marta, 2), reason: 'forgotten' });
    expect(offers(marta, 7, secret, world)).toBe('key-former');
  });
});
