import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Change } from '#lib/domain/change.ts';
import { plusDays, type CalendarDate } from '#lib/domain/dates.ts';
import { decide } from '#lib/domain/decide.ts';
import type { Device } from '#lib/domain/device.ts';
import type { AccountId, SpaceId } from '#lib/domain/ids.ts';
import { KnownDirectory } from '#lib/domain/known-directory.ts';
import { withPuts, type DirectoryPut, type Put, type SpacePut } from '#lib/domain/puts.ts';
import { isRefusal } from '#lib/domain/refusals.ts';
import { emptySpace, type SpaceState } from '#lib/domain/state.ts';
import { LastingView } from '#lib/session/work/lasting-view.ts';
import type { View } from '#lib/session/work/view.ts';
import type { OutboxRow } from '#lib/store/database.ts';
import { marta, rios } from '../support/cast.ts';
import { outboxRow } from '../support/outbox-row.ts';
import { asked, everybody, wishes, type Wish } from '../support/wishes.ts';
import { twoSpaces, type World } from '../support/world.ts';

const seeded = { seed: 7, numRuns: 120 } as const;

/** An accepted change as a relay keeps it, and what it came to. */
interface Logged {
  readonly change: Change;
  readonly devices: readonly Device[];
  readonly now: CalendarDate;
  readonly puts: readonly Put[];
  readonly projected: readonly SpacePut[];
}

/** Tries the wishes and keeps a log of the accepted ones. */
function logged(list: readonly Wish[]): { readonly world: World; readonly log: readonly Logged[] } {
  const world = twoSpaces();
  const log: Logged[] = [];
  for (const one of list) {
    world.now = plusDays(world.now, one.wait);
    const { name, args, who, how } = asked(world, one);
    const { now, directory } = world;
    const change = world.change(who, name, args, how);
    const elsewhere = (space: SpaceId) => world.spaces.get(space);
    const outcome = decide(world.state(how.space), change, {
      devices: how.devices,
      now,
      directory,
      elsewhere
    });
    if (isRefusal(outcome)) continue;
    world.write(outcome.puts, how.space);
    const { puts, projected } = outcome;
    log.push({ change, devices: how.devices, now, puts, projected });
  }
  return { world, log };
}

describe('judging', () => {
  test('[DE2] the same three give the same answer, and none of them is altered', () => {
    const holds = (list: readonly Wish[]): void => {
      const world = twoSpaces();
      for (const one of list) {
        const { name, args, who, how } = asked(world, one);
        const before = JSON.stringify([plain(world.spaces), args]);
        const directory = who.id === marta.id ? world.directory : new KnownDirectory(world.directory);
        const elsewhere = (space: SpaceId) => world.spaces.get(space);
        const surroundings = { devices: how.devices, now: world.now, directory, elsewhere };
        const change = frozen(world.change(who, name, args, how));
        const answer = decide(world.state(how.space), change, surroundings);
        expect(decide(world.state(how.space), change, surroundings)).toEqual(answer);
        expect(JSON.stringify([plain(world.spaces), args])).toBe(before);
        if (!isRefusal(answer)) world.write(answer.puts, how.space);
      }
    };
    fc.assert(fc.property(wishes, holds), { ...seeded, numRuns: 40 });
  });

  test('[DE5] folding the log again, from the beginning, comes to the same', () => {
    const holds = (list: readonly Wish[]): void => {
      const { world, log } = logged(list);
      const again = twoSpaces();
      for (const { change, devices, now } of log) {
        const { directory } = again;
        const elsewhere = (space: SpaceId) => again.spaces.get(space);
        const outcome = decide(again.state(change.space), change, { devices, now, directory, elsewhere });
        if (isRefusal(outcome)) throw new Error(`${change.name} was accepted, now ${outcome.refused}`);
        again.write(outcome.puts, change.space);
      }
      expect(plain(again.spaces)).toEqual(plain(world.spaces));
      expect(plainDirectory(again)).toEqual(plainDirectory(world));
    };
    fc.assert(fc.property(wishes, holds), seeded);
  });

  test('[DE5] tablets that come back at different times agree, however the changes reach them', () => {
    const holds = (list: readonly Wish[], cuts: readonly number[]): void => {
      const { world, log } = logged(list);
      const puts = log.flatMap(({ projected }) => projected);
      const tablets = new Map(twoSpaces().spaces);
      const ends = [...cuts.map((cut) => cut % (puts.length + 1)), puts.length].sort((a, b) => a - b);
      let from = 0;
      for (const end of ends) {
        const batch = puts.slice(from, end);
        for (const space of world.spaces.keys()) {
          tablets.set(space, withPuts(tablets.get(space) ?? emptySpace(space), batch));
        }
        from = end;
      }
      expect(plain(tablets)).toEqual(plain(world.spaces));
    };
    fc.assert(fc.property(wishes, fc.array(fc.nat(), { maxLength: 6 }), holds), seeded);
  });
});

/** A tablet of one person, offline: what was confirmed when the network went, and what waits since. */
class Tablet {
  readonly outbox: OutboxRow[] = [];
  readonly #confirmed: ReadonlyMap<SpaceId, SpaceState>;
  readonly #world: World;

  constructor(world: World) {
    this.#world = world;
    this.#confirmed = new Map(world.spaces);
  }

  /** What the person sees. */
  view(confirmed = this.#confirmed, outbox = this.outbox): View {
    const [device, now, directory] = [marta.device, this.#world.now, known(confirmed)];
    const parts = { confirmed, directory, outbox, device, now, contained: () => false };
    return new LastingView().of(0, parts);
  }

  /** Keeps a wish, if the rules here allow it. */
  want(change: Change): boolean {
    const seen = this.view();
    const elsewhere = (space: SpaceId) => seen.spaces.get(space);
    const surroundings = {
      devices: [marta.device],
      now: this.#world.now,
      directory: seen.directory,
      elsewhere
    };
    if (isRefusal(decide(seen.spaces.get(rios) ?? emptySpace(rios), change, surroundings))) return false;
    this.outbox.push(outboxRow(this.outbox.length, change));
    return true;
  }
}

describe('offline', () => {
  test('[DE5] what a lone teacher sees offline is what the relay has once all of it arrived', () => {
    let kept = 0;
    const holds = (list: readonly Wish[]): void => {
      const world = twoSpaces();
      const tablet = new Tablet(world);
      const changes = list.map((one) => ofMarta(world, one)).filter((change) => tablet.want(change));
      for (const change of changes) {
        const { now, directory } = world;
        const outcome = decide(world.state(), change, {
          devices: [marta.device],
          now,
          directory,
          elsewhere: (space) => world.spaces.get(space)
        });
        if (isRefusal(outcome)) throw new Error(`${change.name} was allowed offline, now ${outcome.refused}`);
        world.write(outcome.puts, rios);
        kept++;
      }
      const seen = tablet.view().spaces.get(rios) ?? emptySpace(rios);
      expect(plain(new Map([[rios, seen]]))).toEqual(plain(new Map([[rios, world.state()]])));
    };
    fc.assert(fc.property(wishes, holds), { ...seeded, numRuns: 60 });
    expect(kept).toBeGreaterThan(300);
  });

  test('[DE5] what another did meanwhile is never undone, and an empty outbox shows what is confirmed', () => {
    const holds = (list: readonly Wish[], others: readonly Wish[]): void => {
      const world = twoSpaces();
      const tablet = new Tablet(world);
      // Founding links and personal devices are known to the relay alone.
      const alone = ['founding.offer', 'device.set', 'device.revoke'];
      const foreseeable = list.filter(({ name }) => !alone.includes(name));
      for (const one of foreseeable) tablet.want(ofMarta(world, one));
      for (const one of others) {
        const { name, args, who, how } = asked(world, one);
        const outcome = world.judge(who, name, args, how);
        if (!isRefusal(outcome)) world.write(outcome.puts, how.space);
      }
      // Back online: the relay judges what waited, each by itself.
      let left = tablet.outbox;
      for (const waiting of tablet.outbox) {
        const seen = tablet.view(world.spaces, left);
        const change = seen.waiting[0]?.change;
        if (!change) throw new Error('lost');
        const { now, directory } = world;
        const outcome = decide(world.state(), change, {
          devices: [marta.device],
          now,
          directory,
          elsewhere: (space) => world.spaces.get(space)
        });
        // What a tablet that knows all of this TwinSpace foresees is what the relay says.
        expect(seen.waiting[0]?.refusal).toEqual(isRefusal(outcome) ? outcome : undefined);
        if (!isRefusal(outcome)) world.write(outcome.puts, rios);
        left = left.filter((other) => other !== waiting);
      }
      expect(plain(tablet.view(world.spaces, []).spaces)).toEqual(plain(world.spaces));
    };
    fc.assert(fc.property(wishes, wishes, holds), { ...seeded, numRuns: 40 });
  });
});

/** The wish as Marta's, here, on her own device: what she may do offline. */
function ofMarta(world: World, one: Wish): Change {
  const { name, args } = asked(world, { ...one, who: 0, where: 9, device: 0, key: 0 });
  return world.change(marta, name, args);
}

/** What documents tell of the accounts on the relay, as a tablet learns it. */
function known(spaces: ReadonlyMap<SpaceId, SpaceState>): KnownDirectory {
  const directory = new KnownDirectory();
  const put = (map: DirectoryPut['map'], key: string, value: unknown): void =>
    directory.put({ doc: 'directory', map, key, value } as DirectoryPut);
  for (const [space, { members, staff }] of spaces) {
    for (const [key, value] of members.people) put('public', key, value);
    for (const [key, value] of staff.people) put('private', key, value);
    for (const [key, value] of staff.erasures) put('erasures', key, value);
    for (const key of members.people.keys()) {
      put('spaces', key, [...directory.spaces(key as AccountId), space]);
    }
  }
  return directory;
}

/** Everything in the TwinSpaces, to be compared whatever maps it is kept in. */
function plain(spaces: ReadonlyMap<SpaceId, SpaceState>): unknown {
  const maps = (of: object): unknown =>
    Object.entries(of).map(([name, map]) => [name, [...(map as Map<string, unknown>)].sort(byKey)]);
  return [...spaces]
    .map(([space, state]) => [space, maps(state.members), maps(state.staff)] as const)
    .sort(byKey);
}

function plainDirectory({ directory }: World): unknown {
  return everybody.map(({ id }) => [directory.public(id), directory.private(id), directory.spaces(id)]);
}

function byKey(a: readonly unknown[], b: readonly unknown[]): number {
  return String(a[0]) < String(b[0]) ? -1 : 1;
}

/** The value, which throws when anybody writes into it. */
function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null) {
    Object.values(value).forEach(frozen);
    Object.freeze(value);
  }
  return value;
}
