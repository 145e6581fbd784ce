import { describe, expect, test } from 'vitest';
import type { CommandName } from '#lib/domain/commands/command.ts';
import { commands } from '#lib/domain/commands/table.ts';
import { decide } from '#lib/domain/decide.ts';
import type { SpaceId } from '#lib/domain/ids.ts';
import {
  angel,
  classroomTablet,
  giulia,
  keyOf,
  luca,
  mares,
  marta,
  newAccount,
  newKey
} from '../support/cast.ts';
import { oksana, rios, secretHash, today, uuid, zoe } from '../support/cast.ts';
import { riosDeEuropa, twoSpaces, World } from '../support/world.ts';
import { commandSchemas } from '#lib/protocol/command-schemas.ts';

const nowhere = uuid('nowhere') as SpaceId;
const revoked = { ...marta.device, revoked: true };
const add = { account: newAccount(giulia), role: 'pupil' } as const;

describe('what is judged at all', () => {
  test('[DE1] what does not stand in the table of commands is not done', () => {
    const world = riosDeEuropa();
    for (const name of ['space.delete', '', 'constructor', '__proto__', 'toString']) {
      expect(world.answer(marta, name as CommandName, {} as never)).toBe('malformed');
    }
  });

  test('[DE1] the table and what can be read from outside are the same', () => {
    expect(Object.keys(commands).sort()).toEqual(Object.keys(commandSchemas).sort());
  });

  test('[DE3] nothing on a revoked device, whichever of the two it is', () => {
    const world = riosDeEuropa();
    expect(world.answer(marta, 'pupil.add', add, { devices: [revoked] })).toBe('device-revoked');
    expect(world.answer(marta, 'pupil.add', add, { devices: [marta.device, revoked] })).toBe(
      'device-revoked'
    );
    expect(world.answer(marta, 'pupil.add', add, { devices: [revoked, marta.device] })).toBe(
      'device-revoked'
    );
  });

  test('[DE3] nothing on a revoked device also with a secret', () => {
    const world = new World();
    const secret = secretHash('founding');
    world.technicianLink(secret);
    const args = { name: 'Ríos', account: newAccount(marta) };
    expect(world.answer(marta, 'space.found', args, { secret, devices: [revoked] })).toBe('device-revoked');
    expect(world.answer(marta, 'space.found', args, { secret, devices: [] })).toBe('accepted');
  });

  test('[DE3] nothing from nowhere: no device, no TwinSpace', () => {
    const world = riosDeEuropa();
    expect(world.answer(marta, 'pupil.add', add, { devices: [] })).toBe('device-not-enrolled');
    expect(world.answer(marta, 'pupil.add', add, { space: nowhere })).toBe('space-unknown');
  });

  test('[DE3] nothing by who is no active member, whatever they are elsewhere', () => {
    const world = twoSpaces();
    expect(world.answer(oksana, 'pupil.add', add)).toBe('not-a-member');
    expect(world.answer(marta, 'pupil.add', add, { space: mares })).toBe('not-a-member');
    world.do(marta, 'member.remove', { member: luca.id });
    expect(world.answer(luca, 'pupil.add', add)).toBe('not-a-member');
  });

  test('[DE3] nothing with a key that does not count', () => {
    const world = riosDeEuropa();
    expect(world.answer(marta, 'pupil.add', add, { key: keyOf(luca) })).toBe('key-unknown');
    world.do(marta, 'key.set', { account: marta.id, key: newKey(marta, 2), reason: 'someone-knows' });
    expect(world.answer(marta, 'pupil.add', add)).toBe('key-distrusted');
  });
});

describe('judging', () => {
  test('[DE2] the same three give the same answer, and none of them is touched', () => {
    const world = riosDeEuropa();
    const state = world.state();
    const change = world.change(luca, 'pupil.add', {
      account: newAccount(giulia, { username: angel.username }),
      role: 'pupil'
    });
    const around = { devices: [luca.device], now: today, directory: world.directory };
    const before = JSON.stringify([maps(world), change]);
    const first = decide(state, change, around);
    const second = decide(state, change, around);
    expect(second).toEqual(first);
    expect(JSON.stringify([maps(world), change])).toBe(before);
    expect(world.directory.public(giulia.id)).toBeUndefined();
  });

  test('[DE2] neither the id, nor the session, nor the day on the tablet makes a difference', () => {
    const world = riosDeEuropa();
    const around = { devices: [luca.device], now: today, directory: world.directory };
    const change = world.change(luca, 'pupil.add', add);
    const first = decide(world.state(), change, around);
    const other = { ...change, at: '1999-01-01' as never, session: uuid('other') as never, after: [] };
    expect(decide(world.state(), other, around)).toEqual(first);
  });

  test('[DE4] a refused change changes nothing', () => {
    const world = riosDeEuropa();
    const before = maps(world);
    for (const who of [angel, zoe, oksana]) world.judge(who, 'member.remove', { member: marta.id });
    world.judge(marta, 'member.remove', { member: marta.id });
    expect(maps(world)).toEqual(before);
  });

  test('[DE4] an accepted change that comes to nothing is accepted', () => {
    const world = riosDeEuropa();
    world.do(angel, 'access.record', { on: today });
    const again = world.judge(angel, 'access.record', { on: today });
    expect(again).toEqual({ puts: [], notes: [], projected: [] });
  });

  test('[DE4] what was accepted is judged on its result: nobody leaves a TwinSpace without an administrator', () => {
    const world = riosDeEuropa();
    const devices = [marta.device];
    expect(world.answer(marta, 'member.remove', { member: marta.id }, { devices })).toBe(
      'last-administrator'
    );
    expect(
      world.answer(marta, 'member.remove', { member: marta.id }, { devices: [classroomTablet(marta.id)] })
    ).toBe('device-ceiling');
  });
});

/** Everything that a world knows, as plain records. */
function maps(world: World): unknown {
  const { members, staff } = world.state(rios);
  return [members, staff].map((document) =>
    Object.entries(document).map(([name, map]: [string, ReadonlyMap<string, unknown>]) => [name, [...map]])
  );
}
