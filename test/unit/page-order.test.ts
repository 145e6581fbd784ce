import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CommandArgs, CommandName } from '#lib/domain/commands/command.ts';
import type { AccountId, PageId } from '#lib/domain/ids.ts';
import { orderAt, orderBetween, pagesInOrder, top } from '#lib/domain/page-order.ts';
import { isOrder, mostDepth, pageIn, pagesIn } from '#lib/domain/pages.ts';
import type { Page } from '#lib/domain/records.ts';
import { luca, marta, pageId, rios, zoe, type Person } from '../support/cast.ts';
import { Seeded } from '../support/seeded.ts';
import { riosDeEuropa, type World } from '../support/world.ts';

const seeded = { seed: 20261124, numRuns: 2_000 } as const;
const key = fc.stringMatching(/^[0-9A-Za-z]{1,12}$/);

describe('order keys', () => {
  test('[PA2] between any two there is one, but for what is the first with zeros behind it', () => {
    const holds = (one: string, other: string): void => {
      const [before, after] = one < other ? [one, other] : [other, one];
      const order = orderBetween(before, after);
      if (/^0*$/.test(after.slice(before.length)) && after.startsWith(before)) expect(order).toBeUndefined();
      else {
        expect(before < (order ?? '') && (order ?? '') < after).toBe(true);
        expect(isOrder(order ?? '')).toBe(true);
      }
    };
    fc.assert(fc.property(key, key, holds), seeded);
  });

  test('[PA2] behind any one and before any one there is one, but for zeros', () => {
    const holds = (one: string): void => {
      const [later, earlier] = [orderBetween(one), orderBetween(undefined, one)];
      expect(later !== undefined && one < later && isOrder(later)).toBe(true);
      if (/^0+$/.test(one)) expect(earlier).toBeUndefined();
      else expect(earlier !== undefined && earlier < one && isOrder(earlier)).toBe(true);
    };
    fc.assert(fc.property(key, holds), seeded);
    expect(isOrder(orderBetween() ?? '')).toBe(true);
  });

  test('[PA2] two thousand pages at either end, and three hundred in one place, keep within 64 signs', () => {
    let [last, first, between] = [orderBetween(), orderBetween(), orderBetween()];
    for (let at = 0; at < 2_000; at++) [last, first] = [orderBetween(last), orderBetween(undefined, first)];
    for (let at = 0; at < 300; at++) between = orderBetween(between, last);
    for (const one of [last, first, between]) expect(isOrder(one ?? '')).toBe(true);
    expect([last?.length, first?.length]).toEqual([4, 4]);
  });

  test('[PA2] wherever one is put it stands there; where two are the same, behind both', () => {
    const holds = (given: readonly string[], chosen: number): void => {
      const orders = [...given].sort((one, other) => (one < other ? -1 : Number(one > other)));
      const place = chosen % (orders.length + 1);
      const order = orderAt(orders, place);
      expect(isOrder(order)).toBe(true);
      const before = orders[place - 1];
      if (before !== undefined) expect(order > before).toBe(true);
      const after = orders[place];
      const is = before === undefined ? /^0+$/.test(after ?? '') : orderBetween(before, after) === undefined;
      if (after !== undefined && !is) expect(order < after).toBe(true);
    };
    fc.assert(fc.property(fc.array(key, { maxLength: 8 }), fc.nat({ max: 8 }), holds), seeded);
    expect(orderAt(['a', 'a', 'b'], 1) > 'a').toBe(true);
    expect(orderAt(['a', 'a', 'b'], 1) < 'b').toBe(true);
    expect(orderAt(['a', 'b'.repeat(64), 'c'], 1)).toHaveLength(2);
  });
});

describe('the pages as they are shown', () => {
  const record = (page: Partial<Page>): Page => ({
    title: 'Una página',
    order: 'a0',
    owner: marta.id as AccountId,
    on: riosDeEuropa().now,
    editors: [],
    ...page
  });

  function shown(world: World, under: PageId | typeof top = top): readonly PageId[] {
    return (pagesInOrder(world.state()).get(under) ?? []).map(({ id }) => id);
  }

  test('[PA2] by their order keys sign by sign, and by their ids where these are the same', () => {
    const world = riosDeEuropa();
    const ids = ['uno', 'dos', 'tres', 'cuatro'].map((name) => pageId(name));
    for (const [at, id] of ids.entries()) {
      const value = record({ order: ['b', 'Z', 'b', 'a'][at] ?? '' });
      world.write([{ doc: at % 2 === 0 ? 'members' : 'staff', map: 'pages', key: id, value }], rios);
    }
    const [one, two, three, four] = ids;
    expect(shown(world)).toEqual([two, four, ...[one, three].sort()]);
  });

  test('[PA2, PA7] where the page above is not known or in the trash, at the top', () => {
    const world = riosDeEuropa();
    const [above, below, far] = [pageId('arriba'), pageId('abajo'), pageId('lejos')];
    world.do(luca, 'page.create', { page: above, title: 'A', order: 'a', draft: false });
    world.do(marta, 'page.create', { page: below, title: 'B', order: 'b', draft: false, parent: above });
    world.write(
      [{ doc: 'members', map: 'pages', key: far, value: record({ parent: pageId('nada') }) }],
      rios
    );
    expect([shown(world), shown(world, above)]).toEqual([[above, far].sort(byOrder(world)), [below]]);
    world.do(luca, 'page.trash', { page: above });
    expect([shown(world).includes(below), shown(world).includes(above), shown(world, above)]).toEqual([
      ...[true, false],
      []
    ]);
  });

  const byOrder =
    (world: World) =>
    (one: PageId, other: PageId): number =>
      (pageIn(world.state(), one)?.order ?? '') < (pageIn(world.state(), other)?.order ?? '') ? -1 : 1;

  const seeds = Array.from({ length: 20 }, (_, index) => index + 1);

  test.each(seeds)(
    '[PA1, PA7, PA9] whatever is made, moved, trashed and restored, all pages are shown once and no more than eight deep (seed %i)',
    (seed) => {
      const random = new Seeded(seed);
      const world = riosDeEuropa();
      const ids = Array.from({ length: 14 }, (_, at) => pageId(`page ${at}`));
      const any = (): PageId => ids[random.below(ids.length)] ?? pageId('page 0');
      for (const page of ids)
        does(world, marta, 'page.create', { page, title: 'P', order: 'a', draft: false });
      let [moved, refused] = [0, 0];
      for (let step = 0; step < 200; step++) {
        const who = random.of([marta, marta, luca, zoe]);
        const page = any();
        const parent = random.below(4) === 0 ? {} : { parent: any() };
        const kind = random.below(10);
        if (kind === 0) does(world, who, 'page.trash', { page });
        else if (kind < 4) does(world, who, 'page.restore', { page });
        else if (does(world, who, 'page.move', { page, order: random.of(['a', 'b', 'c']), ...parent }))
          moved++;
        else refused++;
        holds(world);
      }
      expect(Math.min(moved, refused)).toBeGreaterThan(5);
    }
  );

  /** Does it where the rules let them. */
  function does<Name extends CommandName>(
    world: World,
    who: Person,
    name: Name,
    args: CommandArgs[Name]
  ): boolean {
    const may = world.answer(who, name, args) === 'accepted';
    if (may) world.do(who, name, args);
    return may;
  }

  function holds(world: World): void {
    const state = world.state();
    const tree = pagesInOrder(state);
    const seen: PageId[] = [];
    const walk = (under: PageId | typeof top, depth: number): void => {
      for (const { id } of tree.get(under) ?? []) {
        expect(depth).toBeLessThan(mostDepth);
        seen.push(id);
        walk(id, depth + 1);
      }
    };
    walk(top, 0);
    const living = [...pagesIn(state)].filter(([, { trashed }]) => !trashed).map(([id]) => id);
    expect(seen.toSorted()).toEqual(living.sort());
  }
});
