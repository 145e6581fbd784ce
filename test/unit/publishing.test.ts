import { describe, expect, test } from 'vitest';
import { plusDays } from '#lib/domain/dates.ts';
import type { CommandArgs } from '#lib/domain/commands/command.ts';
import { pageIn } from '#lib/domain/pages.ts';
import { contentsOf, longestVisit, mostVisits, visitStatus } from '#lib/domain/visits.ts';
import {
  angel,
  digestOfEmpty,
  luca,
  marta,
  pageId,
  rios,
  secretHash,
  visitId,
  zoe
} from '../support/cast.ts';
import { riosDeEuropa, type World } from '../support/world.ts';

const [rivers, ebro, arga] = [pageId('Ríos'), pageId('El Ebro'), pageId('El Arga')];
const digest = digestOfEmpty('Una página');

/** Rivers, and under it Ebro, under which Arga is; shown to the members. */
function withPages(): World {
  const world = riosDeEuropa();
  const make = (page: typeof rivers, parent?: typeof rivers): void => {
    world.do(marta, 'page.create', {
      page,
      title: 'Una página',
      order: 'a0',
      draft: false,
      ...(parent && { parent })
    });
  };
  make(rivers);
  make(ebro, rivers);
  make(arga, ebro);
  return world;
}

function isPublished(world: World, page = ebro): boolean {
  return pageIn(world.state(rios), page)?.published !== undefined;
}

function linkTo(name: string, world: World, more: Partial<CommandArgs['visit.create']> = {}) {
  const expires = plusDays(world.now, 30);
  return {
    visit: visitId(name),
    label: name,
    secretHash: secretHash(name),
    expires,
    pages: 'all',
    ...more
  } as const;
}

describe('publishing', () => {
  test('[PU1, PE28, G14] only an administrator publishes, and only a page that the members see', () => {
    const world = withPages();
    const says = (who: typeof marta, page = ebro): string =>
      world.answer(who, 'page.publish', { page, digest });
    expect(says(luca)).toBe('only-administrators');
    expect(says(zoe)).toBe('not-permitted');
    expect(says(angel)).toBe('not-permitted');
    expect(says(marta, pageId('none'))).toBe('page-unknown');
    world.do(marta, 'page.show', { page: ebro, shown: false });
    expect(says(marta)).toBe('page-draft');
    world.do(marta, 'page.show', { page: ebro, shown: true });
    world.do(marta, 'page.publish', { page: ebro, digest });
    expect(pageIn(world.state(rios), ebro)?.published).toEqual({ by: marta.id, on: world.now, digest });
  });

  test('[PU1, PU2] what visitors see already is not published anew', () => {
    const world = withPages();
    world.do(marta, 'page.publish', { page: ebro, digest });
    const before = pageIn(world.state(rios), ebro)?.published;
    world.now = plusDays(world.now, 3);
    world.do(marta, 'page.publish', { page: ebro, digest });
    expect(pageIn(world.state(rios), ebro)?.published).toEqual(before);
  });

  test('[PU1] what is done to the page afterwards leaves it published as it was', () => {
    const world = withPages();
    world.do(marta, 'page.publish', { page: ebro, digest });
    world.do(marta, 'page.rename', { page: ebro, title: 'El Ebro' });
    world.do(marta, 'page.move', { page: ebro, order: 'zz' });
    world.do(marta, 'page.freeze', { page: ebro, frozen: true });
    expect(pageIn(world.state(rios), ebro)?.published?.digest).toBe(digest);
  });

  test('[PU4] taken back, in the trash, a draft again: it is published no more, and does not come back by itself', () => {
    const ends = [
      (world: World) => world.do(marta, 'page.unpublish', { page: ebro }),
      (world: World) => world.do(marta, 'page.show', { page: ebro, shown: false }),
      (world: World) => world.do(marta, 'page.trash', { page: rivers })
    ];
    for (const end of ends) {
      const world = withPages();
      world.do(marta, 'page.publish', { page: ebro, digest });
      end(world);
      expect(isPublished(world)).toBe(false);
      world.answer(marta, 'page.restore', { page: rivers });
      world.answer(marta, 'page.show', { page: ebro, shown: true });
      expect(isPublished(world)).toBe(false);
    }
  });

  test('[PU4] who takes back what was never published does nothing; a teacher takes nothing back', () => {
    const world = withPages();
    expect(world.answer(marta, 'page.unpublish', { page: ebro })).toBe('accepted');
    expect(world.answer(luca, 'page.unpublish', { page: ebro })).toBe('only-administrators');
    expect(world.answer(marta, 'page.unpublish', { page: pageId('none') })).toBe('page-unknown');
  });

  test('[PU4, SP5] in an archived TwinSpace nothing is published any more, and what is can be taken back', () => {
    const world = withPages();
    world.do(marta, 'page.publish', { page: ebro, digest });
    world.do(marta, 'visit.create', linkTo('Familias', world));
    world.do(marta, 'space.archive', {});
    expect(world.answer(marta, 'page.publish', { page: arga, digest })).toBe('space-archived');
    expect(world.answer(marta, 'visit.create', linkTo('Otros', world))).toBe('space-archived');
    expect(world.answer(marta, 'page.unpublish', { page: ebro })).toBe('accepted');
    expect(world.answer(marta, 'visit.revoke', { visit: visitId('Familias') })).toBe('accepted');
  });
});

describe('links for visitors', () => {
  test('[PU5, PE6, G14] only an administrator gives one, with a label, for at most 366 days', () => {
    const world = withPages();
    const says = (who: typeof marta, more: Parameters<typeof linkTo>[2] = {}): string =>
      world.answer(who, 'visit.create', linkTo('Familias', world, more));
    expect(says(luca)).toBe('only-administrators');
    expect(says(angel)).toBe('not-permitted');
    expect(says(marta, { label: '' })).toBe('display-invalid');
    expect(says(marta, { expires: plusDays(world.now, -1) })).toBe('visit-expiry');
    expect(says(marta, { expires: plusDays(world.now, longestVisit + 1) })).toBe('visit-expiry');
    expect(says(marta, { expires: plusDays(world.now, longestVisit) })).toBe('accepted');
  });

  test('[PU5] neither its id nor its secret is taken twice', () => {
    const world = withPages();
    world.do(marta, 'visit.create', linkTo('Familias', world));
    expect(world.answer(marta, 'visit.create', linkTo('Familias', world))).toBe('visit-exists');
    const other = linkTo('Familias', world, { visit: visitId('Otros') });
    expect(world.answer(marta, 'visit.create', other)).toBe('visit-exists');
  });

  test('[PU5] it names pages that are published, and no others', () => {
    const world = withPages();
    const link = linkTo('Familias', world, { pages: [ebro] });
    expect(world.answer(marta, 'visit.create', link)).toBe('page-not-published');
    world.do(marta, 'page.publish', { page: ebro, digest });
    expect(world.answer(marta, 'visit.create', link)).toBe('accepted');
  });

  test('[PU5] it is ended once, by an administrator', () => {
    const world = withPages();
    const ends = (who: typeof marta, name = 'Familias'): string =>
      world.answer(who, 'visit.revoke', { visit: visitId(name) });
    world.do(marta, 'visit.create', linkTo('Familias', world));
    expect(ends(luca)).toBe('only-administrators');
    expect(ends(marta, 'none')).toBe('visit-unknown');
    world.do(marta, 'visit.revoke', { visit: visitId('Familias') });
    expect(ends(marta)).toBe('visit-revoked');
  });

  test('[PU5] at most so many open at once; one that was ended makes room', () => {
    const world = withPages();
    for (let at = 0; at < mostVisits; at++) world.do(marta, 'visit.create', linkTo(`link ${at}`, world));
    expect(world.answer(marta, 'visit.create', linkTo('one more', world))).toBe('too-many-visits');
    world.do(marta, 'visit.revoke', { visit: visitId('link 7') });
    expect(world.answer(marta, 'visit.create', linkTo('one more', world))).toBe('accepted');
  });

  test('[PU5] it opens on its last day, and no longer; who ended it is said first', () => {
    const { now } = riosDeEuropa();
    expect(visitStatus({ expires: now }, now)).toBe('open');
    expect(visitStatus({ expires: plusDays(now, -1) }, now)).toBe('expired');
    const revoked = { by: marta.id, on: now };
    expect(visitStatus({ expires: plusDays(now, -1), revoked }, now)).toBe('revoked');
  });

  test('[PU3] shows what is published, each page under the next one above it that is', () => {
    const world = withPages();
    const shows = (pages: 'all' | readonly (typeof ebro)[]) => contentsOf(world.state(rios), { pages });
    expect(shows('all')).toEqual([]);
    world.do(marta, 'page.publish', { page: rivers, digest });
    world.do(marta, 'page.publish', { page: arga, digest });
    expect(shows('all')).toEqual([
      { page: rivers, depth: 0 },
      { page: arga, depth: 1 }
    ]);
    expect(shows([arga, ebro])).toEqual([{ page: arga, depth: 0 }]);
  });
});
