import { describe, expect, test } from 'vitest';
import type { Device } from '#lib/domain/device.ts';
import type { SpaceId } from '#lib/domain/ids.ts';
import { mayRead } from '#lib/domain/may-read.ts';
import {
  angel,
  classroomTablet,
  luca,
  mares,
  marta,
  newKey,
  nuria,
  oksana,
  personalDevice,
  rios,
  zoe
} from '../support/cast.ts';
import { riosDeEuropa, twoSpaces, type World } from '../support/world.ts';

/** Which of the two documents the device may follow. */
function read(world: World, device: Device, space: SpaceId = rios): readonly string[] {
  const documents = ['members', 'staff'] as const;
  return documents.filter((document) => mayRead(world.state(space), world.directory, device, document));
}

describe('what a device may follow', () => {
  test("[RD1, RD2] an adult's own device: both documents", () => {
    const world = twoSpaces();
    expect(read(world, marta.device)).toEqual(['members', 'staff']);
    expect(read(world, luca.device)).toEqual(['members', 'staff']);
    expect(read(world, nuria.device)).toEqual(['members', 'staff']);
  });

  test("[RD1, RD2] a pupil's own device, a pupil administrator's too: members only", () => {
    const world = twoSpaces();
    expect(read(world, angel.device)).toEqual(['members']);
    expect(read(world, zoe.device)).toEqual(['members']);
  });

  test('[RD1] of another TwinSpace: nothing', () => {
    const world = twoSpaces();
    expect(read(world, oksana.device)).toEqual([]);
    expect(read(world, marta.device, mares)).toEqual([]);
    expect(read(world, oksana.device, mares)).toEqual(['members', 'staff']);
  });

  test('[RD2] a device on which an adult only signed in: members, never staff', () => {
    const borrowed = personalDevice('of Ángel', angel.id, [angel.id, marta.id]);
    expect(read(riosDeEuropa(), borrowed)).toEqual(['members']);
    const strangers = personalDevice('of a stranger', oksana.id, [oksana.id, luca.id]);
    expect(read(twoSpaces(), strangers)).toEqual(['members']);
  });

  test('[RD2] a classroom tablet: members, never staff, whoever enrolled it', () => {
    expect(read(riosDeEuropa(), classroomTablet(marta.id, [marta.id, angel.id]))).toEqual(['members']);
    expect(read(riosDeEuropa(), classroomTablet(marta.id))).toEqual([]);
  });

  test('[RD1, RD2] after a removal: nothing', () => {
    const world = riosDeEuropa();
    world.do(marta, 'member.remove', { member: luca.id });
    world.do(marta, 'member.remove', { member: angel.id });
    expect(read(world, luca.device)).toEqual([]);
    expect(read(world, angel.device)).toEqual([]);
    world.do(marta, 'member.restore', { member: luca.id });
    expect(read(world, luca.device)).toEqual(['members', 'staff']);
  });

  test('[RD2] a raised pupil reads what staff read only once the password is their own', () => {
    const world = riosDeEuropa();
    world.do(marta, 'member.role', { member: angel.id, role: 'teacher', typed: angel.username });
    expect(read(world, angel.device)).toEqual(['members']);
    world.do(angel, 'key.set', { account: angel.id, key: newKey(angel, 2), reason: 'own' });
    expect(read(world, angel.device)).toEqual(['members', 'staff']);
    world.do(marta, 'member.role', { member: angel.id, role: 'pupil-admin' });
    expect(read(world, angel.device)).toEqual(['members']);
  });

  test('[RD3] a revoked device: nothing', () => {
    expect(read(riosDeEuropa(), { ...marta.device, revoked: true })).toEqual([]);
  });
});
