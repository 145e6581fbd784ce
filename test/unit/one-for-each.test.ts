import { describe, expect, test } from 'vitest';
import { isTitle } from '#lib/domain/pages.ts';
import type { PageId } from '#lib/domain/ids.ts';
import { planPages, titleFor, type Recipient } from '#lib/session/pages/one-for-each.ts';
import { angel, marta, pageId, rios, zoe } from '../support/cast.ts';
import { riosDeEuropa, type World } from '../support/world.ts';

const project = pageId('Proyecto');
const toAngel: Recipient = { to: { is: 'member', account: angel.id }, name: 'Ángel' };
const toZoe: Recipient = { to: { is: 'member', account: zoe.id }, name: 'Zoé' };

function withProject(): World {
  const world = riosDeEuropa();
  world.do(marta, 'page.create', { page: project, title: 'Proyecto', order: 'a0', draft: false });
  return world;
}

function make(world: World, title: string, parent: PageId | undefined = project): PageId {
  const page = pageId(title);
  world.do(marta, 'page.create', { page, title, order: 'a0', draft: true, ...(parent && { parent }) });
  return page;
}

function namesOf(world: World, title = 'Diario', parent: PageId | undefined = project) {
  const { make, has } = planPages(world.state(rios), { title, parent }, [toAngel, toZoe]);
  return { make: make.map(({ name }) => name), has: has.map(({ name }) => name) };
}

test('[ON5] the name stands whole behind the title, which gives way where both are too long', () => {
  expect(titleFor('Diario', 'Ángel')).toBe('Diario · Ángel');
  const long = titleFor(
    'Lo que hemos aprendido este curso sobre los ríos de Europa y sus gentes',
    'Ana María G.'
  );
  expect(long).toMatch(/^Lo que hemos aprendido .*… · Ana María G\.$/);
  for (const title of ['🦦'.repeat(80), 'a'])
    for (const name of ['ñ'.repeat(80), 'Zoé', '🦦'.repeat(79)])
      expect(isTitle(titleFor(title, name))).toBe(true);
  expect([...titleFor('🦦'.repeat(80), 'Zoé')]).toHaveLength(80);
});

describe('who has one already', () => {
  test('[ON6] is whoever was given a page of that title there', () => {
    const world = withProject();
    expect(namesOf(world)).toEqual({ make: ['Ángel', 'Zoé'], has: [] });
    world.do(marta, 'page.permit', { page: make(world, 'Diario · Ángel'), to: toAngel.to });
    expect(namesOf(world)).toEqual({ make: ['Zoé'], has: ['Ángel'] });
    // Another title, or another place, is another page.
    expect(namesOf(world, 'Glosario').has).toEqual([]);
    world.do(marta, 'page.permit', { page: make(world, 'Diario · Segunda parte · Zoé'), to: toZoe.to });
    expect(namesOf(world)).toEqual({ make: ['Zoé'], has: ['Ángel'] });
    expect(namesOf(world, 'Diario · Segunda parte').has).toEqual(['Zoé']);
    expect(planPages(world.state(rios), { title: 'Diario', parent: undefined }, [toAngel]).has).toEqual([]);
  });

  test('[ON6] is whoever was given one under another name, not whoever is called like somebody who was', () => {
    const world = withProject();
    world.do(marta, 'page.permit', { page: make(world, 'Diario · Ángel (1)'), to: toAngel.to });
    world.do(marta, 'page.permit', { page: make(world, 'Diario · Zoé'), to: toAngel.to });
    expect(namesOf(world)).toEqual({ make: ['Zoé'], has: ['Ángel'] });
  });

  test('[ON6] is whoever had it taken back, and nobody whose page is in the trash', () => {
    const world = withProject();
    const page = make(world, 'Diario · Ángel');
    world.do(marta, 'page.permit', { page, to: toAngel.to });
    world.do(marta, 'page.withdraw', { page, to: toAngel.to });
    expect(namesOf(world).has).toEqual(['Ángel']);
    world.do(marta, 'page.trash', { page });
    expect(namesOf(world).has).toEqual([]);
  });
});
