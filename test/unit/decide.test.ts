import { describe, expect, test } from 'vitest';
import { commands } from '#lib/domain/commands/table.ts';
import { commandSchemas } from '#lib/protocol/command-schemas.ts';
import { isRefusal } from '#lib/domain/refusals.ts';
import * as cast from '../support/cast.ts';
import { angel, giulia, luca, mares, marta, newAccount, oksana, secretHash, uuid } from '../support/cast.ts';
import { riosDeEuropa, twoSpaces } from '../support/world.ts';

const nowhere = uuid('space Nowhere') as typeof mares;
const addGiulia = { account: newAccount(giulia), role: 'pupil' } as const;

describe('what is understood', () => {
  test('[DE1] these commands, and no others', () => {
    const listed = [
      'access.record',
      'account.rename',
      'founding.offer',
      'invitation.accept',
      'invitation.create',
      'invitation.revoke',
      'key.recover',
      'key.set',
      'member.display',
      'member.remove',
      'member.restore',
      'member.role',
      'notice.dismiss',
      'pupil.add',
      'space.found'
    ];
    expect(Object.keys(commands).sort()).toEqual(listed);
    expect(Object.keys(commandSchemas).sort()).toEqual(listed);
  });

  test('[DE1] these three come with the secret of a link, all others from a member', () => {
    const guests = Object.entries(commands).filter(([, command]) => command.by === 'guest');
    expect(guests.map(([name]) => name).sort()).toEqual(['invitation.accept', 'key.recover', 'space.found']);
  });

  test('[KE4] these are refused to a forgotten key; adding a pupil, a name or an access here is not', () => {
    const sensitive = Object.entries(commands).filter(
      ([, command]) => command.by === 'member' && command.sensitive
    );
    expect(sensitive.map(([name]) => name).sort()).toEqual([
      'account.rename',
      'founding.offer',
      'invitation.create',
      'invitation.revoke',
      'key.set',
      'member.remove',
      'member.restore',
      'member.role'
    ]);
  });
});

describe('who is heard at all', () => {
  test('[DE3] nobody in a TwinSpace that does not exist', () => {
    expect(riosDeEuropa().answer(marta, 'pupil.add', addGiulia, { space: nowhere })).toBe('space-unknown');
  });

  test('[DE3] not who is no member here, be they administrator elsewhere', () => {
    const world = twoSpaces();
    expect(world.answer(oksana, 'pupil.add', addGiulia)).toBe('not-a-member');
    expect(world.answer(marta, 'pupil.add', addGiulia, { space: mares })).toBe('not-a-member');
  });

  test('[DE3] not who was removed', () => {
    const world = riosDeEuropa();
    world.do(marta, 'member.remove', { member: luca.id });
    expect(world.answer(luca, 'pupil.add', addGiulia)).toBe('not-a-member');
  });

  test('[DE3] nobody from a revoked device, whether it signed or carries', () => {
    const world = riosDeEuropa();
    const revoked = { ...marta.device, revoked: true };
    expect(world.answer(marta, 'pupil.add', addGiulia, { devices: [revoked] })).toBe('device-revoked');
    expect(world.answer(marta, 'pupil.add', addGiulia, { devices: [marta.device, revoked] })).toBe(
      'device-revoked'
    );
  });

  test('[DE3] nobody from a revoked device with a link either', () => {
    const world = riosDeEuropa();
    world.technicianLink(secretHash('link'));
    const device = { ...marta.device, revoked: true };
    const how = { devices: [device], space: nowhere, secret: secretHash('link') };
    expect(world.answer(marta, 'space.found', { name: 'Lagos', display: 'Marta' }, how)).toBe(
      'device-revoked'
    );
  });

  test('[DE3] nobody from no device', () => {
    expect(riosDeEuropa().answer(marta, 'pupil.add', addGiulia, { devices: [] })).toBe('device-not-enrolled');
  });
});

describe('what comes of it', () => {
  test('[DE4] a refusal says why, and nothing else', () => {
    const outcome = riosDeEuropa().judge(luca, 'member.role', { member: angel.id, role: 'teacher' });
    expect(outcome).toEqual({ refused: 'only-administrators' });
  });

  test('[DE4] an accepted change that changes nothing writes nothing', () => {
    const world = riosDeEuropa();
    world.do(angel, 'access.record', { on: cast.today });
    expect(world.judge(angel, 'access.record', { on: cast.today })).toEqual({ puts: [], notes: [] });
  });

  test('[DE4] what is judged on its result is judged with all that it puts, in the directory too', () => {
    const world = riosDeEuropa();
    const [removed, left] = [{ member: marta.id }, { member: luca.id, role: 'teacher-admin' } as const];
    expect(world.answer(marta, 'member.remove', removed)).toBe('last-administrator');
    world.do(marta, 'member.role', left);
    expect(world.answer(marta, 'member.remove', removed)).toBe('accepted');
  });

  test('[DE2] the day that counts is handed in', () => {
    const world = riosDeEuropa();
    world.do(marta, 'member.remove', { member: angel.id });
    world.now = cast.day('2026-12-24');
    expect(world.answer(marta, 'member.restore', { member: angel.id })).toBe('accepted');
    world.now = cast.day('2026-12-25');
    expect(isRefusal(world.judge(marta, 'member.restore', { member: angel.id }))).toBe(true);
  });
});
