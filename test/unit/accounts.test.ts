import { describe, expect, test } from 'vitest';
import type { CommandArgs } from '#lib/domain/commands/command.ts';
import type { NewAccount } from '#lib/domain/account.ts';
import { project, type Put } from '#lib/domain/puts.ts';
import type { RefusalCode } from '#lib/domain/refusals.ts';
import {
  angel,
  giulia,
  keyOf,
  luca,
  mares,
  marta,
  newAccount,
  newKey,
  nuria,
  oksana
} from '../support/cast.ts';
import { invitationId, person, rios, secretHash, uuid, zoe, type Person } from '../support/cast.ts';
import { plusDays } from '#lib/domain/dates.ts';
import { riosDeEuropa, twoSpaces, type World } from '../support/world.ts';

/** Somebody with an account of their own comes to "Mares" with a link from Oksana. */
function comesToMares(
  world: World,
  who: Person,
  change: { key?: number; display?: string } = {}
): RefusalCode | 'accepted' {
  const invitation = invitationId(`mares ${who.id}`);
  const secret = secretHash(`mares ${who.id}`);
  const expires = plusDays(world.now, 7);
  const invite = { invitation, role: 'teacher', label: '', secretHash: secret, expires } as const;
  const args = { invitation, display: change.display ?? who.given };
  const how = { space: mares, secret, key: keyOf(who, change.key ?? 1) };
  if (!world.state(mares).staff.invitations.has(invitation)) {
    world.do(oksana, 'invitation.create', invite, { space: mares });
  }
  const answer = world.answer(who, 'invitation.accept', args, how);
  if (answer === 'accepted') world.do(who, 'invitation.accept', args, how);
  return answer;
}

function setsPassword(world: World, who: Person, of: Person, how: { space?: typeof mares } = {}): string {
  return world.answer(who, 'key.set', { account: of.id, key: newKey(of, 7), reason: 'forgotten' }, how);
}

describe('custody', () => {
  test("[AC1] a pupil's password is set by whoever made the account and by home's administrators (G18)", () => {
    const world = twoSpaces().addPupil(giulia, luca);
    expect(setsPassword(world, luca, giulia)).toBe('accepted');
    expect(setsPassword(world, marta, giulia)).toBe('accepted');
    expect(setsPassword(world, nuria, angel)).toBe('accepted');
    expect(setsPassword(world, luca, angel)).toBe('only-custodian-or-home');
    expect(setsPassword(world, zoe, angel)).toBe('not-permitted');
    expect(setsPassword(world, angel, giulia)).toBe('not-permitted');
  });

  test('[AC1] a custodian who is no longer an active teacher at home sets none', () => {
    const world = riosDeEuropa().addPupil(giulia, luca);
    world.do(marta, 'member.remove', { member: luca.id });
    expect(setsPassword(world, luca, giulia)).toBe('not-a-member');
    expect(setsPassword(world, marta, giulia)).toBe('accepted');
  });

  test("[AC1] a custodian who is only a pupil at home, or on a pupil's device, sets none", () => {
    const world = riosDeEuropa().addPupil(giulia, luca);
    const args = { account: giulia.id, key: newKey(giulia, 7), reason: 'forgotten' } as const;
    expect(world.answer(luca, 'key.set', args, { devices: [giulia.device] })).toBe('device-ceiling');
  });

  test('[AC1] elsewhere nobody sets it: no administrator there, and not the custodian from there', () => {
    const world = twoSpaces();
    comesToMares(world, marta);
    // A pupil of "Ríos de Europa" who was added to "Mares" as well.
    const member = { display: 'Ángel', role: 'pupil', status: { is: 'active' } } as const;
    world.write(
      [
        { doc: 'directory', map: 'spaces', key: angel.id, value: [rios, mares] },
        { doc: 'members', map: 'members', key: angel.id, value: member }
      ],
      mares
    );
    expect(world.role(angel, mares)).toBe('pupil');
    expect(setsPassword(world, oksana, angel, { space: mares })).toBe('only-custodian-or-home');
    expect(setsPassword(world, marta, angel, { space: mares })).toBe('only-custodian-or-home');
    expect(setsPassword(world, marta, angel)).toBe('accepted');
    expect(setsPassword(world, oksana, angel)).toBe('not-a-member');
  });

  test("[AC1] nobody sets an adult's password but that adult", () => {
    const world = twoSpaces();
    expect(setsPassword(world, marta, luca)).toBe('account-adult');
    expect(setsPassword(world, marta, nuria)).toBe('account-adult');
    expect(setsPassword(world, luca, marta)).toBe('account-adult');
    expect(world.answer(luca, 'key.set', { account: luca.id, key: newKey(luca, 2), reason: 'own' })).toBe(
      'accepted'
    );
  });

  test('[AC7] a raised pupil who chooses a password has it in their own custody, and older keys are worth nothing', () => {
    const world = riosDeEuropa();
    world.do(marta, 'member.role', { member: angel.id, role: 'teacher', typed: angel.username });
    expect(world.directory.public(angel.id)?.custody.kind).toBe('home');
    expect(setsPassword(world, marta, angel)).toBe('accepted');

    world.choosesOwn(angel);
    expect(world.directory.public(angel.id)?.custody).toEqual({ kind: 'self' });
    expect(setsPassword(world, marta, angel)).toBe('account-adult');
    const read = { on: world.now };
    expect(world.answer(angel, 'access.record', read, { key: keyOf(angel, 1) })).toBe('key-distrusted');
    expect(world.answer(angel, 'access.record', read, { key: keyOf(angel, 2) })).toBe('accepted');
  });

  test('[AC7] the raised pupil chooses also where pupils do not change their password', () => {
    const world = riosDeEuropa();
    const own = { account: angel.id, key: newKey(angel, 2), reason: 'own' } as const;
    expect(world.answer(angel, 'key.set', own)).toBe('setting-off');
    world.do(marta, 'member.role', { member: angel.id, role: 'teacher', typed: angel.username });
    expect(world.answer(angel, 'key.set', own)).toBe('own-password-link');
    expect(world.choosesOwn(angel).directory.public(angel.id)?.custody.kind).toBe('self');
  });
});

describe('a new account', () => {
  const added = (change: Partial<NewAccount>): RefusalCode | 'accepted' =>
    riosDeEuropa().answer(luca, 'pupil.add', { account: newAccount(giulia, change), role: 'pupil' });

  test('[AC2] enters the directory with its names, its username and its key (G2, G3)', () => {
    const world = riosDeEuropa().addPupil(giulia, luca);
    expect(world.directory.private(giulia.id)).toEqual({
      username: 'giulia.b.1',
      given: 'Giulia',
      family: 'B',
      school: ''
    });
    expect(world.directory.holderOf('giulia.b.1')).toBe(giulia.id);
    expect(world.directory.ownerOf(keyOf(giulia))).toBe(giulia.id);
    expect(world.directory.public(giulia.id)).toMatchObject({
      custody: { kind: 'home', custodian: luca.id },
      home: rios,
      keys: [{ id: keyOf(giulia), scope: 'full', setBy: luca.id, since: world.now, state: { is: 'current' } }]
    });
  });

  test.each<[RefusalCode, Partial<NewAccount>]>([
    ['name-empty', { given: '' }],
    ['name-space', { given: 'Giulia Maria' }],
    ['name-space', { family: 'B ' }],
    ['name-sign', { given: 'Gi@' }],
    ['name-hidden-sign', { family: 'B\u200b' }],
    ['name-no-letter', { family: '5' }],
    ['name-hyphen-edge', { given: '-G' }],
    ['name-too-long', { given: 'G'.repeat(41) }],
    ['display-invalid', { display: '' }],
    ['display-invalid', { display: 'Giulia\nB' }],
    ['username-invalid', { username: 'giulia' }],
    ['username-invalid', { username: 'Giulia.b.1' }],
    ['not-permitted', { key: newKey(giulia, 1, 'classroom') }],
    ['account-exists', { id: angel.id }],
    ['key-exists', { key: newKey(angel) }]
  ])('[AC2] is refused as %s: %j', (code, change) => expect(added(change)).toBe(code));

  test('[AC3] a school may be empty, else it is written like a display name', () => {
    expect(added({ school: '' })).toBe('accepted');
    expect(added({ school: 'Scuola Reno' })).toBe('accepted');
    expect(added({ school: ' Scuola' })).toBe('school-invalid');
    expect(added({ school: 's'.repeat(81) })).toBe('school-invalid');
  });
});

describe('what is known of accounts', () => {
  test('[AC4] a TwinSpace tells of the accounts of its members, and of nobody else', () => {
    const world = twoSpaces();
    const known = [...world.state().members.people.keys()];
    expect(new Set(known)).toEqual(new Set([marta, luca, angel, zoe, nuria].map(({ id }) => id)));
    expect([...world.state(mares).members.people.keys()]).toEqual([oksana.id]);
    expect([...world.state(mares).staff.people.keys()]).toEqual([oksana.id]);
  });

  test('[AC5] what changes an account is written into every TwinSpace of that account', () => {
    const world = twoSpaces();
    expect(comesToMares(world, luca)).toBe('accepted');
    expect(world.directory.spaces(luca.id)).toEqual([rios, mares]);
    world.do(luca, 'account.rename', {
      account: luca.id,
      given: 'Luca',
      family: 'Po',
      school: 'Scuola Reno'
    });
    for (const space of [rios, mares]) {
      expect(world.state(space).staff.people.get(luca.id)?.family).toBe('Po');
    }
    world.do(luca, 'key.set', { account: luca.id, key: newKey(luca, 2), reason: 'own' }, { space: mares });
    for (const space of [rios, mares]) {
      expect(world.state(space).members.people.get(luca.id)?.keys[0]?.id).toBe(keyOf(luca, 2));
    }
  });

  test('[AC5] what is not put of an account is not written again, but where it has just come', () => {
    const world = twoSpaces();
    comesToMares(world, luca);
    const { directory } = world;
    const key = luca.id;
    const open = { doc: 'directory', map: 'public', key, value: directory.public(key) ?? null } as const;
    const closed = { doc: 'directory', map: 'private', key, value: directory.private(key) ?? null } as const;
    const comes = { doc: 'directory', map: 'spaces', key, value: [rios, mares] } as const;
    const written = (puts: readonly Put[]): readonly string[] =>
      project(puts, rios, directory).map(
        ({ doc, space }) => `${doc} of ${space === rios ? 'rios' : 'mares'}`
      );
    expect(written([open])).toEqual(['members of rios', 'members of mares']);
    expect(written([closed])).toEqual(['staff of rios', 'staff of mares']);
    expect(written([open, closed])).toHaveLength(4);
    expect(written([comes])).toHaveLength(4);
  });

  test('[AC5] also where the membership has ended', () => {
    const world = twoSpaces();
    comesToMares(world, luca);
    world.do(oksana, 'member.remove', { member: luca.id }, { space: mares });
    world.do(luca, 'key.set', { account: luca.id, key: newKey(luca, 2), reason: 'someone-knows' });
    expect(world.state(mares).members.people.get(luca.id)?.keys[0]?.id).toBe(keyOf(luca, 2));
  });

  test('[AC5] the role in one TwinSpace says nothing in another (G11)', () => {
    const world = twoSpaces();
    comesToMares(world, marta);
    expect(world.role(marta)).toBe('teacher-admin');
    expect(world.role(marta, mares)).toBe('teacher');
    expect(world.answer(marta, 'member.remove', { member: oksana.id }, { space: mares })).toBe(
      'only-own-pupils'
    );
  });
});

describe('an adult who has an account', () => {
  test('[AC6] comes to one more TwinSpace with a current full key and in their own custody', () => {
    const world = twoSpaces();
    expect(comesToMares(world, luca, { display: ' ' })).toBe('display-invalid');
    expect(comesToMares(world, luca, { key: 2 })).toBe('key-unknown');
    expect(comesToMares(world, luca)).toBe('accepted');
    expect(world.role(luca, mares)).toBe('teacher');
    expect(world.username(luca)).toBe('luca.fiume.1');
  });

  test('[AC6] not with a former key, not while a pupil, and not without any account', () => {
    const world = twoSpaces();
    world.do(luca, 'key.set', { account: luca.id, key: newKey(luca, 2), reason: 'forgotten' });
    expect(comesToMares(world, luca)).toBe('key-unknown');
    expect(comesToMares(world, luca, { key: 2 })).toBe('accepted');
    expect(comesToMares(world, angel)).toBe('own-password-first');
    expect(comesToMares(world, person('No', 'Body', 'no.body.1'))).toBe('account-unknown');
  });
});

describe('editing an account', () => {
  const names = (
    who: Person,
    change: Partial<CommandArgs['account.rename']> = {}
  ): CommandArgs['account.rename'] => ({
    account: who.id,
    given: who.given,
    family: 'Nuevo',
    school: '',
    ...change
  });

  test('[AC8] names by the custodian, a home administrator, an adult themselves (G12, G13)', () => {
    const world = twoSpaces().addPupil(giulia, luca);
    expect(world.answer(luca, 'account.rename', names(giulia))).toBe('accepted');
    expect(world.answer(marta, 'account.rename', names(giulia))).toBe('accepted');
    expect(world.answer(nuria, 'account.rename', names(angel))).toBe('accepted');
    expect(world.answer(luca, 'account.rename', names(angel))).toBe('only-own-pupils');
    expect(world.answer(luca, 'account.rename', names(luca))).toBe('accepted');
    expect(world.answer(angel, 'account.rename', names(angel))).toBe('not-permitted');
    expect(world.answer(zoe, 'account.rename', names(angel))).toBe('not-permitted');
  });

  test('[AC8] an administrator elsewhere edits nothing of the account (PE12)', () => {
    const world = twoSpaces();
    comesToMares(world, luca);
    const elsewhere = { space: mares };
    expect(world.answer(oksana, 'account.rename', names(luca), elsewhere)).toBe('only-home-administrators');
    expect(world.answer(oksana, 'account.rename', names(angel), elsewhere)).toBe('unknown-member');
  });

  test('[AC8] the username stays, unless a home administrator gives another that is free (G12)', () => {
    const world = twoSpaces().addPupil(giulia, luca);
    world.do(luca, 'account.rename', names(giulia));
    expect(world.username(giulia)).toBe('giulia.b.1');
    const other = { username: 'giulia.nuevo.1' };
    expect(world.answer(luca, 'account.rename', names(giulia, other))).toBe('only-home-administrators');
    expect(world.answer(marta, 'account.rename', names(giulia, { username: angel.username }))).toBe(
      'username-invalid'
    );
    expect(world.answer(marta, 'account.rename', names(giulia, { username: 'giulia' }))).toBe(
      'username-invalid'
    );
    world.do(marta, 'account.rename', names(giulia, other));
    expect(world.username(giulia)).toBe('giulia.nuevo.1');
    expect(world.directory.holderOf('giulia.b.1')).toBeUndefined();
    expect(world.directory.holderOf('giulia.nuevo.1')).toBe(giulia.id);
  });

  test('[AC8] names and school keep their form', () => {
    const world = riosDeEuropa();
    expect(world.answer(marta, 'account.rename', names(angel, { given: 'Án gel' }))).toBe('name-space');
    expect(world.answer(marta, 'account.rename', names(angel, { school: ' x' }))).toBe('school-invalid');
    const nobody = { ...angel, id: uuid('nobody') as typeof angel.id };
    expect(world.answer(marta, 'account.rename', names(nobody))).toBe('unknown-member');
  });
});
