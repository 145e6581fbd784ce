import { describe, expect, test } from 'vitest';
import type { CommandArgs } from '#lib/domain/commands/command.ts';
import { defaultSettings } from '#lib/domain/settings.ts';
import { settingsOf } from '#lib/domain/state.ts';
import { angel, giulia, groupId, luca, marta, newAccount, newKey, nuria, zoe } from '../support/cast.ts';
import { invitationId, keyOf, secretHash, today, type Person } from '../support/cast.ts';
import { raiseHand, riosDeEuropa, twoSpaces } from '../support/world.ts';

type Chosen = CommandArgs['settings.set']['settings'];

describe('settings', () => {
  const sets = (settings: Chosen, who: Person = marta): string =>
    riosDeEuropa().answer(who, 'settings.set', { settings });

  test('[SG1] administrators choose, nobody else does', () => {
    expect(sets({ teachersExport: true })).toBe('accepted');
    expect(sets({ teachersExport: true }, luca)).toBe('only-administrators');
    expect(sets({ teachersExport: true }, zoe)).toBe('not-permitted');
    expect(sets({ teachersExport: true }, angel)).toBe('not-permitted');
    expect(sets({})).toBe('setting-invalid');
    expect(sets({ constructor: true } as Chosen)).toBe('setting-invalid');
    expect(sets({ teachersExport: 'yes' } as unknown as Chosen)).toBe('setting-invalid');
  });

  test('[SG1] each choice stands by itself: two made at once both hold', () => {
    const world = twoSpaces();
    world.do(marta, 'settings.set', { settings: { teachersExport: true } });
    world.do(nuria, 'settings.set', { settings: { pupilsChangePassword: true, idleLockMinutes: 5 } });
    expect(settingsOf(world.state())).toEqual({
      ...defaultSettings,
      teachersExport: true,
      pupilsChangePassword: true,
      idleLockMinutes: 5
    });
  });

  test('[SG1] what is switched counts at once: teachers add pupils, pupils change their password', () => {
    const world = riosDeEuropa();
    world.do(marta, 'settings.set', { settings: { teachersAddPupils: false, pupilsChangePassword: true } });
    const adds = { account: newAccount(giulia), role: 'pupil' } as const;
    expect(world.answer(luca, 'pupil.add', adds)).toBe('setting-off');
    const own = { account: angel.id, key: newKey(angel, 2), reason: 'own' } as const;
    expect(world.answer(angel, 'key.set', own)).toBe('accepted');
  });

  test('[SG2] one to sixty whole minutes', () => {
    const minutes = [1, 60, 0, 61, 2.5, Number.NaN].map((idleLockMinutes) => sets({ idleLockMinutes }));
    expect(minutes).toEqual(['accepted', 'accepted', ...Array<string>(4).fill('setting-invalid')]);
  });

  test('[SG4] sealed keys open for one to ninety whole days after a contact', () => {
    const days = [1, 90, 0, 91, 2.5].map((leaseDays) => sets({ leaseDays }));
    expect(days).toEqual(['accepted', 'accepted', ...Array<string>(3).fill('setting-invalid')]);
  });

  test('[SG3] one to eight languages, each once, as BCP 47 writes them', () => {
    expect(sets({ languages: ['es', 'pt-BR', 'uk'] })).toBe('accepted');
    const wrong = [
      [],
      ['es', 'es'],
      ['Spanish'],
      ['ES'],
      Array.from({ length: 9 }, (_, at) => `a${'bcdefghij'[at]}`)
    ];
    for (const languages of wrong) expect(sets({ languages })).toBe('setting-invalid');
  });
});

describe('the TwinSpace itself', () => {
  test('[SP3] gets another name from an administrator', () => {
    const world = riosDeEuropa();
    world.do(marta, 'space.rename', { name: 'Ríos y mares' });
    expect(world.state().members.meta.get('space')).toEqual({ name: 'Ríos y mares', founded: today });
    expect(world.answer(marta, 'space.rename', { name: '\n' })).toBe('display-invalid');
    expect(world.answer(luca, 'space.rename', { name: 'X' })).toBe('only-administrators');
  });

  test('[SP4] is archived and opened again by administrators, each once', () => {
    const world = riosDeEuropa();
    expect(world.answer(luca, 'space.archive', {})).toBe('only-administrators');
    expect(world.answer(marta, 'space.unarchive', {})).toBe('not-archived');
    world.do(marta, 'space.archive', {});
    expect(world.state().members.meta.get('space')?.archived).toBe(today);
    expect(world.answer(marta, 'space.archive', {})).toBe('archived-already');
    expect(world.answer(luca, 'space.unarchive', {})).toBe('only-administrators');
    world.do(marta, 'space.unarchive', {});
    expect(world.state().members.meta.get('space')).toEqual({ name: 'Ríos de Europa', founded: today });
  });

  test('[SP4] while it is archived it is only read', () => {
    const world = riosDeEuropa();
    const secret = secretHash('late');
    const invitation = invitationId('late');
    const expires = today;
    const invites = { invitation, role: 'teacher', label: '', secretHash: secret, expires } as const;
    world.do(marta, 'invitation.create', invites);
    world.do(marta, 'space.archive', {});
    const says = [
      world.answer(marta, 'pupil.add', { account: newAccount(giulia), role: 'pupil' }),
      world.answer(marta, 'member.role', { member: angel.id, role: 'pupil-admin' }),
      world.answer(marta, 'member.display', { member: angel.id, display: 'Á.' }),
      world.answer(marta, 'member.remove', { member: angel.id }),
      world.answer(marta, 'group.make', { group: groupId('x'), name: 'X', kind: 'team' }),
      world.answer(marta, 'settings.set', { settings: { teachersExport: true } }),
      world.answer(nuria, 'invitation.accept', { invitation, account: newAccount(nuria) }, { secret })
    ];
    expect(new Set(says)).toEqual(new Set(['space-archived']));
  });

  test('[SP5] and what is about accounts goes on', () => {
    const world = riosDeEuropa();
    raiseHand(world, zoe);
    world.do(marta, 'space.archive', {});
    const key = newKey(angel, 2);
    const says = [
      world.answer(angel, 'access.record', { on: today }),
      world.answer(marta, 'key.set', { account: angel.id, key, reason: 'forgotten' }),
      world.answer(marta, 'account.rename', { account: angel.id, school: 'CEIP' }),
      world.answer(marta, 'account.hand-over', { account: angel.id, to: luca.id }),
      world.answer(marta, 'account.erase', { account: angel.id, typed: angel.username }),
      world.answer(luca, 'hand.lower', { account: zoe.id }),
      world.answer(luca, 'member.leave', {})
    ];
    expect(new Set(says)).toEqual(new Set(['accepted']));
  });
});

describe('leaving', () => {
  test('[ME8] an adult leaves, and an administrator can bring them back', () => {
    const world = twoSpaces();
    world.do(luca, 'member.leave', {});
    expect(world.role(luca)).toBeUndefined();
    world.do(marta, 'member.restore', { member: luca.id });
    expect(world.role(luca)).toBe('teacher');
    world.do(marta, 'member.leave', {});
    expect(world.answer(nuria, 'member.leave', {})).toBe('last-administrator');
  });

  test('[ME8] a pupil does not', () => {
    expect(riosDeEuropa().answer(angel, 'member.leave', {})).toBe('not-permitted');
    expect(riosDeEuropa().answer(zoe, 'member.leave', {})).toBe('not-permitted');
  });
});

describe('two new passwords at once', () => {
  const gives = (who: Person, number: number) => {
    const args = { account: angel.id, key: newKey(angel, number), reason: 'forgotten' } as const;
    return { who, args: { ...args, replaces: keyOf(angel) } };
  };

  test('[KE9] the later counts, and both who gave one are told', () => {
    const world = twoSpaces();
    for (const { who, args } of [gives(marta, 2), gives(nuria, 3)]) world.do(who, 'key.set', args);
    const keys = world.directory.public(angel.id)?.keys ?? [];
    expect(keys.find(({ state }) => state.is === 'current')?.id).toBe(keyOf(angel, 3));
    const told = [...world.state().staff.notices].map(([key, { for: whom, says }]) => [
      key.includes(':'),
      whom,
      says
    ]);
    const account = angel.id;
    expect(told).toEqual([
      [true, nuria.id, { code: 'password-twice', account, by: 'Marta Ríos' }],
      [true, marta.id, { code: 'password-twice', account, by: 'Núria Ebre' }]
    ]);
  });

  test('[KE9] who knew of the one before, or gave both, is told nothing', () => {
    const world = twoSpaces();
    world.do(marta, 'key.set', gives(marta, 2).args);
    world.do(nuria, 'key.set', { ...gives(nuria, 3).args, replaces: keyOf(angel, 2) });
    world.do(nuria, 'key.set', { ...gives(nuria, 4).args, replaces: keyOf(angel, 2) });
    expect(world.state().staff.notices.size).toBe(0);
  });
});

describe('raised hands', () => {
  test('[HA3] a new password takes the hand down; so does who could give one', () => {
    const world = riosDeEuropa();
    raiseHand(world, angel);
    raiseHand(world, zoe);
    world.do(marta, 'key.set', { account: angel.id, key: newKey(angel, 2), reason: 'forgotten' });
    expect([...world.state().staff.hands.keys()]).toEqual([zoe.id]);
    expect(world.answer(zoe, 'hand.lower', { account: zoe.id })).toBe('not-permitted');
    world.do(luca, 'hand.lower', { account: zoe.id });
    expect(world.state().staff.hands.size).toBe(0);
    expect(world.answer(luca, 'hand.lower', { account: zoe.id })).toBe('hand-unknown');
    raiseHand(world, angel);
    expect(world.answer(luca, 'hand.lower', { account: angel.id })).toBe('only-custodian-or-home');
  });
});
