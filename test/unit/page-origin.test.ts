import { describe, expect, test } from 'vitest';
import type { CalendarDate } from '#lib/domain/dates.ts';
import { erasedInSpace } from '#lib/domain/erasing.ts';
import { authorsOf, mostAuthors, withoutAuthors, type PageOrigin } from '#lib/domain/page-origin.ts';
import { pageIn } from '#lib/domain/pages.ts';
import { angel, fileHash, luca, marta, mediaId, pageId, zoe, type Person } from '../support/cast.ts';
import { riosDeEuropa, type World } from '../support/world.ts';

const ebro = pageId('El Ebro');
const from: PageOrigin = { on: '2026-06-03' as CalendarDate, by: ['Ana Uno', 'Leo'], more: 3 };

function makes(world: World, who: Person, said: PageOrigin): string {
  return world.answer(who, 'page.create', {
    page: ebro,
    title: 'El Ebro',
    order: 'a0',
    draft: false,
    from: said
  });
}

function readIn(said: PageOrigin = from): World {
  const world = riosDeEuropa();
  world.do(marta, 'page.create', { page: ebro, title: 'El Ebro', order: 'a0', draft: false, from: said });
  return world;
}

describe('who wrote in a page before it was read in', () => {
  test('[FA9] is said by an administrator alone, in names and a number', () => {
    const world = riosDeEuropa();
    expect([marta, luca, zoe, angel].map((who) => makes(world, who, from))).toEqual([
      ...['accepted', 'only-administrators'],
      ...['only-permitted-pages', 'not-permitted']
    ]);
    expect(pageIn(readIn().state(), ebro)?.from).toEqual(from);
    expect(makes(world, marta, { ...from, by: [] })).toBe('accepted');
    for (const wrong of [{ by: [' '] }, { by: Array<string>(mostAuthors + 1).fill('Ana') }, { more: 0 }])
      expect(makes(world, marta, { ...from, ...wrong })).toBe('malformed');
  });

  test('[FA10] a page that stands there already is the same one, if it came from the same archive; else it is another', () => {
    const world = readIn();
    expect(makes(world, marta, from)).toBe('here-already');
    expect(makes(world, marta, { ...from, on: '2026-06-04' as CalendarDate })).toBe('page-exists');
    const plain = { page: ebro, title: 'El Ebro', order: 'a0', draft: false };
    expect(world.answer(marta, 'page.create', plain)).toBe('page-exists');
    const squatted = riosDeEuropa();
    squatted.do(luca, 'page.create', plain);
    expect(makes(squatted, marta, from)).toBe('page-exists');
  });

  test('[FA10] a file that stands there already is the same one, if it has the same bytes', () => {
    const world = riosDeEuropa();
    const file = { kind: 'jpeg', hash: fileHash('ebro'), bytes: 9, width: 4, height: 3 } as const;
    const added = { ...file, media: mediaId('ebro') };
    world.do(marta, 'media.add', added);
    expect(world.answer(marta, 'media.add', added)).toBe('here-already');
    expect(world.answer(marta, 'media.add', { ...added, hash: fileHash('arga') })).toBe('media-exists');
  });

  test('[FA9] is told by name as far as twenty, each once', () => {
    const names = Array.from({ length: 23 }, (_, at) => `Ana ${at}`);
    expect(authorsOf(['Ana', 'Leo', 'Ana'])).toEqual({ by: ['Ana', 'Leo'] });
    expect(authorsOf([...names, 'Ana 0'], 4)).toEqual({ by: names.slice(0, 20), more: 7 });
  });

  test('[FA9, PA13] is gone with the history', () => {
    const world = readIn();
    world.do(marta, 'page.forget-history', { page: ebro });
    expect(pageIn(world.state(), ebro)?.from).toEqual({ on: from.on, by: [] });
    expect(pageIn(world.state(), ebro)?.forgotten).toBeDefined();
  });

  test('[FA9, ER5] is one of the others once somebody of that name is erased', () => {
    const called = riosDeEuropa().state().members.members.get(angel.id)?.display ?? '';
    const world = readIn({ ...from, by: ['Leo', called, `${called} (2)`, `${called}s`] });
    const left = erasedInSpace(world.state(), world.gone(angel)).filter(({ map }) => map === 'pages');
    expect(left).toMatchObject([{ key: ebro, value: { from: { by: ['Leo', `${called}s`], more: 5 } } }]);
    expect(withoutAuthors(from, new Set(['Nadie']))).toBe(from);
  });
});
