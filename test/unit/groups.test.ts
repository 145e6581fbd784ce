import { describe, expect, test } from 'vitest';
import { mostGroups } from '#lib/domain/commands/group-make.ts';
import { mostGroupsOfMember } from '#lib/domain/commands/member-groups.ts';
import { angel, giulia, groupId, luca, marta, newAccount, rios, zoe, type Person } from '../support/cast.ts';
import { riosDeEuropa, type World } from '../support/world.ts';

const sixA = groupId('6A');
const team = groupId('team');

/** Marta's class 6A and Luca's team. */
function withGroups(): World {
  const world = riosDeEuropa();
  world.do(marta, 'group.make', { group: sixA, name: '6.º A', kind: 'class' });
  world.do(luca, 'group.make', { group: team, name: 'Reporteros', kind: 'team' });
  return world;
}

function puts(world: World, by: Person, whom: Person, add = sixA): string {
  return world.answer(by, 'member.groups', { member: whom.id, add: [add], remove: [] });
}

describe('groups', () => {
  test('[GR1] administrators and teachers make classes and teams, pupils do not', () => {
    const world = riosDeEuropa();
    const makes = (who: Person): string =>
      world.answer(who, 'group.make', { group: sixA, name: '6.º A', kind: 'class' });
    expect([marta, luca, zoe, angel].map(makes)).toEqual([
      ...['accepted', 'accepted'],
      ...['not-permitted', 'not-permitted']
    ]);
    world.do(luca, 'group.make', { group: sixA, name: '6.º A', kind: 'class' });
    expect(world.state().members.groups.get(sixA)).toEqual({ name: '6.º A', kind: 'class', owner: luca.id });
  });

  test('[GR1] an administrator makes one for a teacher, a teacher for nobody else', () => {
    const world = riosDeEuropa();
    const makes = (who: Person, owner: Person): string =>
      world.answer(who, 'group.make', { group: sixA, name: '6.º A', kind: 'class', owner: owner.id });
    expect(makes(marta, luca)).toBe('accepted');
    expect(makes(luca, luca)).toBe('accepted');
    expect(makes(luca, marta)).toBe('only-own-pupils');
    expect(makes(marta, angel)).toBe('colleague-unknown');
    expect(makes(marta, giulia)).toBe('colleague-unknown');
  });

  test('[GR1] each once, with a name that can be read, and not without end', () => {
    const world = withGroups();
    const again = { group: sixA, name: '6.º B', kind: 'class' } as const;
    expect(world.answer(marta, 'group.make', again)).toBe('group-exists');
    const nameless = { ...again, group: groupId('other'), name: ' ' };
    expect(world.answer(marta, 'group.make', nameless)).toBe('display-invalid');
    for (let made = world.state().members.groups.size; made < mostGroups; made++)
      world.do(marta, 'group.make', { group: groupId(String(made)), name: `G${made}`, kind: 'team' });
    const onemore = { ...again, group: groupId('one more') };
    expect(world.answer(marta, 'group.make', onemore)).toBe('too-many-groups');
  });

  test('[GR2] administrators fill any group with anybody, teachers their own with their own pupils', () => {
    const world = withGroups();
    expect(puts(world, marta, angel)).toBe('accepted');
    expect(puts(world, marta, zoe, team)).toBe('accepted');
    expect(puts(world, luca, zoe, team)).toBe('accepted');
    expect(puts(world, luca, angel, team)).toBe('only-own-pupils');
    expect(puts(world, luca, zoe)).toBe('only-own-pupils');
    expect(puts(world, zoe, angel, team)).toBe('not-permitted');
    expect(puts(world, marta, giulia)).toBe('unknown-member');
    expect(puts(world, marta, angel, groupId('none'))).toBe('group-unknown');
    world.do(marta, 'member.remove', { member: angel.id });
    expect(puts(world, marta, angel)).toBe('member-removed');
  });

  test('[GR2] two who fill the same member at once both hold; out of the last one nothing is left', () => {
    const world = withGroups();
    world.do(marta, 'member.groups', { member: zoe.id, add: [sixA], remove: [] });
    world.do(luca, 'member.groups', { member: zoe.id, add: [team, team], remove: [] });
    expect(world.member(zoe)?.groups).toEqual([sixA, team]);
    world.do(marta, 'member.groups', { member: zoe.id, add: [], remove: [sixA, team, groupId('gone')] });
    expect(world.member(zoe)).not.toHaveProperty('groups');
  });

  test('[GR2] a new pupil may stand in groups from the first moment, by the same rule', () => {
    const world = withGroups();
    const account = newAccount(giulia);
    const adds = (who: Person, group = sixA): string =>
      world.answer(who, 'pupil.add', { account, role: 'pupil', groups: [group] });
    expect(adds(luca)).toBe('only-own-pupils');
    expect(adds(luca, team)).toBe('accepted');
    expect(adds(marta, groupId('none'))).toBe('group-unknown');
    world.do(marta, 'pupil.add', { account, role: 'pupil', groups: [sixA] });
    expect(world.member(giulia)?.groups).toEqual([sixA]);
  });

  test('[GR3] renamed and dissolved by whoever made it and by administrators; the members stay', () => {
    const world = withGroups();
    const renames = (who: Person, group = team): string =>
      world.answer(who, 'group.rename', { group, name: 'Prensa' });
    expect([renames(marta), renames(luca), renames(luca, sixA)]).toEqual([
      ...['accepted', 'accepted', 'only-own-pupils']
    ]);
    expect(renames(zoe)).toBe('not-permitted');
    expect(world.answer(luca, 'group.rename', { group: team, name: '' })).toBe('display-invalid');
    expect(world.answer(marta, 'group.rename', { group: groupId('none'), name: 'X' })).toBe('group-unknown');
    expect(world.answer(marta, 'group.dissolve', { group: groupId('none') })).toBe('group-unknown');
    world.do(luca, 'group.rename', { group: team, name: 'Prensa' });
    expect(world.state().members.groups.get(team)?.name).toBe('Prensa');
    world.do(marta, 'member.groups', { member: zoe.id, add: [sixA, team], remove: [] });
    expect(world.answer(luca, 'group.dissolve', { group: sixA })).toBe('only-own-pupils');
    world.do(marta, 'group.dissolve', { group: team });
    expect(world.state().members.groups.has(team)).toBe(false);
    expect(world.member(zoe)?.groups).toEqual([sixA]);
    expect(world.role(zoe)).toBe('pupil-admin');
  });

  test('[GR4] a member is in at most twenty', () => {
    const world = riosDeEuropa();
    const ids = Array.from({ length: mostGroupsOfMember + 1 }, (_, index) => groupId(`g${index}`));
    for (const group of ids) world.do(marta, 'group.make', { group, name: 'G', kind: 'team' });
    const fills = (add: typeof ids): string =>
      world.answer(marta, 'member.groups', { member: angel.id, add, remove: [] });
    expect(fills(ids)).toBe('too-many-groups');
    expect(fills(ids.slice(1))).toBe('accepted');
    const account = newAccount(giulia);
    const adds = world.answer(marta, 'pupil.add', { account, role: 'pupil', groups: ids });
    expect(adds).toBe('too-many-groups');
  });
});

describe('how an adult can be reached', () => {
  test('[ME9] adults say it of themselves, for this TwinSpace', () => {
    const world = riosDeEuropa();
    world.do(luca, 'member.contact', { contact: 'Sala 12, martes' });
    expect(world.member(luca)?.contact).toBe('Sala 12, martes');
    world.do(luca, 'member.contact', { contact: '' });
    expect(world.member(luca)).not.toHaveProperty('contact');
    expect(world.answer(luca, 'member.contact', { contact: 'a\u202eb' })).toBe('contact-invalid');
    expect(world.answer(angel, 'member.contact', { contact: 'x' })).toBe('not-permitted');
    expect(world.answer(zoe, 'member.contact', { contact: 'x' }, { space: rios })).toBe('not-permitted');
  });
});
