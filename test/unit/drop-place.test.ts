import { describe, expect, test } from 'vitest';
import type { PageId } from '#lib/domain/ids.ts';
import { dropPlace, placeOf, type OverPage } from '#lib/ui/pages/drop-place.ts';
import type { PageEntry } from '#lib/ui/pages/page-entry.ts';
import { pageId } from '../support/cast.ts';

const entry = (title: string, depth: number): PageEntry => ({
  id: pageId(title),
  title,
  depth,
  href: '',
  state: 'shown',
  frozen: false,
  home: false,
  canWrite: true,
  here: 'here',
  waits: 0
});

const list = [
  entry('Ríos', 0),
  entry('Ebro', 1),
  entry('Arga', 2),
  entry('Ega', 2),
  entry('Duero', 1),
  entry('Normas', 0),
  entry('Diario', 0)
];
const titles = new Map(list.map(({ id, title }) => [id, title]));
const all = new Set(list.map(({ id }) => id));

function dropped(page: string, where: OverPage, over: string, unfolded: ReadonlySet<PageId> = all): string {
  const to = dropPlace(list, unfolded, pageId(page), pageId(over), where);
  if (!to) return 'stays';
  const [parent, before] = [to.parent, to.before].map((id) => id && titles.get(id));
  return `under ${parent ?? 'the top'}, before ${before ?? 'the end'}`;
}

describe('where a page comes to stand that is dragged', () => {
  test.each([
    ['Diario', 'before', 'Ebro', 'under Ríos, before Ebro'],
    ['Diario', 'inside', 'Ebro', 'under Ebro, before the end'],
    ['Diario', 'after', 'Ebro', 'under Ebro, before Arga'],
    ['Diario', 'after', 'Ega', 'under Ebro, before the end'],
    ['Diario', 'after', 'Duero', 'under Ríos, before the end'],
    ['Arga', 'before', 'Ríos', 'under the top, before Ríos'],
    ['Arga', 'after', 'Diario', 'under the top, before the end'],
    ['Ebro', 'before', 'Diario', 'under the top, before Diario']
  ] as const)('[PV2, PA9] %s %s %s: %s', (page, where, over, expected) => {
    expect(dropped(page, where, over)).toBe(expected);
  });

  test('[PV2, PA9] behind one that is folded it stands beside it', () => {
    expect(dropped('Diario', 'after', 'Ebro', new Set())).toBe('under Ríos, before Duero');
  });

  test.each([
    ['Ebro', 'inside', 'Ebro'],
    ['Ebro', 'inside', 'Arga'],
    ['Ríos', 'after', 'Duero'],
    ['Normas', 'after', 'Normas'],
    ['Normas', 'before', 'Diario'],
    ['Diario', 'after', 'Normas'],
    ['Ega', 'after', 'Arga']
  ] as const)('[PV2, PA9] %s %s %s stays where it is', (page, where, over) => {
    expect(dropped(page, where, over)).toBe('stays');
  });

  test('[PV2, PA9] the place where a page stands is the one to which it goes back', () => {
    expect(placeOf(list, pageId('Ebro'))).toEqual({ parent: pageId('Ríos'), before: pageId('Duero') });
    expect(placeOf(list, pageId('Diario'))).toEqual({});
    expect(placeOf(list, pageId('Lejos'))).toBeUndefined();
  });
});
