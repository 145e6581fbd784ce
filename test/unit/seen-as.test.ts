import { expect, test } from 'vitest';
import type { PageId } from '#lib/domain/ids.ts';
import { pupilEyes, type Pupil } from '#lib/session/pages/page-eyes.ts';
import { pageRows } from '#lib/session/pages/page-rows.ts';
import { angel, luca, marta, pageId, zoe, type Person } from '../support/cast.ts';
import { riosDeEuropa, type World } from '../support/world.ts';

function makes(world: World, title: string, draft: boolean): PageId {
  const page = pageId(title);
  world.do(marta, 'page.create', { page, title, order: 'a0', draft });
  return page;
}

/** What a pupil sees in the list, as words. */
function seen(world: World, pupil: Pupil): readonly string[] {
  const rows = pageRows(pupilEyes(world.state(), pupil), world.now, new Map());
  return rows.map(
    ({ title, draft, mayWrite }) =>
      `${title}${draft ? ' (draft)' : ''}: ${mayWrite === true ? 'writes' : mayWrite.refused}`
  );
}

const any: Pupil = { is: 'any' };
const as = ({ id }: Person): Pupil => ({ is: 'member', account: id });

test('[PV9, PA4, G15, G16] as a pupil one sees what is shown and what was given to them, and why they may not write elsewhere', () => {
  const world = riosDeEuropa();
  makes(world, 'Normas', false);
  const draft = makes(world, 'Borrador', true);
  const own = makes(world, 'De Ángel', true);
  const all = makes(world, 'De todos', false);
  world.do(marta, 'page.permit', { page: own, to: { is: 'member', account: angel.id } });
  world.do(marta, 'page.permit', { page: all, to: { is: 'pupils' } });
  const open = ['De todos: writes', 'Normas: only-permitted-pages'];
  expect(seen(world, any).toSorted()).toEqual(open);
  expect(seen(world, as(zoe)).toSorted()).toEqual(open);
  expect(seen(world, as(angel)).toSorted()).toEqual(
    ['De todos: writes', 'De Ángel (draft): writes', 'Normas: only-permitted-pages'].toSorted()
  );
  world.do(marta, 'page.permit', { page: draft, to: { is: 'pupils' } });
  expect(seen(world, any)).toHaveLength(3);
});

test('[PV9] whoever is no pupil here is seen as any other; looking so changes nothing', () => {
  const world = riosDeEuropa();
  makes(world, 'Borrador', true);
  const before = world.state();
  expect(seen(world, as(luca))).toEqual([]);
  expect(world.state()).toBe(before);
  expect([...before.members.members.keys()]).not.toContain('any-pupil');
});
