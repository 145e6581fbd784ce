import { describe, expect, test } from 'vitest';
import type { CommandArgs } from '#lib/domain/commands/command.ts';
import { plusDays } from '#lib/domain/dates.ts';
import {
  angel,
  classroomTablet,
  day,
  invitationId,
  keyOf,
  luca,
  mares,
  marta,
  newAccount
} from '../support/cast.ts';
import { nuria, oksana, person, secretHash, today, zoe, type Person } from '../support/cast.ts';
import { riosDeEuropa, twoSpaces, type World } from '../support/world.ts';

const eva = person('Eva', 'Rhin', 'eva.rhin.1', 'Gymnasium am Rhein');
const invitation = invitationId('for Eva');
const secret = secretHash('for Eva');
const until = plusDays(today, 7);

function invitationFor(
  change: Partial<CommandArgs['invitation.create']> = {}
): CommandArgs['invitation.create'] {
  return { invitation, role: 'teacher', label: 'Eva', secretHash: secret, expires: until, ...change };
}

/** What the rules say when somebody invites. */
function invites(who: Person, change: Partial<CommandArgs['invitation.create']> = {}): string {
  return twoSpaces().answer(who, 'invitation.create', invitationFor(change));
}

/** A TwinSpace with an open invitation from Marta. */
function invited(change: Partial<CommandArgs['invitation.create']> = {}): World {
  const world = twoSpaces();
  world.do(marta, 'invitation.create', invitationFor(change));
  return world;
}

const accept = { invitation, account: newAccount(eva) };

describe('an invitation', () => {
  test('[IN1] is made by an administrator, for a teacher or an administrator', () => {
    expect(invites(marta)).toBe('accepted');
    expect(invites(nuria, { role: 'teacher-admin' })).toBe('accepted');
    expect(invites(luca)).toBe('only-administrators');
    expect(invites(zoe)).toBe('not-permitted');
    expect(invites(angel)).toBe('not-permitted');
    expect(invites(oksana)).toBe('not-a-member');
  });

  test('[IN1] lives at most 30 days', () => {
    expect(invites(marta, { expires: plusDays(today, 30) })).toBe('accepted');
    expect(invites(marta, { expires: today })).toBe('accepted');
    expect(invites(marta, { expires: plusDays(today, 31) })).toBe('invitation-expiry');
    expect(invites(marta, { expires: plusDays(today, -1) })).toBe('invitation-expiry');
  });

  test('[IN1] has an id and a secret of its own, and a label in form', () => {
    const again = (change: Partial<CommandArgs['invitation.create']>): string =>
      invited().answer(marta, 'invitation.create', invitationFor(change));
    expect(again({})).toBe('invitation-exists');
    expect(again({ invitation: invitationId('another') })).toBe('invitation-exists');
    expect(again({ secretHash: secretHash('another') })).toBe('invitation-exists');
    expect(invites(marta, { label: '' })).toBe('accepted');
    expect(invites(marta, { label: 'two\nlines' })).toBe('display-invalid');
  });

  test('[IN1] is not made on a classroom tablet', () => {
    const devices = [classroomTablet(marta.id, [marta.id])];
    expect(twoSpaces().answer(marta, 'invitation.create', invitationFor(), { devices })).toBe(
      'device-ceiling'
    );
  });

  test('[IN2] is taken back by an administrator while it is open', () => {
    const world = invited();
    expect(world.answer(luca, 'invitation.revoke', { invitation })).toBe('only-administrators');
    expect(world.answer(angel, 'invitation.revoke', { invitation })).toBe('not-permitted');
    expect(world.answer(nuria, 'invitation.revoke', { invitation: invitationId('none') })).toBe(
      'invitation-unknown'
    );
    world.do(nuria, 'invitation.revoke', { invitation });
    expect(world.answer(eva, 'invitation.accept', accept, { secret })).toBe('invitation-revoked');
    expect(world.answer(marta, 'invitation.revoke', { invitation })).toBe('invitation-revoked');
  });

  test('[IN2] a used one cannot be taken back', () => {
    const world = invited();
    world.do(eva, 'invitation.accept', accept, { secret });
    expect(world.answer(marta, 'invitation.revoke', { invitation })).toBe('invitation-used');
  });
});

describe('accepting', () => {
  test('[IN3] whoever shows the secret is a member with the role that it gives', () => {
    const world = invited();
    world.do(eva, 'invitation.accept', accept, { secret });
    expect(world.role(eva)).toBe('teacher');
    expect(world.directory.public(eva.id)?.custody).toEqual({ kind: 'self' });
    expect(world.state().staff.joinings.get(eva.id)).toEqual({ by: marta.id, on: today });
    const admin = invited({ role: 'teacher-admin' });
    admin.do(eva, 'invitation.accept', accept, { secret });
    expect(admin.role(eva)).toBe('teacher-admin');
  });

  test('[IN3] once', () => {
    const world = invited();
    world.do(eva, 'invitation.accept', accept, { secret });
    const otto = person('Otto', 'Main', 'otto.main.1');
    const args = { invitation, account: newAccount(otto) };
    expect(world.answer(otto, 'invitation.accept', args, { secret })).toBe('invitation-used');
  });

  test('[IN3] not without the secret, and not with another’s', () => {
    const world = invited();
    expect(world.answer(eva, 'invitation.accept', accept)).toBe('invitation-unknown');
    expect(world.answer(eva, 'invitation.accept', accept, { secret: secretHash('x') })).toBe(
      'invitation-unknown'
    );
    const none = { ...accept, invitation: invitationId('none') };
    expect(world.answer(eva, 'invitation.accept', none, { secret })).toBe('invitation-unknown');
    expect(world.answer(eva, 'invitation.accept', accept, { secret, space: mares })).toBe(
      'invitation-unknown'
    );
  });

  test('[IN3] until its last day', () => {
    const world = invited();
    world.now = until;
    expect(world.answer(eva, 'invitation.accept', accept, { secret })).toBe('accepted');
    world.now = plusDays(until, 1);
    expect(world.answer(eva, 'invitation.accept', accept, { secret })).toBe('invitation-expired');
  });

  test('[IN3] not by who is a member here already; who was one comes back with the role that it gives', () => {
    const world = invited();
    const args = { invitation, display: 'Luca' };
    expect(world.answer(luca, 'invitation.accept', args, { secret })).toBe('already-member');
    expect(world.answer(angel, 'invitation.accept', args, { secret })).toBe('already-member');
    world.do(marta, 'member.remove', { member: luca.id });
    expect(world.answer(luca, 'invitation.accept', args, { secret })).toBe('accepted');
  });

  test('[IN3] by an adult of another TwinSpace, with the account that they have (AC6)', () => {
    const world = invited();
    world.do(oksana, 'invitation.accept', { invitation, display: 'Oksana' }, { secret });
    expect(world.role(oksana)).toBe('teacher');
    expect(world.role(oksana, mares)).toBe('teacher-admin');
    expect(world.state().staff.people.get(oksana.id)?.username).toBe('oksana.more.1');
  });

  test('[IN3] the account made with it is the actor’s own, signed with its own key', () => {
    const world = invited();
    const other = { ...accept, account: newAccount(person('Otto', 'Main', 'otto.main.1')) };
    expect(world.answer(eva, 'invitation.accept', other, { secret })).toBe('key-unknown');
    expect(world.answer(eva, 'invitation.accept', accept, { secret, key: keyOf(eva, 2) })).toBe(
      'key-unknown'
    );
    expect(world.answer(eva, 'invitation.accept', { invitation }, { secret })).toBe('account-unknown');
  });

  test('[IN3] the account made with it is in form (AC2)', () => {
    const world = invited();
    const wrong = { invitation, account: newAccount(eva, { family: 'Rh in' }) };
    expect(world.answer(eva, 'invitation.accept', wrong, { secret })).toBe('name-space');
    const taken = { ...eva, id: angel.id };
    const again = { invitation, account: newAccount(eva, { id: angel.id }) };
    expect(world.answer(taken, 'invitation.accept', again, { secret, key: keyOf(eva) })).toBe(
      'already-member'
    );
  });

  test('[IN3] a username that was taken meanwhile becomes the next (UN5)', () => {
    const world = invited();
    const account = newAccount(eva, { username: angel.username });
    const { notes } = world.do(eva, 'invitation.accept', { invitation, account }, { secret });
    expect(world.username(eva)).toBe('angel.canorobles.2');
    const [from, to] = ['angel.canorobles.1', 'angel.canorobles.2'];
    expect(notes).toEqual([{ code: 'renumbered', account: eva.id, from, to }]);
  });

  test('[IN4] lapses when whoever made it may not invite any more', () => {
    for (const role of ['teacher', 'pupil'] as const) {
      const world = invited();
      world.do(nuria, 'member.role', { member: marta.id, role });
      expect(world.answer(eva, 'invitation.accept', accept, { secret })).toBe('invitation-revoked');
    }
    const world = invited();
    world.do(nuria, 'member.remove', { member: marta.id });
    expect(world.answer(eva, 'invitation.accept', accept, { secret })).toBe('invitation-revoked');
    world.do(nuria, 'member.restore', { member: marta.id });
    expect(world.answer(eva, 'invitation.accept', accept, { secret })).toBe('accepted');
  });

  test('[IN4] nobody who was sent away comes back through a door that they left open', () => {
    const world = riosDeEuropa().invite(nuria, 'teacher-admin');
    world.do(nuria, 'invitation.create', invitationFor({ role: 'teacher-admin' }));
    world.do(marta, 'member.remove', { member: nuria.id });
    const second = newAccount(person('Second', 'Nuria', 'second.nuria.1'));
    const how = { secret, key: second.key.id };
    const self = { ...nuria, id: second.id };
    expect(world.answer(self, 'invitation.accept', { invitation, account: second }, how)).toBe(
      'invitation-revoked'
    );
  });

  test('[IN1] the days of a leap year count too', () => {
    const world = twoSpaces();
    world.now = day('2028-02-01');
    world.do(marta, 'invitation.create', invitationFor({ expires: day('2028-03-02') }));
    expect(world.answer(marta, 'invitation.create', invitationFor({ expires: day('2028-03-03') }))).toBe(
      'invitation-expiry'
    );
    world.now = day('2028-02-29');
    expect(world.answer(eva, 'invitation.accept', accept, { secret })).toBe('accepted');
  });
});
