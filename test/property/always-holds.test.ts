import fc from 'fast-check';
import { commands } from '#lib/domain/commands/table.ts';
import { describe, expect, test } from 'vitest';
import type { AccountId, SpaceId } from '#lib/domain/ids.ts';
import { mayAlterReport } from '#lib/domain/may-alter-report.ts';
import { can } from '#lib/domain/permissions.ts';
import { roles, type Role } from '#lib/domain/roles.ts';
import { activeMember } from '#lib/domain/state.ts';
import { nameKey } from '#lib/domain/usernames.ts';
import { everybody, tried, wishes, type Tried, type Wish } from '../support/wishes.ts';
import type { World } from '../support/world.ts';

const seeded = { seed: 20261124, numRuns: 500 } as const;

/** The administrators of each TwinSpace in whose hands it is. */
function administrators(world: World): readonly (readonly AccountId[])[] {
  return [...world.spaces.values()].map((state) =>
    [...state.members.members.keys()]
      .map((id) => id as AccountId)
      .filter((id) => activeMember(state, id)?.role === 'teacher-admin')
      .filter((id) => world.directory.public(id)?.custody.kind === 'self')
  );
}

/** Strongest is 0; nobody is last. */
const rank = (role: Role | undefined): number => (role ? roles.indexOf(role) : roles.length);

/** What stands in a map, however it is laid over another one. */
function entries(map: ReadonlyMap<string, unknown> = new Map()): ReadonlyMap<string, unknown> {
  return new Map(map);
}

/** Something that always holds: looks after each wish of a list, and begins anew with each list. */
type Always = () => (world: World, done: Tried) => void;

const always: Readonly<Record<string, Always>> = {
  'IV1: no TwinSpace ever loses its last administrator': () => (world) => {
    for (const of of administrators(world)) expect(of.length).toBeGreaterThan(0);
  },

  'IV2: nobody rises but by an administrator, an invitation that one made, or a founding':
    () => (world, done) => {
      for (const [space, state] of world.spaces) {
        const before = done.before.get(space);
        for (const person of everybody) {
          const then = before && activeMember(before, person.id)?.role;
          const now = activeMember(state, person.id)?.role;
          if (rank(now) >= rank(then)) continue;
          expect(risesBy(done, space, now)).toBe(true);
        }
      }
    },

  'IV3: no two accounts ever have the same username': () => (world) => {
    const keys = everybody.flatMap(({ id }) => {
      const known = world.directory.private(id);
      return known ? [nameKey(known.username)] : [];
    });
    expect(new Set(keys).size).toBe(keys.length);
    for (const { id } of everybody) {
      const known = world.directory.private(id);
      if (known) expect(world.directory.holderOf(nameKey(known.username))).toBe(id);
    }
  },

  'IV4: no key ever belongs to two accounts': () => (world) => {
    const owners = new Map<string, AccountId>();
    for (const { id } of everybody) {
      for (const key of world.directory.public(id)?.keys ?? []) {
        expect(owners.get(key.id) ?? id).toBe(id);
        owners.set(key.id, id);
      }
    }
  },

  'AC1: nobody sets the password of an account in its own custody but its person': () => {
    const self = new Set<AccountId>();
    return (world, done) => {
      if (done.name === 'key.set' && done.accepted) {
        const { account } = done.args as { readonly account: AccountId };
        if (self.has(account)) expect(account).toBe(done.who.id);
      }
      for (const { id } of everybody) {
        const custody = world.directory.public(id)?.custody.kind;
        if (custody === 'self') self.add(id);
        // Out of one's own custody there is no way back.
        else expect(self.has(id)).toBe(false);
      }
    };
  },

  'OB7: what stands in pages or is shown there alters nothing that a device is told of itself': () => {
    let accounts: unknown;
    return (world, { before, name, accepted }) => {
      const known = accounts;
      accounts = everybody.map(({ id }) => world.directory.public(id));
      if (!accepted || mayAlterReport(name)) return;
      if (known !== undefined) expect(accounts).toEqual(known);
      for (const [space, { members, staff }] of world.spaces) {
        const then = before.get(space);
        expect(members.meta.get('space')?.name).toBe(then?.members.meta.get('space')?.name);
        for (const map of ['members', 'people', 'groups', 'settings'] as const)
          expect(entries(members[map]), map).toEqual(entries(then?.members[map]));
        for (const map of ['people', 'joinings', 'tablets', 'elsewhere', 'erasures'] as const)
          expect(entries(staff[map]), map).toEqual(entries(then?.staff[map]));
      }
    };
  },

  'ME7: a last access never goes back and never lies in the future':
    () =>
    (world, { before }) => {
      for (const [space, state] of world.spaces) {
        for (const [account, on] of state.staff.access) {
          const then = before.get(space)?.staff.access.get(account);
          expect(then === undefined || then <= on).toBe(true);
          expect(new Date(on).getTime() - new Date(world.now).getTime()).toBeLessThanOrEqual(86_400_000);
        }
      }
    }
};

describe('whatever anybody tries, in any order', () => {
  // Trying a list costs far more than looking at it: each is tried once, and everything looked at.
  test('[IV1, IV2, IV3, IV4, AC1, ME7, DE1, OB7] what always holds does so after each wish; wishes of every kind are accepted now and then, else this proves nothing', () => {
    const accepted = new Set<string>();
    let count = 0;
    const holds = (list: readonly Wish[]): void => {
      const looks = Object.entries(always).map(([what, begin]) => ({ what, look: begin() }));
      tried(list, (world, done) => {
        for (const { what, look } of looks) named(what, () => look(world, done));
        if (!done.accepted) return;
        accepted.add(done.name);
        count++;
      });
    };
    fc.assert(fc.property(wishes, holds), seeded);
    // A hand goes up without a change: here none is there to be lowered.
    const all = Object.keys(commands).filter((name) => name !== 'hand.lower');
    expect([...accepted].sort()).toEqual(all.sort());
    expect(count).toBeGreaterThan(1500);
  });

  test('[DE4] a refused wish changes nothing, anywhere', () => {
    const holds = (list: readonly Wish[]): void => {
      tried(list, (world, { accepted, before }) => {
        if (!accepted) expect(new Map(world.spaces)).toEqual(before);
      });
    };
    fc.assert(fc.property(wishes, holds), { ...seeded, numRuns: 60 });
  });
});

/** Whatever fails in it says what did not hold. */
function named(what: string, look: () => void): void {
  try {
    look();
  } catch (cause) {
    throw new Error(`${what}: ${String(cause)}`, { cause });
  }
}

/** Whether this accepted wish may give this role to anybody at all. */
function risesBy({ name, who, how, before }: Tried, space: SpaceId, to: Role | undefined): boolean {
  // JO6: the only rise elsewhere: the home says yes to a pupil's membership.
  if (space !== how.space) return name === 'joining.answer' && (to === 'pupil' || to === 'pupil-admin');
  const state = before.get(how.space);
  if (name === 'space.found') return state === undefined;
  if (!state || !to) return false;
  if (name === 'invitation.accept') {
    return [...state.staff.invitations.values()].some(
      ({ role, status, by }) =>
        role === to && status.is === 'open' && activeMember(state, by)?.role === 'teacher-admin'
    );
  }
  const role = activeMember(state, who.id)?.role ?? 'visitor';
  const atMost = rank(to) >= rank(role === 'visitor' ? undefined : role);
  if (name === 'pupil.add') return atMost && can(role, 'add-pupil', { role: to }) === true;
  if (name === 'pupil.add-existing') return atMost && can(role, 'add-existing-pupil', { role: to }) === true;
  if (name === 'member.restore') return atMost && (role === 'teacher-admin' || role === 'teacher');
  return name === 'member.role' && role === 'teacher-admin';
}
