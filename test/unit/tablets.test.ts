import { describe, expect, test } from 'vitest';
import type { Device } from '#lib/domain/device.ts';
import type { CommandArgs } from '#lib/domain/commands/command.ts';
import { decide } from '#lib/domain/decide.ts';
import type { DeviceId, OfferId } from '#lib/domain/ids.ts';
import { mostTabletsInSpace } from '#lib/domain/tablet-room.ts';
import { mayRead } from '#lib/domain/may-read.ts';
import { isRefusal } from '#lib/domain/refusals.ts';
import {
  angel,
  classroomTablet,
  groupId,
  keyOf,
  luca,
  marta,
  newKey,
  nuria,
  oksana,
  rios,
  secretHash,
  uuid,
  zoe,
  type Person
} from '../support/cast.ts';
import { twoSpaces, type World } from '../support/world.ts';

const cart: Device = { ...classroomTablet(luca.id, [angel.id]), space: rios };
const [sixthA, lucasOwn] = [groupId('6.º A'), groupId('Luca')];
const scope = { groups: [] as const, teachers: [] as const };

function offer(over: Partial<CommandArgs['tablet.offer']> = {}): CommandArgs['tablet.offer'] {
  const hashes = { secretHash: secretHash('secret'), codeHash: secretHash('code') };
  return { offer: uuid('offer') as OfferId, ...hashes, count: 1, ...scope, ...over };
}

/** Two groups: Marta's and Luca's. */
function school(): World {
  const world = twoSpaces();
  world.do(marta, 'group.make', { group: sixthA, name: '6.º A', kind: 'class' });
  world.do(luca, 'group.make', { group: lucasOwn, name: 'Equipo', kind: 'team' });
  return world;
}

/** Luca's tablet is let in. */
function withTablet(): World {
  const world = school();
  const args = { tablet: cart.id, name: 'Carro 1', groups: [lucasOwn], teachers: [luca.id] };
  world.do(luca, 'tablet.admit', args);
  return world;
}

/** What the relay says, which knows these devices. */
function answer(
  world: World,
  who: Person,
  name: 'tablet.admit' | 'device.revoke' | 'device.set',
  args: CommandArgs[typeof name],
  known: readonly Device[],
  devices: readonly Device[] = [who.device]
): string {
  const { now, directory } = world;
  const device = (id: DeviceId): Device | undefined => known.find((one) => one.id === id);
  const change = world.change(who, name, args, { devices });
  const outcome = decide(world.state(), change, { devices, now, directory, device });
  return isRefusal(outcome) ? outcome.refused : 'accepted';
}

describe('offering classroom tablets', () => {
  test('[TB1][PE20] by administrators and teachers, from one to sixty', () => {
    const world = school();
    expect(world.answer(marta, 'tablet.offer', offer({ count: 60 }))).toBe('accepted');
    expect(world.answer(luca, 'tablet.offer', offer())).toBe('accepted');
    expect(world.answer(zoe, 'tablet.offer', offer())).toBe('not-permitted');
    for (const count of [0, 61, 1.5]) {
      expect(world.answer(marta, 'tablet.offer', offer({ count }))).toBe('tablet-count');
    }
  });

  test('[TB1] with a full key, never with a classroom one', () => {
    const world = withTablet();
    world.do(luca, 'key.set', { account: luca.id, key: newKey(luca, 9, 'classroom'), reason: 'own' });
    const how = { devices: [cart], key: keyOf(luca, 9) };
    expect(world.answer(luca, 'access.record', { on: world.now }, how)).toBe('accepted');
    expect(world.answer(luca, 'tablet.offer', offer(), how)).toBe('device-ceiling');
  });

  test('[TB1] for groups and active adults of this TwinSpace', () => {
    const world = school();
    expect(world.answer(marta, 'tablet.offer', offer({ teachers: [luca.id, marta.id] }))).toBe('accepted');
    expect(world.answer(marta, 'tablet.offer', offer({ groups: [groupId('none')] }))).toBe('group-unknown');
    for (const { id } of [zoe, oksana]) {
      expect(world.answer(marta, 'tablet.offer', offer({ teachers: [id] }))).toBe('colleague-unknown');
    }
  });

  test('[TB2] a teacher for groups of their own, an administrator for everybody', () => {
    const world = school();
    expect(world.answer(luca, 'tablet.offer', offer({ groups: [lucasOwn] }))).toBe('accepted');
    expect(world.answer(luca, 'tablet.offer', offer({ groups: [sixthA] }))).toBe('only-own-pupils');
    expect(world.answer(luca, 'tablet.offer', offer({ groups: 'all' }))).toBe('only-administrators');
    expect(world.answer(marta, 'tablet.offer', offer({ groups: 'all' }))).toBe('accepted');
    expect(world.answer(marta, 'tablet.offer', offer({ groups: [lucasOwn] }))).toBe('accepted');
  });
});

test('[TB13] no more are offered or let in than a TwinSpace may have, revoked ones apart', () => {
  const world = school();
  for (let at = 0; at < mostTabletsInSpace - 1; at++) {
    const tablet = uuid(`tablet ${at}`) as DeviceId;
    world.do(marta, 'tablet.admit', { tablet, name: `Carro ${at}`, ...scope });
  }
  expect(world.answer(marta, 'tablet.offer', offer({ count: 2 }))).toBe('too-many-tablets');
  expect(world.answer(marta, 'tablet.offer', offer({ count: 1 }))).toBe('accepted');
  const last = { tablet: cart.id, name: 'Carro', ...scope };
  world.do(marta, 'tablet.admit', last);
  const more = { ...last, tablet: uuid('one more') as DeviceId };
  expect(world.answer(marta, 'tablet.admit', more)).toBe('too-many-tablets');
  world.do(marta, 'device.revoke', { device: cart.id });
  expect(world.answer(marta, 'tablet.admit', more)).toBe('accepted');
});

describe('a classroom tablet', () => {
  const args = { tablet: cart.id, name: 'Carro 1', ...scope };

  test('[TB4] is let in by whoever offered it, or an administrator', () => {
    const world = school();
    expect(answer(world, luca, 'tablet.admit', args, [cart])).toBe('accepted');
    expect(answer(world, marta, 'tablet.admit', args, [cart])).toBe('accepted');
    const martas = { ...cart, owner: marta.id };
    expect(answer(world, luca, 'tablet.admit', args, [martas])).toBe('only-own-things');
    expect(answer(world, zoe, 'tablet.admit', args, [cart])).toBe('not-permitted');
    expect(world.answer(luca, 'tablet.admit', { ...args, name: ' ' })).toBe('display-invalid');
    expect(withTablet().answer(luca, 'tablet.admit', args)).toBe('tablet-known');
  });

  test('[TB4] only if it has asked here', () => {
    const world = school();
    const elsewhere = { ...cart, space: oksana.device.id as unknown as typeof rios };
    for (const known of [[], [{ ...luca.device, id: cart.id }], [elsewhere], [{ ...cart, revoked: true }]]) {
      expect(answer(world, luca, 'tablet.admit', args, known)).toBe('device-unknown');
    }
  });

  test('[TB4][RD1][RD2] reads the members once it was let in, and never what is for staff', () => {
    const [before, after] = [school(), withTablet()];
    expect(mayRead(before.state(), before.directory, cart, 'members')).toBe(false);
    expect(mayRead(after.state(), after.directory, cart, 'members')).toBe(true);
    expect(mayRead(after.state(), after.directory, cart, 'staff')).toBe(false);
    expect(mayRead(after.state(), after.directory, { ...cart, revoked: true }, 'members')).toBe(false);
    after.do(luca, 'device.revoke', { device: cart.id });
    expect(mayRead(after.state(), after.directory, cart, 'members')).toBe(false);
  });

  test('[TB5] serves no other TwinSpace', () => {
    const world = withTablet();
    const there = { ...cart, space: uuid('elsewhere') as typeof rios };
    const on = { on: world.now };
    expect(world.answer(angel, 'access.record', on, { devices: [cart] })).toBe('accepted');
    expect(world.answer(angel, 'access.record', on, { devices: [there] })).toBe('device-not-enrolled');
    expect(world.answer(angel, 'access.record', on, { devices: [angel.device, there] })).toBe(
      'device-not-enrolled'
    );
  });

  test('[TB6] is renamed and changed by whoever may revoke it', () => {
    const world = withTablet();
    const set = (who: Person, over: Partial<CommandArgs['tablet.set']>): string =>
      world.answer(who, 'tablet.set', { tablet: cart.id, ...over });
    expect(set(luca, { name: 'Carro 2' })).toBe('accepted');
    expect(set(luca, { name: '' })).toBe('display-invalid');
    expect(set(luca, { groups: [sixthA] })).toBe('only-own-pupils');
    expect(set(luca, { groups: 'all' })).toBe('only-administrators');
    expect(set(marta, { groups: 'all', teachers: [marta.id] })).toBe('accepted');
    expect(set(zoe, { name: 'Carro 2' })).toBe('not-permitted');
    world.do(marta, 'tablet.set', { tablet: cart.id, groups: [sixthA, lucasOwn], name: 'Carro 3' });
    // What an administrator ticked may stay when its teacher changes something else.
    expect(set(luca, { groups: [sixthA, lucasOwn] })).toBe('accepted');
    expect(world.state().staff.tablets.get(cart.id)).toMatchObject({ name: 'Carro 3', teachers: [luca.id] });
    const unknown = { tablet: luca.device.id, name: 'X' };
    expect(world.answer(marta, 'tablet.set', unknown)).toBe('device-unknown');
    world.do(marta, 'device.revoke', { device: cart.id });
    expect(set(luca, { name: 'Carro 4' })).toBe('device-revoked');
  });
});

describe('revoking', () => {
  test('[TB7][PE21] a classroom tablet: administrators all, teachers those that they let in', () => {
    const world = withTablet();
    const device = { device: cart.id };
    expect(world.answer(marta, 'device.revoke', device)).toBe('accepted');
    expect(world.answer(luca, 'device.revoke', device)).toBe('accepted');
    expect(world.answer(zoe, 'device.revoke', device)).toBe('not-permitted');
    world.do(marta, 'member.role', { member: nuria.id, role: 'teacher' });
    expect(world.answer(nuria, 'device.revoke', device)).toBe('only-own-things');
    world.do(luca, 'device.revoke', device);
    expect(world.state().staff.tablets.get(cart.id)?.revoked).toEqual({ by: luca.id, on: world.now });
    expect(world.judge(marta, 'device.revoke', device)).toEqual({ puts: [], notes: [], projected: [] });
  });

  test('[TB7] one that still asks: by whoever offered it', () => {
    const world = school();
    expect(answer(world, luca, 'device.revoke', { device: cart.id }, [cart])).toBe('accepted');
    const martas = { ...cart, owner: marta.id };
    expect(answer(world, luca, 'device.revoke', { device: cart.id }, [martas])).toBe('only-own-things');
    expect(answer(world, luca, 'device.revoke', { device: cart.id }, [])).toBe('device-unknown');
  });

  test('[TB8, TB16] a personal device: by its owner, with a full key, or an administrator of the owner’s home', () => {
    const world = withTablet();
    const lost = { ...angel.device, id: uuid('lost') as DeviceId };
    const say = (who: Person, name: 'device.revoke' | 'device.set', args: object): string =>
      answer(world, who, name, { device: lost.id, ...args }, [lost]);
    expect(say(angel, 'device.revoke', {})).toBe('accepted');
    expect(say(marta, 'device.revoke', {})).toBe('accepted');
    expect(say(luca, 'device.revoke', {})).toBe('only-own-things');
    const foreign = { ...oksana.device, id: uuid('foreign') as DeviceId };
    const asked = { device: foreign.id };
    expect(answer(world, marta, 'device.revoke', asked, [foreign])).toBe('only-own-things');
    expect(say(angel, 'device.set', { name: 'Tableta de casa' })).toBe('accepted');
    expect(say(marta, 'device.set', { name: 'X' })).toBe('only-own-things');
    expect(say(angel, 'device.set', { name: '' })).toBe('display-invalid');
    expect(answer(world, angel, 'device.set', { device: lost.id }, [])).toBe('device-unknown');
    expect(answer(world, angel, 'device.revoke', { device: cart.id }, [cart])).toBe('not-permitted');
    world.do(angel, 'device.revoke', { device: lost.id });
    expect(world.directory.device(lost.id)).toEqual({ revoked: world.now });
    expect(say(angel, 'device.set', { name: 'X' })).toBe('device-revoked');
  });

  test('[TB8] own pupils are let in on it by an adult, and shut out again', () => {
    const world = school();
    const device = luca.device.id;
    world.do(luca, 'device.set', { device, name: 'Mi tableta' });
    world.do(luca, 'device.set', { device, pupils: true });
    expect(world.directory.device(device)).toEqual({ name: 'Mi tableta', pupils: true });
    world.do(luca, 'device.set', { device, pupils: false });
    expect(world.directory.device(device)).toEqual({ name: 'Mi tableta' });
    const own = { device: angel.device.id, pupils: true };
    expect(world.answer(angel, 'device.set', own)).toBe('not-permitted');
  });
});
