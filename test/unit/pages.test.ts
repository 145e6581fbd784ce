import { describe, expect, test } from 'vitest';
import { plusDays } from '#lib/domain/dates.ts';
import { erasedInSpace } from '#lib/domain/erasing.ts';
import {
  documentOfPage,
  homePage,
  isPermitted,
  longestGrant,
  mostDepth,
  mostGrants,
  mostPages,
  movedTo,
  pageIn
} from '#lib/domain/pages.ts';
import { mayTypeNow, mayWrite } from '#lib/domain/page-writing.ts';
import type { AccountId, PageId } from '#lib/domain/ids.ts';
import { mayRead } from '#lib/domain/may-read.ts';
import type { Grantee } from '#lib/domain/records.ts';
import {
  angel,
  changeId,
  classroomTablet,
  groupId,
  luca,
  mares,
  marta,
  oksana,
  pageId,
  rios,
  uuid,
  zoe,
  type Person
} from '../support/cast.ts';
import { riosDeEuropa, type World } from '../support/world.ts';

const [rivers, ebro, arga] = [pageId('Ríos'), pageId('El Ebro'), pageId('El Arga')];
const sixA = groupId('6A');
const pupils: Grantee = { is: 'pupils' };

interface Wanted {
  readonly parent?: PageId;
  readonly draft?: boolean;
  readonly title?: string;
  readonly order?: string;
}

function making(page: PageId, { parent, draft = false, title = 'Una página', order = 'a0' }: Wanted = {}) {
  return { page, title, order, draft, ...(parent === undefined ? {} : { parent }) };
}

function makes(world: World, who: Person, page: PageId, wanted: Wanted = {}): string {
  return world.answer(who, 'page.create', making(page, wanted));
}

/** Marta's page, and hers or Luca's under it. */
function withPages(draft = false): World {
  const world = riosDeEuropa();
  world.do(marta, 'page.create', making(rivers, { draft }));
  world.do(luca, 'page.create', making(ebro, { parent: rivers, draft }));
  return world;
}

/** Where the record of the page stands. */
function stands(world: World, page: PageId): string {
  const { members, staff } = world.state();
  return [members.pages.has(page) ? 'members' : '', staff.pages.has(page) ? 'staff' : ''].join('');
}

function canWrite(world: World, page: PageId, who: Person): boolean {
  const known = pageIn(world.state(), page);
  return known !== undefined && isPermitted(world.state(), known, who.id);
}

describe('which pages there are', () => {
  test('[PA1, PE22] adults make pages, at the top and under others; pupils do not', () => {
    const world = riosDeEuropa();
    expect([marta, luca, zoe, angel].map((who) => makes(world, who, ebro))).toEqual([
      ...['accepted', 'accepted'],
      ...['only-permitted-pages', 'not-permitted']
    ]);
    world.do(luca, 'page.create', making(rivers));
    world.do(marta, 'page.create', making(ebro, { parent: rivers, title: 'El Ebro' }));
    expect(pageIn(world.state(), ebro)).toEqual({
      title: 'El Ebro',
      parent: rivers,
      order: 'a0',
      owner: marta.id,
      on: world.now,
      editors: []
    });
  });

  test('[PA1] each once, with a title that can be read, under a page that is there', () => {
    const world = withPages();
    expect(makes(world, marta, ebro)).toBe('page-exists');
    expect(makes(world, marta, arga, { title: ' ' })).toBe('display-invalid');
    expect(makes(world, marta, arga, { title: 'x'.repeat(81) })).toBe('display-invalid');
    expect(makes(world, marta, arga, { parent: arga })).toBe('page-unknown');
    world.do(marta, 'page.trash', { page: rivers });
    expect(makes(world, marta, arga, { parent: rivers })).toBe('page-trashed');
  });

  test('[PA1] eight deep and no deeper, and not without end', () => {
    const world = riosDeEuropa();
    const chain = Array.from({ length: mostDepth + 1 }, (_, depth) => pageId(String(depth)));
    for (const [depth, page] of chain.slice(0, mostDepth).entries()) {
      const parent = chain[depth - 1];
      world.do(marta, 'page.create', making(page, parent ? { parent } : {}));
    }
    const [last = arga, deepest = rivers] = [chain[mostDepth], chain[mostDepth - 1]];
    expect(makes(world, marta, last, { parent: deepest })).toBe('pages-too-deep');
    for (let made = mostDepth; made < mostPages; made++)
      world.do(marta, 'page.create', making(pageId(`more ${made}`), { draft: made % 2 === 0 }));
    expect(makes(world, marta, last)).toBe('too-many-pages');
  });

  test('[PA2] an order key is letters and digits', () => {
    const world = riosDeEuropa();
    expect(makes(world, marta, ebro, { order: 'Zz09' })).toBe('accepted');
    for (const order of ['', 'a-b', 'á', 'x'.repeat(65)])
      expect(makes(world, marta, ebro, { order })).toBe('malformed');
  });

  test('[PA3, G15] a pupil administrator makes one under a page that was given: theirs to write, as open as that one', () => {
    for (const draft of [true, false]) {
      const world = withPages(draft);
      expect(makes(world, zoe, arga, { parent: ebro })).toBe('only-permitted-pages');
      world.do(luca, 'page.permit', { page: ebro, to: { is: 'pupil-admins' } });
      world.do(zoe, 'page.create', making(arga, { parent: ebro, draft: !draft }));
      expect(pageIn(world.state(), arga)?.draft ?? false).toBe(draft);
      expect(canWrite(world, arga, zoe)).toBe(true);
      expect(canWrite(world, arga, angel)).toBe(false);
    }
  });

  test('[PA6, G16] who may write in a page renames it', () => {
    const world = withPages();
    const renames = (who: Person): string => world.answer(who, 'page.rename', { page: ebro, title: 'X' });
    expect([marta, luca, zoe, angel].map(renames)).toEqual([
      ...['accepted', 'accepted'],
      ...['only-permitted-pages', 'only-permitted-pages']
    ]);
    world.do(luca, 'page.permit', { page: ebro, to: { is: 'member', account: angel.id } });
    expect([zoe, angel].map(renames)).toEqual(['only-permitted-pages', 'accepted']);
    expect(world.answer(marta, 'page.rename', { page: arga, title: 'X' })).toBe('page-unknown');
    expect(world.answer(angel, 'page.rename', { page: ebro, title: '' })).toBe('display-invalid');
    world.do(luca, 'page.trash', { page: ebro });
    expect(renames(angel)).toBe('page-trashed');
  });
});

describe('who sees a page', () => {
  const reads = (world: World, device: Person['device'], page = ebro): boolean =>
    mayRead(world.state(), world.directory, device, documentOfPage(page));

  test('[PA4, RD4] one that is shown stands in members, for every device that reads it', () => {
    const world = withPages();
    expect(stands(world, ebro)).toBe('members');
    expect([marta, luca, zoe, angel].map(({ device }) => reads(world, device))).toEqual(Array(4).fill(true));
    expect(reads(world, oksana.device)).toBe(false);
    expect(reads(world, { ...angel.device, revoked: true })).toBe(false);
    expect(reads(world, angel.device, arga)).toBe(false);
  });

  test('[PA4, RD4] of a draft no pupil’s device has anything, until the pupil may write in it', () => {
    const world = withPages(true);
    expect(stands(world, ebro)).toBe('staff');
    expect([marta, luca, zoe, angel].map(({ device }) => reads(world, device))).toEqual([
      ...[true, true],
      ...[false, false]
    ]);
    world.do(luca, 'page.permit', { page: ebro, to: { is: 'member', account: marta.id } });
    expect(stands(world, ebro)).toBe('staff');
    world.do(luca, 'page.permit', { page: ebro, to: { is: 'member', account: angel.id } });
    expect(stands(world, ebro)).toBe('members');
    expect([zoe, angel].map(({ device }) => reads(world, device))).toEqual([false, true]);
    world.do(luca, 'page.withdraw', { page: ebro, to: { is: 'member', account: angel.id } });
    expect(stands(world, ebro)).toBe('staff');
    expect(reads(world, angel.device)).toBe(false);
  });

  test('[PA4] shown and made a draft again: the record goes where it belongs, and only there', () => {
    const world = withPages(true);
    world.do(luca, 'page.show', { page: ebro, shown: true });
    expect([stands(world, ebro), pageIn(world.state(), ebro)?.draft]).toEqual(['members', undefined]);
    world.do(marta, 'page.show', { page: ebro, shown: false });
    expect([stands(world, ebro), pageIn(world.state(), ebro)?.draft]).toEqual(['staff', true]);
    expect(world.answer(luca, 'page.show', { page: rivers, shown: true })).toBe('only-own-things');
  });

  test('[PA4] the record moves with the role and the standing of whom the page was given to', () => {
    const world = withPages(true);
    world.do(luca, 'page.permit', { page: ebro, to: { is: 'member', account: zoe.id } });
    expect(stands(world, ebro)).toBe('members');
    world.do(marta, 'member.role', { member: zoe.id, role: 'teacher', typed: zoe.username });
    expect(stands(world, ebro)).toBe('staff');
    world.do(marta, 'member.role', { member: zoe.id, role: 'pupil' });
    expect(stands(world, ebro)).toBe('members');
    world.do(marta, 'member.remove', { member: zoe.id });
    expect(stands(world, ebro)).toBe('staff');
    world.do(marta, 'member.restore', { member: zoe.id });
    expect(stands(world, ebro)).toBe('members');
    expect(canWrite(world, ebro, zoe)).toBe(true);
  });

  test('[RD4, TB5] a classroom tablet reads a draft where a pupil whom it holds may write in it', () => {
    const world = withPages(true);
    world.do(luca, 'group.make', { group: sixA, name: '6.º A', kind: 'class' });
    const cart = { ...classroomTablet(marta.id), space: rios };
    world.do(marta, 'tablet.admit', { tablet: cart.id, name: 'Carro 1', groups: [sixA], teachers: [] });
    expect(reads(world, cart)).toBe(false);
    world.do(luca, 'page.permit', { page: ebro, to: pupils });
    expect(reads(world, cart)).toBe(false);
    world.do(luca, 'member.groups', { member: zoe.id, add: [sixA], remove: [] });
    expect(reads(world, cart)).toBe(true);
    world.do(luca, 'page.show', { page: ebro, shown: true });
    world.do(luca, 'member.groups', { member: zoe.id, add: [], remove: [sixA] });
    expect(reads(world, cart)).toBe(true);
  });
});

describe('who may write in a page', () => {
  test('[PA5, G15, G16] it is given to a member, a group, all pupils, all pupil administrators', () => {
    const world = withPages();
    world.do(luca, 'group.make', { group: sixA, name: '6.º A', kind: 'class' });
    const writers = (to: Grantee): readonly boolean[] => {
      world.do(luca, 'page.permit', { page: ebro, to });
      const found = [zoe, angel].map((who) => canWrite(world, ebro, who));
      world.do(luca, 'page.withdraw', { page: ebro, to });
      return found;
    };
    expect(writers({ is: 'member', account: angel.id })).toEqual([false, true]);
    expect(writers({ is: 'group', group: sixA })).toEqual([false, false]);
    world.do(luca, 'member.groups', { member: zoe.id, add: [sixA], remove: [] });
    expect(writers({ is: 'group', group: sixA })).toEqual([true, false]);
    expect(writers(pupils)).toEqual([true, true]);
    expect(writers({ is: 'pupil-admins' })).toEqual([true, false]);
    expect([zoe, angel].map((who) => canWrite(world, ebro, who))).toEqual([false, false]);
  });

  test('[PA5] given twice is given once, taken back twice is taken back; to nobody who is not here', () => {
    const world = withPages();
    for (const _ of [1, 2]) world.do(luca, 'page.permit', { page: ebro, to: pupils });
    expect(pageIn(world.state(), ebro)?.editors).toHaveLength(1);
    for (const _ of [1, 2]) world.do(marta, 'page.withdraw', { page: ebro, to: pupils });
    expect(pageIn(world.state(), ebro)?.editors).toEqual([]);
    const to = (grantee: Grantee): string => world.answer(luca, 'page.permit', { page: ebro, to: grantee });
    expect(to({ is: 'member', account: oksana.id })).toBe('editor-unknown');
    expect(to({ is: 'group', group: sixA })).toBe('group-unknown');
  });

  test('[PA5] no more often than 200 times', () => {
    const world = withPages();
    const grants = Array.from({ length: mostGrants }, (_, at) => ({
      to: { is: 'member', account: uuid(`account ${at}`) as AccountId } as const,
      by: luca.id,
      on: world.now
    }));
    const page = pageIn(world.state(), ebro);
    if (!page) throw new Error('no page');
    const full = { ...page, editors: grants };
    world.write([{ doc: 'members', map: 'pages', key: ebro, value: full }], rios);
    expect(world.answer(luca, 'page.permit', { page: ebro, to: pupils })).toBe('too-many-editors');
  });

  test('[PA5, PE24] whoever could give it takes it back; a group that is dissolved takes its permission along', () => {
    const world = withPages(true);
    world.do(luca, 'group.make', { group: sixA, name: '6.º A', kind: 'class' });
    world.do(luca, 'page.permit', { page: ebro, to: { is: 'group', group: sixA } });
    const withdraw = { page: ebro, to: { is: 'group', group: sixA } } as const;
    expect([zoe, angel].map((who) => world.answer(who, 'page.withdraw', withdraw))).toEqual([
      ...['not-permitted', 'not-permitted']
    ]);
    expect(stands(world, ebro)).toBe('members');
    world.do(luca, 'group.dissolve', { group: sixA });
    expect(pageIn(world.state(), ebro)?.editors).toEqual([]);
    expect(stands(world, ebro)).toBe('staff');
  });

  test('[ER5] of an erased account no permission is left; its pages stay', () => {
    const world = withPages();
    world.do(luca, 'page.permit', { page: ebro, to: { is: 'member', account: angel.id } });
    const left = erasedInSpace(world.state(), world.gone(angel)).filter(({ map }) => map === 'pages');
    expect(left).toMatchObject([{ key: ebro, value: { owner: luca.id, editors: [] } }]);
  });
});

describe('what somebody writes in a page', () => {
  const writers = (world: World, page = ebro): readonly string[] =>
    [marta, luca, zoe, angel].map((who) => world.writes(who, page));

  test('[PA8, PE23, G15, G16] administrators write in every page, teachers in their own, others where it was given to them', () => {
    const world = withPages();
    const [no, mine] = ['only-permitted-pages', 'only-own-things'];
    expect(writers(world)).toEqual(['accepted', 'accepted', no, no]);
    expect(writers(world, rivers)).toEqual(['accepted', mine, no, no]);
    world.do(marta, 'page.permit', { page: rivers, to: { is: 'member', account: luca.id } });
    world.do(marta, 'page.permit', { page: rivers, to: { is: 'pupil-admins' } });
    expect(writers(world, rivers)).toEqual(['accepted', 'accepted', 'accepted', no]);
    world.do(marta, 'page.withdraw', { page: rivers, to: { is: 'pupil-admins' } });
    expect(writers(world, rivers)).toEqual(['accepted', 'accepted', no, no]);
  });

  test('[PA8, PA7] not in a page that is not there, or in the trash', () => {
    const world = withPages();
    expect(world.writes(marta, arga)).toBe('page-unknown');
    world.do(luca, 'page.permit', { page: ebro, to: pupils });
    world.do(luca, 'page.trash', { page: ebro });
    expect([marta, luca, angel].map((who) => world.writes(who, ebro))).toEqual(Array(3).fill('page-trashed'));
  });

  test('[PA8, DE3] nobody from outside or from a revoked device, and nobody where it is only read', () => {
    const world = withPages();
    expect(world.writes(oksana, ebro)).toBe('not-a-member');
    expect(world.writes(marta, ebro, { devices: [{ ...marta.device, revoked: true }] })).toBe(
      'device-revoked'
    );
    expect(world.writes(marta, ebro, { devices: [] })).toBe('device-not-enrolled');
    expect(world.writes(marta, ebro, { space: mares })).toBe('space-unknown');
    world.do(marta, 'space.archive', {});
    expect(world.writes(marta, ebro)).toBe('space-archived');
  });

  test('[PA8, RO3, RO7] where the device counts for less it says so; a page that was given may be written all the same', () => {
    const world = withPages();
    const devices = [angel.device];
    expect(world.writes(marta, ebro, { devices })).toBe('device-ceiling');
    world.do(luca, 'page.permit', { page: ebro, to: { is: 'member', account: marta.id } });
    expect(world.writes(marta, ebro, { devices })).toBe('accepted');
  });

  test('[PA8, AD1, AD2] staff take over what somebody else wrote, by their own rights', () => {
    const world = withPages();
    const behalf = { change: changeId('hers'), actor: angel.id };
    expect([marta, luca, zoe].map((who) => world.writes(who, ebro, { behalf }))).toEqual([
      ...['accepted', 'accepted'],
      'not-adoptable'
    ]);
    expect(world.writes(luca, rivers, { behalf })).toBe('only-own-things');
    expect(world.writes(marta, ebro, { behalf: { ...behalf, actor: marta.id } })).toBe('not-adoptable');
  });
});

describe('the trash', () => {
  test('[PA7, PE25] a page goes with those under it that its mover may delete, and comes back with them', () => {
    const world = withPages();
    world.do(luca, 'page.create', making(arga, { parent: ebro }));
    world.do(luca, 'page.trash', { page: arga });
    world.do(marta, 'page.trash', { page: rivers });
    expect([rivers, ebro, arga].map((page) => stands(world, page))).toEqual(['staff', 'staff', 'staff']);
    world.do(marta, 'page.restore', { page: rivers });
    expect([rivers, ebro, arga].map((page) => pageIn(world.state(), page)?.trashed?.with)).toEqual([
      ...[undefined, undefined],
      arga
    ]);
    expect(stands(world, ebro)).toBe('members');
    expect(pageIn(world.state(), ebro)?.parent).toBe(rivers);
  });

  test('[PA7] a teacher takes no colleague’s page along', () => {
    const world = withPages();
    expect(world.answer(luca, 'page.trash', { page: rivers })).toBe('only-own-things');
    world.do(marta, 'page.create', making(arga, { parent: ebro }));
    world.do(luca, 'page.trash', { page: ebro });
    expect(stands(world, ebro)).toBe('staff');
    expect(stands(world, arga)).toBe('members');
  });

  test('[PA7] for 30 days; where the page above is gone, at the top; nothing twice', () => {
    const world = withPages();
    expect(world.answer(luca, 'page.restore', { page: ebro })).toBe('page-not-trashed');
    world.do(luca, 'page.trash', { page: ebro });
    expect(world.answer(luca, 'page.trash', { page: ebro })).toBe('page-trashed');
    world.do(marta, 'page.trash', { page: rivers });
    world.now = plusDays(world.now, 30);
    world.do(luca, 'page.restore', { page: ebro });
    expect(pageIn(world.state(), ebro)).not.toHaveProperty('parent');
    world.now = plusDays(world.now, 1);
    expect(world.answer(marta, 'page.restore', { page: rivers })).toBe('restore-too-late');
  });

  test('[PA4, RD4] what lies in the trash is on no pupil’s device, and nobody is given it', () => {
    const world = withPages();
    world.do(luca, 'page.permit', { page: ebro, to: pupils });
    world.do(luca, 'page.trash', { page: ebro });
    const reads = (who: Person): boolean =>
      mayRead(world.state(), world.directory, who.device, documentOfPage(ebro));
    expect([marta, angel].map(reads)).toEqual([true, false]);
    expect(world.answer(luca, 'page.permit', { page: ebro, to: pupils })).toBe('page-trashed');
    expect(world.answer(luca, 'page.show', { page: ebro, shown: false })).toBe('page-trashed');
  });
});

describe('where a page stands', () => {
  const [glacier, delta] = [pageId('El glaciar'), pageId('El delta')];

  function moves(world: World, who: Person, page: PageId, parent?: PageId, order = 'a1'): string {
    return world.answer(who, 'page.move', { page, order, ...(parent === undefined ? {} : { parent }) });
  }

  test('[PA9, PE22, PE23, G15, G16] who may write in it and make pages there moves it', () => {
    const world = withPages();
    world.do(marta, 'page.create', making(arga));
    expect([marta, luca, zoe, angel].map((who) => moves(world, who, ebro, arga))).toEqual([
      ...['accepted', 'accepted'],
      ...['only-permitted-pages', 'only-permitted-pages']
    ]);
    expect(moves(world, luca, arga)).toBe('only-own-things');
    for (const page of [rivers, ebro]) world.do(marta, 'page.permit', { page, to: pupils });
    expect(moves(world, zoe, ebro, rivers)).toBe('accepted');
    expect(moves(world, zoe, ebro, arga)).toBe('only-permitted-pages');
    expect(moves(world, zoe, ebro)).toBe('only-permitted-pages');
    expect(moves(world, angel, ebro, rivers)).toBe('not-permitted');
    world.do(marta, 'page.move', { page: ebro, parent: arga, order: 'b' });
    expect(pageIn(world.state(), ebro)).toMatchObject({ parent: arga, order: 'b', owner: luca.id });
    world.do(luca, 'page.move', { page: ebro, order: 'c' });
    expect(pageIn(world.state(), ebro)).not.toHaveProperty('parent');
  });

  test('[PA9] not under itself, nor under what stands under it: of two moves that would make a circle the second is refused', () => {
    const world = withPages();
    world.do(marta, 'page.create', making(arga));
    world.do(marta, 'page.create', making(glacier, { parent: arga }));
    expect(moves(world, marta, ebro, ebro)).toBe('page-inside-itself');
    expect(moves(world, marta, rivers, ebro)).toBe('page-inside-itself');
    world.do(marta, 'page.move', { page: rivers, parent: glacier, order: 'a0' });
    expect(moves(world, marta, arga, ebro)).toBe('page-inside-itself');
    expect(moves(world, luca, ebro, arga)).toBe('accepted');
  });

  test('[PA9, PA7] not under what is not there or lies in the trash; under what stands by itself since then, yes', () => {
    const world = withPages();
    world.do(luca, 'page.create', making(arga, { parent: ebro }));
    world.do(marta, 'page.create', making(delta));
    expect(moves(world, marta, delta, glacier)).toBe('page-unknown');
    expect(moves(world, marta, delta, undefined, 'x y')).toBe('malformed');
    world.do(marta, 'page.create', making(glacier, { parent: ebro }));
    world.do(luca, 'page.trash', { page: ebro });
    expect(moves(world, marta, delta, ebro)).toBe('page-trashed');
    expect(moves(world, luca, ebro)).toBe('page-trashed');
    // Marta's page stays when Luca's goes.
    expect(moves(world, marta, delta, glacier)).toBe('accepted');
    // What lies in the trash under it may come back.
    expect(moves(world, marta, rivers, glacier)).toBe('page-inside-itself');
  });

  test('[PA9, PA1] with all that stand under it no more than eight deep', () => {
    const world = withPages();
    const chain = Array.from({ length: mostDepth }, (_, at) => pageId(`deep ${at}`));
    for (const [at, page] of chain.entries()) {
      const parent = chain[at - 1];
      world.do(marta, 'page.create', making(page, parent ? { parent } : {}));
    }
    expect(moves(world, marta, rivers, chain[mostDepth - 3])).toBe('accepted');
    expect(moves(world, marta, rivers, chain[mostDepth - 2])).toBe('pages-too-deep');
    expect(moves(world, marta, ebro, chain[mostDepth - 2])).toBe('accepted');
    expect(moves(world, marta, ebro, chain[mostDepth - 1])).toBe('pages-too-deep');
  });

  test('[PG8] what is told of a page’s text goes with its record', () => {
    const world = withPages();
    world.write([{ doc: 'members', map: 'moved', key: ebro, value: 7 }], rios);
    world.do(luca, 'page.show', { page: ebro, shown: false });
    expect(world.state().staff.moved.get(ebro)).toBe(7);
    expect(world.state().members.moved.has(ebro)).toBe(false);
    expect([movedTo(world.state(), ebro), movedTo(world.state(), rivers)]).toEqual([7, 0]);
  });

  test('[PA12, PE29] an administrator says with which page the TwinSpace begins', () => {
    const world = withPages();
    const says = (who: Person, home = true): string => world.answer(who, 'page.home', { page: ebro, home });
    expect([luca, zoe, angel].map((who) => says(who))).toEqual([
      'only-administrators',
      ...['not-permitted', 'not-permitted']
    ]);
    expect(world.answer(marta, 'page.home', { page: arga, home: true })).toBe('page-unknown');
    world.do(marta, 'page.home', { page: ebro, home: true });
    expect(homePage(world.state())).toBe(ebro);
    world.do(luca, 'page.trash', { page: ebro });
    expect(homePage(world.state())).toBeUndefined();
    expect(says(marta)).toBe('page-trashed');
    world.do(luca, 'page.restore', { page: ebro });
    world.do(marta, 'page.home', { page: rivers, home: false });
    expect(homePage(world.state())).toBe(ebro);
    world.do(marta, 'page.home', { page: ebro, home: false });
    expect(homePage(world.state())).toBeUndefined();
  });

  test('[PA10, PA12, SP4] what is said of all pages outlives another name, the archive and its end', () => {
    const world = withPages();
    world.do(marta, 'page.home', { page: ebro, home: true });
    world.do(marta, 'page.freeze-all', { frozen: true });
    world.do(marta, 'space.rename', { name: 'Otros ríos' });
    world.do(marta, 'space.archive', {});
    world.do(marta, 'space.unarchive', {});
    expect(world.state().members.meta.get('space')).toMatchObject({
      home: ebro,
      frozen: { by: marta.id, on: world.now },
      name: 'Otros ríos'
    });
  });
});

describe('a page that is frozen', () => {
  /** Pages that everybody may write in, and what each of the four answers. */
  function given(): { world: World; writes: () => readonly string[] } {
    const world = withPages();
    for (const page of [rivers, ebro]) world.do(marta, 'page.permit', { page, to: pupils });
    world.do(luca, 'page.permit', { page: ebro, to: { is: 'member', account: luca.id } });
    world.do(marta, 'page.permit', { page: rivers, to: { is: 'member', account: luca.id } });
    return { world, writes: () => [marta, luca, zoe, angel].map((who) => world.writes(who, ebro)) };
  }
  const everybody = Array(4).fill('accepted');
  const staffAlone = ['accepted', 'accepted', 'page-frozen', 'page-frozen'];

  test('[PA10, PE24, G15, G16] nobody writes in it but who may give it, until it is thawed', () => {
    const { world, writes } = given();
    const freezes = (who: Person, page = ebro): string =>
      world.answer(who, 'page.freeze', { page, frozen: true });
    expect([marta, luca, zoe, angel].map((who) => freezes(who))).toEqual([
      ...['accepted', 'accepted'],
      ...['not-permitted', 'not-permitted']
    ]);
    expect(freezes(luca, rivers)).toBe('only-own-things');
    expect(writes()).toEqual(everybody);
    world.do(luca, 'page.freeze', { page: ebro, frozen: true });
    expect(writes()).toEqual(staffAlone);
    expect(world.writes(angel, rivers)).toBe('accepted');
    world.do(marta, 'page.freeze', { page: rivers, frozen: true });
    // Luca may write in it, and not give it.
    expect(world.writes(luca, rivers)).toBe('page-frozen');
    world.do(luca, 'page.freeze', { page: ebro, frozen: false });
    expect(writes()).toEqual(everybody);
    expect(freezes(marta, arga)).toBe('page-unknown');
    world.do(luca, 'page.trash', { page: ebro });
    expect(freezes(marta)).toBe('page-trashed');
  });

  test('[PA10, PE29] an administrator freezes all at once; what was frozen by itself stays so', () => {
    const { world, writes } = given();
    const all = (who: Person): string => world.answer(who, 'page.freeze-all', { frozen: true });
    expect([marta, luca, zoe, angel].map(all)).toEqual([
      ...['accepted', 'only-administrators'],
      ...['not-permitted', 'not-permitted']
    ]);
    world.do(marta, 'page.freeze', { page: rivers, frozen: true });
    world.do(marta, 'page.freeze-all', { frozen: true });
    expect(writes()).toEqual(staffAlone);
    world.do(marta, 'page.freeze-all', { frozen: false });
    expect(writes()).toEqual(everybody);
    expect(world.writes(angel, rivers)).toBe('page-frozen');
  });

  test('[PA10] it keeps its title, its place and what stands under it', () => {
    const { world } = given();
    world.do(marta, 'page.freeze', { page: ebro, frozen: true });
    expect(world.answer(angel, 'page.rename', { page: ebro, title: 'X' })).toBe('page-frozen');
    expect(world.answer(zoe, 'page.move', { page: ebro, parent: rivers, order: 'b' })).toBe('page-frozen');
    expect(makes(world, zoe, arga, { parent: ebro })).toBe('page-frozen');
    expect(makes(world, luca, arga, { parent: ebro })).toBe('accepted');
    expect(makes(world, zoe, arga, { parent: rivers })).toBe('accepted');
  });

  test('[PA8, PA10, RO7] why somebody may not write is told by the same rule, and by the device where that is why', () => {
    const { world } = given();
    world.do(marta, 'page.freeze', { page: ebro, frozen: true });
    const may = (who: Person, role: 'teacher-admin' | 'pupil') =>
      mayWrite(world.state(), ebro, { account: who.id, role }, world.now);
    expect([may(marta, 'teacher-admin'), may(angel, 'pupil')]).toEqual([true, { refused: 'page-frozen' }]);
    const capped = { from: 'teacher-admin', by: 'device-ceiling' } as const;
    const there = { account: marta.id, role: 'pupil-admin', capped } as const;
    expect(mayWrite(world.state(), ebro, there, world.now)).toEqual({ refused: 'device-ceiling' });
  });
});

describe('until the end of the lesson', () => {
  const lesson = Date.parse('2026-11-24T10:50:00Z');

  test('[PA11, G16] the typing ends with the lesson; what was made before is taken for 30 days, and not when it was withdrawn', () => {
    const world = withPages();
    const permit = { page: ebro, to: pupils, until: lesson } as const;
    const starts = world.now;
    world.do(luca, 'page.permit', permit);
    const types = (who: Person, now: number, role: 'teacher' | 'pupil' = 'pupil') =>
      mayTypeNow(world.state(), ebro, { account: who.id, role }, { on: world.now, now });
    expect(types(angel, lesson - 1)).toBe(true);
    expect(types(angel, lesson)).toEqual({ refused: 'permission-over' });
    expect(types(luca, lesson, 'teacher')).toBe(true);
    expect(world.writes(angel, ebro)).toBe('accepted');
    world.now = plusDays('2026-11-24' as typeof starts, 30);
    expect(world.writes(angel, ebro)).toBe('accepted');
    world.now = plusDays(world.now, 1);
    expect(world.writes(angel, ebro)).toBe('only-permitted-pages');
    expect(types(angel, lesson - 1)).toEqual({ refused: 'only-permitted-pages' });
    world.now = starts;
    world.do(luca, 'page.withdraw', { page: ebro, to: pupils });
    expect(world.writes(angel, ebro)).toBe('only-permitted-pages');
  });

  test('[PA11, PA5] given again the later word counts; of two grants the longer one', () => {
    const world = withPages();
    const types = (now: number) =>
      mayTypeNow(world.state(), ebro, { account: angel.id, role: 'pupil' }, { on: world.now, now });
    world.do(luca, 'page.permit', { page: ebro, to: pupils, until: lesson });
    world.do(luca, 'page.permit', { page: ebro, to: pupils });
    expect(types(lesson)).toBe(true);
    world.do(luca, 'page.permit', { page: ebro, to: pupils, until: lesson });
    expect(pageIn(world.state(), ebro)?.editors).toHaveLength(1);
    expect(types(lesson)).toEqual({ refused: 'permission-over' });
    world.do(luca, 'page.permit', { page: ebro, to: { is: 'member', account: angel.id } });
    expect(types(lesson)).toBe(true);
  });

  test('[PA11] at most a year ahead', () => {
    const world = withPages();
    const until = (days: number): string =>
      world.answer(luca, 'page.permit', {
        page: ebro,
        to: pupils,
        until: Date.parse(plusDays(world.now, days))
      });
    expect([until(longestGrant), until(longestGrant + 1)]).toEqual(['accepted', 'date-invalid']);
  });
});
