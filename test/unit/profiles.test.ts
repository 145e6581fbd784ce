import { describe, expect, test } from 'vitest';
import type { Change } from '#lib/domain/change.ts';
import type { CommandArgs, CommandName } from '#lib/domain/commands/command.ts';
import { draftKey } from '#lib/domain/commands/draft-keep.ts';
import {
  angel,
  changeId,
  giulia,
  groupId,
  luca,
  marta,
  newAccount,
  rios,
  zoe,
  type Person
} from '../support/cast.ts';
import { riosDeEuropa, type World } from '../support/world.ts';

const says = (who: Person, text = 'Me gusta el río') => ({ member: who.id, text });
const behalf = { change: changeId('stranded'), actor: angel.id };

/** What the rules say when somebody takes Ángel's change over. */
function adopts<Name extends CommandName>(
  world: World,
  by: Person,
  name: Name,
  args: CommandArgs[Name],
  of: Change['behalf'] = behalf
): string {
  return world.answer(by, name, args, of ? { behalf: of } : {});
}

describe('what a member tells of themselves', () => {
  test('[ME10][PE34][G12][G13] is written by that member, their teacher and administrators', () => {
    const world = riosDeEuropa();
    for (const who of [marta, luca, angel, zoe]) {
      expect(world.answer(who, 'member.profile', says(who))).toBe('accepted');
    }
    expect(world.answer(marta, 'member.profile', says(zoe))).toBe('accepted');
    expect(world.answer(luca, 'member.profile', says(zoe, ''))).toBe('accepted');
    expect(world.answer(luca, 'member.profile', says(angel))).toBe('only-own-pupils');
    expect(world.answer(zoe, 'member.profile', says(angel))).toBe('only-own-things');
    expect(world.answer(angel, 'member.profile', says(marta))).toBe('only-own-things');
    expect(world.answer(marta, 'member.profile', says(giulia))).toBe('unknown-member');
  });

  test('[ME10] is up to 500 signs in lines, and can be taken away', () => {
    const world = riosDeEuropa();
    for (const text of [' a', '\u200b', 'a\u202eb', '\n', 'a'.repeat(501)]) {
      expect(world.answer(angel, 'member.profile', says(angel, text))).toBe('profile-invalid');
    }
    world.do(angel, 'member.profile', says(angel, 'Dos\nlíneas 🦦'));
    expect(world.member(angel)?.profile).toBe('Dos\nlíneas 🦦');
    world.do(angel, 'member.profile', says(angel, ''));
    expect(world.member(angel)).not.toHaveProperty('profile');
    expect(world.answer(angel, 'member.profile', says(angel, 'a'.repeat(500)))).toBe('accepted');
  });
});

describe('drafts', () => {
  const key = draftKey(angel.id, rios, 'profile');

  test('[DR1] are kept for their author, and taken away when empty', () => {
    const world = riosDeEuropa();
    world.do(angel, 'draft.keep', { place: 'profile', text: 'Me gus' });
    const kept = { account: angel.id, space: rios, place: 'profile', text: 'Me gus', on: world.now };
    expect(world.directory.draft(key)).toEqual(kept);
    const documents = JSON.stringify(
      [...Object.values(world.state().members), ...Object.values(world.state().staff)].map((map) => [...map])
    );
    expect(documents).not.toContain('Me gus');
    world.do(angel, 'draft.keep', { place: 'profile', text: '' });
    expect(world.directory.draft(key)).toBeUndefined();
    expect(world.judge(angel, 'draft.keep', { place: 'profile', text: '' })).toEqual({
      puts: [],
      notes: [],
      projected: []
    });
  });

  test('[DR2] have at most 4000 signs', () => {
    const world = riosDeEuropa();
    const draft = (length: number) => ({ place: 'profile', text: 'ñ'.repeat(length) }) as const;
    expect(world.answer(angel, 'draft.keep', draft(4000))).toBe('accepted');
    expect(world.answer(angel, 'draft.keep', draft(4001))).toBe('text-too-long');
  });
});

describe('taking a change over', () => {
  test('[AD1] new pupils, as pupils, and what a member tells of themselves', () => {
    const world = riosDeEuropa();
    expect(adopts(world, marta, 'member.profile', says(angel))).toBe('accepted');
    const pupil = { account: newAccount(giulia), role: 'pupil' } as const;
    expect(adopts(world, luca, 'pupil.add', pupil)).toBe('accepted');
  });

  test('[AD1] nothing else: no roles, no keys, no settings, no groups', () => {
    const world = riosDeEuropa();
    const stronger = { account: newAccount(giulia), role: 'pupil-admin' } as const;
    expect(adopts(world, marta, 'pupil.add', stronger)).toBe('not-adoptable');
    expect(adopts(world, marta, 'member.role', { member: angel.id, role: 'pupil-admin' })).toBe(
      'not-adoptable'
    );
    expect(adopts(world, marta, 'settings.set', { settings: { teachersExport: true } })).toBe(
      'not-adoptable'
    );
    const group = { group: groupId('x'), name: 'X', kind: 'class' } as const;
    expect(adopts(world, marta, 'group.make', group)).toBe('not-adoptable');
    expect(adopts(world, marta, 'draft.keep', { place: 'profile', text: 'x' })).toBe('not-adoptable');
  });

  test('[AD2] by an adult, by their own rights, from somebody else', () => {
    const world = riosDeEuropa();
    expect(adopts(world, luca, 'member.profile', says(angel))).toBe('only-own-pupils');
    expect(adopts(world, zoe, 'member.profile', says(zoe))).toBe('not-adoptable');
    const own = { ...behalf, actor: marta.id };
    expect(adopts(world, marta, 'member.profile', says(angel), own)).toBe('not-adoptable');
  });
});
