import { describe, expect, test } from 'vitest';
import { pagesIn } from '#lib/domain/pages.ts';
import { emptySpace } from '#lib/domain/state.ts';
import { allSeen, newsSince, pageSeen, withAwaited, type Looking } from '#lib/session/space/news.ts';
import {
  angel,
  commentId,
  fileHash,
  luca,
  marta,
  mediaId,
  pageId,
  rios,
  zoe,
  type Person
} from '../support/cast.ts';
import { riosDeEuropa, type World } from '../support/world.ts';

const ebro = pageId('El Ebro');

function looks(world: World, who: Person, staff = false): Looking {
  const state = world.state(rios);
  return { state, account: who.id, staff, pages: [...pagesIn(state).keys()] };
}

function withPage(): World {
  const world = riosDeEuropa();
  world.do(luca, 'page.create', { page: ebro, title: 'El Ebro', order: 'a0', draft: false });
  world.do(luca, 'page.permit', { page: ebro, to: { is: 'member', account: angel.id } });
  return world;
}

describe('what is new', () => {
  test('[WN1] a page that somebody else made, not one’s own', () => {
    const world = riosDeEuropa();
    const [before, own] = [allSeen(looks(world, angel)), allSeen(looks(world, luca, true))];
    world.do(luca, 'page.create', { page: ebro, title: 'El Ebro', order: 'a0', draft: false });
    expect(newsSince(looks(world, angel), before)).toEqual([{ is: 'page', page: ebro, by: luca.id }]);
    expect(newsSince(looks(world, luca, true), own)).toEqual([]);
  });

  test('[WN1] what was said of a page by others, to those whom it concerns', () => {
    const world = withPage();
    const seen = { angel: allSeen(looks(world, angel)), zoe: allSeen(looks(world, zoe)) };
    world.do(luca, 'comment.add', { page: ebro, comment: commentId('one'), text: 'Muy bien' });
    world.do(luca, 'comment.add', { page: ebro, comment: commentId('two'), text: '¿Y la foto?' });
    const said = { is: 'said', page: ebro, by: [luca.id], count: 2 };
    expect(newsSince(looks(world, angel), seen.angel)).toEqual([said]);
    expect(newsSince(looks(world, zoe), seen.zoe)).toEqual([]);
    world.do(zoe, 'comment.add', { page: ebro, comment: commentId('three'), text: 'Yo la tengo' });
    expect(newsSince(looks(world, zoe), seen.zoe)).toEqual([said]);
    world.do(luca, 'comment.remove', { page: ebro, comment: commentId('two') });
    expect(newsSince(looks(world, angel), seen.angel)).toMatchObject([{ by: [luca.id, zoe.id], count: 2 }]);
  });

  test('[WN1] that a page is handed in to staff, and that it was given back to whoever handed it in', () => {
    const world = withPage();
    const seen = allSeen(looks(world, luca, true));
    world.do(angel, 'page.hand-in', { page: ebro, handed: true });
    expect(newsSince(looks(world, luca, true), seen)).toEqual([
      { is: 'handed-in', page: ebro, by: angel.id }
    ]);
    const mine = allSeen(looks(world, angel));
    expect(newsSince(looks(world, angel), mine)).toEqual([]);
    const zoes = allSeen(looks(world, zoe));
    world.do(luca, 'page.give-back', { page: ebro });
    expect(newsSince(looks(world, angel), mine)).toEqual([{ is: 'given-back', page: ebro }]);
    expect(newsSince(looks(world, zoe), zoes)).toEqual([]);
    expect(newsSince(looks(world, luca, true), allSeen(looks(world, luca, true)))).toEqual([]);
  });

  test('[WN1, HI1] what somebody took back themselves was not given back, whatever another device of theirs saw before', () => {
    const world = withPage();
    const hand = (handed: boolean) => world.do(angel, 'page.hand-in', { page: ebro, handed });
    hand(true);
    const there = allSeen(looks(world, angel));
    hand(false);
    expect(newsSince(looks(world, angel), there)).toEqual([]);
    hand(true);
    world.do(luca, 'page.give-back', { page: ebro });
    expect(newsSince(looks(world, angel), there)).toEqual([{ is: 'given-back', page: ebro }]);
    hand(true);
    expect(newsSince(looks(world, angel), there)).toEqual([]);
    hand(false);
    expect(newsSince(looks(world, angel), there)).toEqual([]);
  });

  test('[WN1] a yes to what waited for one', () => {
    const world = withPage();
    world.do(marta, 'settings.set', { settings: { commentApproval: true, mediaApproval: true } });
    const media = mediaId('río');
    world.do(angel, 'comment.add', { page: ebro, comment: commentId('one'), text: 'Me gusta' });
    world.do(angel, 'media.add', {
      media,
      kind: 'jpeg',
      hash: fileHash('río'),
      bytes: 3,
      width: 4,
      height: 3
    });
    const seen = allSeen(looks(world, angel));
    expect(newsSince(looks(world, angel), seen)).toEqual([]);
    world.do(luca, 'comment.approve', { page: ebro, comment: commentId('one') });
    world.do(luca, 'media.approve', { media });
    expect(newsSince(looks(world, angel), seen)).toEqual([
      { is: 'comment-approved', page: ebro },
      { is: 'media-approved', count: 1 }
    ]);
  });

  test('[WN1, CO5] what waited while a pupil looked is new to them once an adult says yes', () => {
    const world = withPage();
    const one = { page: ebro, comment: commentId('one') };
    // What a pupil's device has of it.
    const looking = (): Looking => {
      const { state, ...who } = looks(world, angel);
      return { ...who, state: { ...state, staff: emptySpace(rios).staff } };
    };
    world.do(marta, 'settings.set', { settings: { commentApproval: true } });
    world.do(zoe, 'comment.add', { ...one, text: 'Me gusta' });
    const [all, page] = [allSeen(looking()), pageSeen(looking(), allSeen(looking()), ebro)];
    expect(newsSince(looking(), all)).toEqual([]);
    world.do(luca, 'comment.approve', one);
    const said = { is: 'said', page: ebro, by: [zoe.id], count: 1 };
    expect([all, page].map((seen) => newsSince(looking(), seen))).toEqual([[said], [said]]);
  });

  test('[WN1] an answer to what began to wait after the last look is new, too', () => {
    const world = withPage();
    world.do(marta, 'settings.set', { settings: { commentApproval: true, mediaApproval: true } });
    const [media, comment] = [mediaId('río'), commentId('one')];
    const first = allSeen(looks(world, angel));
    world.do(angel, 'comment.add', { page: ebro, comment, text: 'Me gusta' });
    const photo = { media, kind: 'jpeg', hash: fileHash('río'), bytes: 3, width: 4, height: 3 } as const;
    world.do(angel, 'media.add', photo);
    world.do(angel, 'page.hand-in', { page: ebro, handed: true });
    const seen = withAwaited(looks(world, angel), first);
    expect(withAwaited(looks(world, angel), seen)).toBe(seen);
    world.do(luca, 'comment.approve', { page: ebro, comment });
    world.do(luca, 'media.approve', { media });
    world.do(luca, 'page.give-back', { page: ebro });
    const answers = ['given-back', 'comment-approved', 'media-approved'];
    expect(newsSince(looks(world, angel), seen).map(({ is }) => is)).toEqual(answers);
    // What is not opened yet is no less new for what begins to wait elsewhere.
    expect(newsSince(looks(world, angel), withAwaited(looks(world, angel), seen))).toHaveLength(3);
  });

  test('[WN1] that a page is handed in stays new to staff until they look', () => {
    const world = withPage();
    const seen = allSeen(looks(world, luca, true));
    world.do(angel, 'page.hand-in', { page: ebro, handed: true });
    const looking = looks(world, luca, true);
    expect(newsSince(looking, withAwaited(looking, seen))).toMatchObject([{ is: 'handed-in' }]);
  });

  test('[WN1, CO4] what is said after something seen was taken back is new', () => {
    const world = withPage();
    world.do(luca, 'comment.add', { page: ebro, comment: commentId('one'), text: 'Muy bien' });
    const seen = allSeen(looks(world, angel));
    world.do(luca, 'comment.remove', { page: ebro, comment: commentId('one') });
    world.do(luca, 'comment.add', { page: ebro, comment: commentId('two'), text: 'Falta el mapa' });
    expect(newsSince(looks(world, angel), seen)).toEqual([
      { is: 'said', page: ebro, by: [luca.id], count: 1 }
    ]);
  });

  test('[WN2] of a page it is seen once that was opened, and of all once it is said', () => {
    const world = withPage();
    const other = pageId('El Duero');
    const seen = allSeen(looks(world, zoe));
    world.do(luca, 'page.create', { page: other, title: 'El Duero', order: 'a1', draft: false });
    world.do(zoe, 'comment.add', { page: ebro, comment: commentId('one'), text: '¿Qué es?' });
    world.do(angel, 'comment.add', { page: ebro, comment: commentId('two'), text: 'Un río' });
    const looking = looks(world, zoe);
    expect(newsSince(looking, seen).map(({ is }) => is)).toEqual(['said', 'page']);
    expect(newsSince(looking, pageSeen(looking, seen, ebro)).map(({ is }) => is)).toEqual(['page']);
    expect(newsSince(looking, pageSeen(looking, seen, other)).map(({ is }) => is)).toEqual(['said']);
    expect(newsSince(looking, allSeen(looking))).toEqual([]);
  });
});
