import { describe, expect, test } from 'vitest';
import type { Device } from '#lib/domain/device.ts';
import { mayRead, type SpaceDocument } from '#lib/domain/may-read.ts';
import { angel, classroomTablet, luca, marta, oksana, personalDevice, rios, zoe } from '../support/cast.ts';
import { mares } from '../support/cast.ts';
import { riosDeEuropa, twoSpaces, type World } from '../support/world.ts';

/** The documents of a TwinSpace that this device may follow. */
function reads(world: World, device: Device, space = rios): readonly SpaceDocument[] {
  const both = ['members', 'staff'] as const;
  return both.filter((document) => mayRead(world.state(space), world.directory, device, document));
}

describe('which device reads what', () => {
  test('[RD1] members: every personal device on which an active member is at home', () => {
    const world = riosDeEuropa();
    expect(reads(world, angel.device)).toEqual(['members']);
    expect(reads(world, zoe.device)).toEqual(['members']);
    expect(reads(world, personalDevice('of a stranger', oksana.id, [oksana.id, angel.id]))).toEqual([
      'members'
    ]);
  });

  test('[RD1] nobody from outside, and nobody who was removed', () => {
    const world = twoSpaces();
    expect(reads(world, oksana.device)).toEqual([]);
    expect(reads(world, marta.device, mares)).toEqual([]);
    world.do(marta, 'member.remove', { member: angel.id });
    expect(reads(world, angel.device)).toEqual([]);
    expect(reads(world, classroomTablet(marta.id))).toEqual([]);
  });

  test('[RD2] staff: the personal devices of administrators and teachers', () => {
    const world = riosDeEuropa();
    expect(reads(world, marta.device)).toEqual(['members', 'staff']);
    expect(reads(world, luca.device)).toEqual(['members', 'staff']);
  });

  test('[RD2] not where such a person merely signed in', () => {
    const world = riosDeEuropa();
    const pupils = personalDevice('of Ángel, used by Marta', angel.id, [angel.id, marta.id]);
    expect(reads(world, pupils)).toEqual(['members']);
  });

  test('[RD2] not a raised pupil before the password, and nobody who was made less or removed', () => {
    const world = twoSpaces();
    world.do(marta, 'member.role', { member: zoe.id, role: 'teacher', typed: zoe.username });
    expect(reads(world, zoe.device)).toEqual(['members']);
    world.choosesOwn(zoe);
    expect(reads(world, zoe.device)).toEqual(['members', 'staff']);

    world.do(marta, 'member.role', { member: luca.id, role: 'pupil' });
    expect(reads(world, luca.device)).toEqual(['members']);
    world.do(marta, 'member.remove', { member: luca.id });
    expect(reads(world, luca.device)).toEqual([]);
  });

  test('[RD3] a revoked device reads nothing', () => {
    const world = riosDeEuropa();
    for (const device of [marta.device, angel.device, classroomTablet(marta.id, [angel.id])]) {
      expect(reads(world, { ...device, revoked: true })).toEqual([]);
    }
  });
});
