import { describe, expect, test } from 'vitest';
import type { CommandArgs, CommandName, KeyReason } from '#lib/domain/commands/command.ts';
import { commands } from '#lib/domain/commands/table.ts';
import { classroomKeyFellOn } from '#lib/domain/account.ts';
import { plusDays } from '#lib/domain/dates.ts';
import type { Device } from '#lib/domain/device.ts';
import {
  angel,
  changeId,
  classroomTablet,
  fileHash,
  giulia,
  invitationId,
  keyOf,
  luca,
  marta,
  newKey,
  pageId,
  visitId
} from '../support/cast.ts';
import { oksana, personalDevice, secretHash, zoe, type Person } from '../support/cast.ts';
import { riosDeEuropa, twoSpaces, type World } from '../support/world.ts';

const secret = secretHash('recovery');
const tablet = classroomTablet(marta.id, [angel.id]);

/** Whether somebody may still do the least with this key: say that they signed in. */
function counts(
  world: World,
  who: Person,
  number: number,
  devices: readonly Device[] = [who.device]
): string {
  return world.answer(who, 'access.record', { on: world.now }, { key: keyOf(who, number), devices });
}

/** Marta gives Ángel another password. */
function resets(world: World, number: number, reason: KeyReason): void {
  world.do(marta, 'key.set', { account: angel.id, key: newKey(angel, number), reason });
}

/** Luca has a classroom key beside his full one. */
function withClassroomKey(): World {
  const world = riosDeEuropa();
  world.do(luca, 'key.set', { account: luca.id, key: newKey(luca, 9, 'classroom'), reason: 'own' });
  return world;
}

describe('with which key somebody acts', () => {
  test('[KE1] only with one of their own', () => {
    const world = riosDeEuropa();
    expect(counts(world, luca, 1)).toBe('accepted');
    expect(counts(world, luca, 2)).toBe('key-unknown');
    const on = { on: world.now };
    expect(world.answer(luca, 'access.record', on, { key: keyOf(marta) })).toBe('key-unknown');
    expect(world.answer(angel, 'access.record', on, { key: keyOf(marta) })).toBe('key-unknown');
  });

  test('[KE2] a classroom key counts only for what a classroom tablet signed', () => {
    const world = withClassroomKey();
    expect(counts(world, luca, 9, [tablet])).toBe('accepted');
    expect(counts(world, luca, 9, [tablet, luca.device])).toBe('accepted');
    expect(counts(world, luca, 9)).toBe('device-ceiling');
    expect(counts(world, luca, 9, [luca.device, tablet])).toBe('device-ceiling');
  });

  test('[KE6, KE13] another full key leaves an adult’s classroom key as it was, unless somebody knew the one before', () => {
    for (const reason of ['own', 'someone-knows'] as const) {
      const world = withClassroomKey();
      world.do(luca, 'key.set', { account: luca.id, key: newKey(luca, 2), reason });
      const states = world.directory.public(luca.id)?.keys.map(({ id, state }) => [id, state.is]);
      const [room, before] = reason === 'own' ? ['current', 'former'] : ['distrusted', 'distrusted'];
      expect(states).toEqual([
        [keyOf(luca, 2), 'current'],
        [keyOf(luca, 9), room],
        [keyOf(luca, 1), before]
      ]);
    }
  });

  test('[KE13] since when it counts no more is told until there is another', () => {
    const world = withClassroomKey();
    const fellOn = (who = luca) => classroomKeyFellOn(world.directory.public(who.id), who.id);
    expect(fellOn()).toBeUndefined();
    world.do(luca, 'key.set', { account: luca.id, key: newKey(luca, 2), reason: 'own' });
    expect(fellOn()).toBeUndefined();
    world.now = plusDays(world.now, 3);
    const day = world.now;
    const known = { account: luca.id, key: newKey(luca, 3), reason: 'someone-knows' } as const;
    world.do(luca, 'key.set', known, { key: keyOf(luca, 2) });
    expect(fellOn()).toBe(day);
    world.now = plusDays(world.now, 3);
    const later = { account: luca.id, key: newKey(luca, 4), reason: 'own' } as const;
    world.do(luca, 'key.set', later, { key: keyOf(luca, 3) });
    expect(fellOn()).toBe(day);
    const another = { account: luca.id, key: newKey(luca, 10, 'classroom'), reason: 'own' } as const;
    world.do(luca, 'key.set', another, { key: keyOf(luca, 4) });
    expect(fellOn()).toBeUndefined();
    expect(fellOn(marta)).toBeUndefined();
  });

  test('[KE13] nor does a pupil’s with the pictures, which the teacher has chosen', () => {
    const world = riosDeEuropa();
    const pictures = newKey(angel, 9, 'classroom');
    world.do(marta, 'key.set', { account: angel.id, key: pictures, reason: 'own' });
    resets(world, 2, 'someone-knows');
    expect(world.directory.public(angel.id)?.keys.find(({ id }) => id === pictures.id)?.state).toEqual({
      is: 'current'
    });
  });

  test('[KE3] a current key counts, from any device', () => {
    const world = riosDeEuropa();
    expect(counts(world, angel, 1)).toBe('accepted');
    expect(counts(world, angel, 1, [tablet])).toBe('accepted');
    expect(counts(world, angel, 1, [marta.device])).toBe('accepted');
  });
});

describe('a forgotten key', () => {
  test('[KE4] still counts for 30 days, from devices that held it', () => {
    const world = riosDeEuropa();
    resets(world, 2, 'forgotten');
    expect(counts(world, angel, 2)).toBe('accepted');
    expect(counts(world, angel, 1)).toBe('accepted');
    expect(counts(world, angel, 1, [tablet])).toBe('accepted');
    expect(counts(world, angel, 1, [personalDevice('a stranger’s', zoe.id)])).toBe('key-former');
    expect(counts(world, angel, 1, [angel.device, personalDevice('a stranger’s', zoe.id)])).toBe(
      'key-former'
    );
    world.now = plusDays(world.now, 30);
    expect(counts(world, angel, 1)).toBe('accepted');
    world.now = plusDays(world.now, 1);
    expect(counts(world, angel, 1)).toBe('key-former');
    expect(counts(world, angel, 2)).toBe('accepted');
  });

  test('[KE4] forgetting once more does not lengthen the life of the first', () => {
    const world = riosDeEuropa();
    resets(world, 2, 'forgotten');
    world.now = plusDays(world.now, 20);
    resets(world, 3, 'forgotten');
    world.now = plusDays(world.now, 11);
    expect(counts(world, angel, 1)).toBe('key-former');
    expect(counts(world, angel, 2)).toBe('accepted');
  });

  /** Marta after she forgot her password; what her former key may still do. */
  function withFormerKey<Name extends CommandName>(name: Name, args: CommandArgs[Name]): string {
    const world = twoSpaces();
    world.do(marta, 'member.remove', { member: zoe.id });
    world.do(marta, 'key.set', { account: marta.id, key: newKey(marta, 2), reason: 'forgotten' });
    return world.answer(marta, name, args, { key: keyOf(marta, 1) });
  }

  const expires = plusDays(riosDeEuropa().now, 1);
  const invitation = invitationId('later');
  const sensitive: { readonly [Name in CommandName]?: CommandArgs[Name] } = {
    'founding.offer': { secretHash: secret, expires },
    'invitation.create': { invitation, role: 'teacher', label: '', secretHash: secret, expires },
    'invitation.revoke': { invitation },
    'member.role': { member: angel.id, role: 'pupil-admin' },
    'member.remove': { member: angel.id },
    'member.restore': { member: zoe.id },
    'key.set': { account: angel.id, key: newKey(angel, 2), reason: 'forgotten' },
    'account.rename': { account: angel.id, given: 'Á', family: 'C', school: '' },
    'page.publish': { page: pageId('none'), digest: fileHash('none') },
    'visit.create': { visit: visitId('later'), label: 'Familias', secretHash: secret, expires, pages: 'all' }
  };

  test.each(Object.entries(sensitive))('[KE4] a forgotten key never does %s', (name, args) =>
    expect(withFormerKey(name as CommandName, args)).toBe('key-former')
  );

  test('[KE4] what stays is adding pupils, display names, profiles, drafts, groups, pages, comments, media, hands, sign-ins, notices, and taking back what visitors see', () => {
    expect(withFormerKey('member.display', { member: angel.id, display: 'Á.' })).toBe('accepted');
    expect(withFormerKey('access.record', { on: expires })).toBe('accepted');
    expect(withFormerKey('notice.dismiss', { notice: changeId('none') })).toBe('notice-unknown');
    const gentle = Object.entries(commands).filter(
      ([, command]) => command.by === 'member' && !command.sensitive
    );
    expect(gentle.map(([name]) => name).sort()).toEqual([
      ...[
        'access.record',
        'comment.add',
        'comment.approve',
        'comment.edit',
        'comment.remove',
        'comment.restore',
        'draft.keep',
        'group.dissolve',
        'group.make',
        'group.rename',
        'hand.lower',
        'media.add',
        'media.approve',
        'media.refuse',
        'media.remove',
        'media.restore',
        'member.contact'
      ],
      ...[
        'member.display',
        'member.groups',
        'member.profile',
        'notice.dismiss',
        'page.create',
        'page.freeze',
        'page.freeze-all',
        'page.give-back',
        'page.hand-in',
        'page.home',
        'page.move',
        'page.permit',
        'page.rename',
        'page.restore',
        'page.show',
        'page.trash',
        'page.unpublish',
        'page.withdraw',
        'pupil.add',
        'pupil.add-existing',
        'reaction.set',
        'visit.revoke'
      ]
    ]);
  });
});

describe('a key that somebody else knows', () => {
  test('[KE5] counts for nothing any more, and takes earlier ones with it', () => {
    const world = riosDeEuropa();
    resets(world, 2, 'forgotten');
    resets(world, 3, 'someone-knows');
    expect(counts(world, angel, 1)).toBe('key-distrusted');
    expect(counts(world, angel, 2)).toBe('key-distrusted');
    expect(counts(world, angel, 3)).toBe('accepted');
    resets(world, 4, 'forgotten');
    expect(counts(world, angel, 2)).toBe('key-distrusted');
  });
});

describe('setting a key', () => {
  test('[KE6] of two passwords set offline the later at the relay is current, and both adults may (G18)', () => {
    const world = twoSpaces();
    resets(world, 2, 'forgotten');
    resets(world, 3, 'forgotten');
    const states = world.directory.public(angel.id)?.keys.map(({ id, state }) => [id, state.is]);
    expect(states).toEqual([
      [keyOf(angel, 3), 'current'],
      [keyOf(angel, 2), 'former'],
      [keyOf(angel, 1), 'former']
    ]);
  });

  test('[KE6] new ones only, and never with the reason that a link has', () => {
    const world = riosDeEuropa();
    const set = (key = newKey(angel, 2), reason: KeyReason = 'forgotten'): string =>
      world.answer(marta, 'key.set', { account: angel.id, key, reason });
    expect(set()).toBe('accepted');
    expect(set(newKey(angel, 2), 'recovery')).toBe('not-permitted');
    expect(set(newKey(angel, 1))).toBe('key-exists');
    expect(set(newKey(luca, 1))).toBe('key-exists');
  });

  test('[KE6] for accounts that are here only', () => {
    const world = twoSpaces();
    const set = (who: Person): string =>
      world.answer(marta, 'key.set', { account: who.id, key: newKey(who, 9), reason: 'forgotten' });
    expect(set(giulia)).toBe('account-unknown');
    expect(set(oksana)).toBe('unknown-member');
  });

  test('[KE6] the roster says who chose the password, and since when', () => {
    const world = riosDeEuropa();
    world.now = plusDays(world.now, 3);
    resets(world, 2, 'forgotten');
    expect(world.directory.public(angel.id)?.keys[0]).toMatchObject({ setBy: marta.id, since: world.now });
  });

  test('[KE7] an account remembers its newest eight keys', () => {
    const world = riosDeEuropa();
    for (let number = 2; number <= 12; number++) resets(world, number, 'forgotten');
    const keys = world.directory.public(angel.id)?.keys.map(({ id }) => id);
    expect(keys).toEqual([12, 11, 10, 9, 8, 7, 6, 5].map((number) => keyOf(angel, number)));
    expect(counts(world, angel, 4)).toBe('key-unknown');
    expect(counts(world, angel, 5)).toBe('accepted');
  });

  test('[KE7] a forgotten key’s name is still taken', () => {
    const world = riosDeEuropa();
    for (let number = 2; number <= 12; number++) resets(world, number, 'forgotten');
    const again = { account: angel.id, key: newKey(angel, 1), reason: 'forgotten' } as const;
    expect(world.answer(marta, 'key.set', again)).toBe('key-exists');
  });
});

describe('an adult with a recovery link', () => {
  const recover = (who: Person = luca, number = 2): [Person, 'key.recover', CommandArgs['key.recover']] => [
    ...([who, 'key.recover', { account: who.id, key: newKey(who, number) }] as const)
  ];
  const how = { secret, key: keyOf(luca, 2), devices: [] };

  test('[KE8] sets a new key without the old one, which counts for nothing from then on', () => {
    const world = riosDeEuropa();
    world.recoveryLink(luca, secret);
    world.do(...recover(), how);
    expect(counts(world, luca, 1)).toBe('key-distrusted');
    expect(counts(world, luca, 2)).toBe('accepted');
    expect(world.role(luca)).toBe('teacher');
  });

  test('[KE8] once, until its day, for that adult only', () => {
    const world = riosDeEuropa();
    expect(world.answer(...recover(), how)).toBe('secret-wrong');
    world.recoveryLink(luca, secret);
    expect(world.answer(...recover(marta), { ...how, key: keyOf(marta, 2) })).toBe('secret-wrong');
    expect(world.answer(...recover(luca, 1), { ...how, key: keyOf(luca, 1) })).toBe('key-exists');
    expect(world.answer(...recover(), { ...how, key: keyOf(luca, 3) })).toBe('key-exists');
    world.now = plusDays(world.now, 1);
    expect(world.answer(...recover(), how)).toBe('accepted');
    world.now = plusDays(world.now, 1);
    expect(world.answer(...recover(), how)).toBe('invitation-expired');
    world.recoveryLink(luca, secret);
    world.do(...recover(), how);
    expect(world.answer(...recover(luca, 3), { ...how, key: keyOf(luca, 3) })).toBe('recovery-used');
  });

  test('[KE8] not for a pupil, whose teacher is there', () => {
    const world = riosDeEuropa();
    world.recoveryLink(angel, secret);
    expect(world.answer(...recover(angel), { ...how, key: keyOf(angel, 2) })).toBe('account-unknown');
  });
});
