import { describe, expect, test } from 'vitest';
import type { Notice } from '#lib/domain/notice.ts';
import { emptySpace, type SpaceState } from '#lib/domain/state.ts';
import { memberRows } from '#lib/session/space/member-row.ts';
import { noticeRows } from '#lib/session/space/notice-rows.ts';
import { KnownDirectory } from '#lib/domain/known-directory.ts';
import type { Member } from '#lib/domain/state.ts';
import { angel, day, giulia, luca, marta, rios, today, zoe } from '../support/cast.ts';

/** "Ríos de Europa" with these members, and these notices. */
function space(members: readonly [string, Member][], notices: readonly [string, Notice][] = []): SpaceState {
  const empty = emptySpace(rios);
  return {
    id: rios,
    members: { ...empty.members, members: new Map(members) },
    staff: { ...empty.staff, notices: new Map(notices) }
  };
}

const pupil = (display: string): Member => ({ display, role: 'pupil', status: { is: 'active' } });
const handed = (account: typeof angel, by: string, on = today): Notice => ({
  for: marta.id,
  on,
  says: { code: 'handed-over', account: account.id, by }
});

describe('notices as the screen tells them', () => {
  test('[MM7, AC9] pupils whom one colleague handed over on one day are told of in one notice', () => {
    const state = space(
      [
        [angel.id, pupil('Á. CR')],
        [zoe.id, pupil('Zoé')],
        [giulia.id, pupil('Giulia')]
      ],
      [
        ['a', handed(angel, 'Luca')],
        ['b', handed(zoe, 'Luca')],
        ['c', handed(giulia, 'Núria')],
        ['d', handed(giulia, 'Luca', day('2026-11-25'))]
      ]
    );
    expect(noticeRows(state, marta.id)).toEqual([
      { code: 'handed-over', on: today, by: 'Luca', keys: ['a', 'b'], displays: ['Á. CR', 'Zoé'] },
      { code: 'handed-over', on: today, by: 'Núria', keys: ['c'], displays: ['Giulia'] },
      { code: 'handed-over', on: '2026-11-25', by: 'Luca', keys: ['d'], displays: ['Giulia'] }
    ]);
    expect(noticeRows(state, luca.id)).toEqual([]);
  });

  test('[NO1, JO5, JO6, KE9] each other notice is told by itself, with the name of today', () => {
    const says = [
      { code: 'renumbered', account: angel.id, from: 'angel.canorobles.1', to: 'angel.canorobles.2' },
      { code: 'joined-elsewhere', account: angel.id, space: 'Mares', by: 'Oksana' },
      { code: 'home-said-no', account: zoe.id, display: 'Zoé' },
      { code: 'password-twice', account: angel.id, by: 'Núria' }
    ] as const;
    const notices = says.map((one, at): [string, Notice] => [
      `n${at}`,
      { for: marta.id, on: today, says: one }
    ]);
    const rows = noticeRows(space([[angel.id, pupil('Á. CR')]], notices), marta.id);
    expect(rows.map((row) => [row.code, 'display' in row ? row.display : ''])).toEqual([
      ['renumbered', 'Á. CR'],
      ['joined-elsewhere', 'Á. CR'],
      ['home-said-no', 'Zoé'],
      ['password-twice', 'Á. CR']
    ]);
  });
});

describe('members as the list shows them', () => {
  const viewer = { account: marta.id, seesUsernames: true, waitingFor: new Set<never>() };

  test('[MM8, JO3, ER2] who waits is shown with whose yes, who will be erased with the day', () => {
    const waiting: Member = { ...pupil('Zoé'), status: { is: 'waiting', on: today, asked: 'Luca' } };
    const state = space([
      [angel.id, pupil('Á. CR')],
      [zoe.id, waiting]
    ]);
    const erasures = new Map([[angel.id as string, { by: marta.id, on: today, due: day('2026-12-01') }]]);
    const rows = memberRows({ ...state, staff: { ...state.staff, erasures } }, new KnownDirectory(), viewer);
    expect(rows.map(({ display, waitingFor, eraseOn }) => [display, waitingFor, eraseOn])).toEqual([
      ['Á. CR', undefined, '2026-12-01'],
      ['Zoé', 'Luca', undefined]
    ]);
  });

  test('[ER5] of an erased account there is nobody in the list', () => {
    const gone: Member = { ...pupil(''), status: { is: 'erased', on: today } };
    expect(memberRows(space([[angel.id, gone]]), new KnownDirectory(), viewer)).toEqual([]);
  });

  test('[GR2] a member’s groups are told by name, and one that is gone is not', () => {
    const grouped: Member = { ...pupil('Á. CR'), groups: ['a', 'b'] as never };
    const state = space([[angel.id, grouped]]);
    const groups = new Map([['a', { name: '5.º A', kind: 'class' as const, owner: marta.id }]]);
    const [row] = memberRows(
      { ...state, members: { ...state.members, groups } },
      new KnownDirectory(),
      viewer
    );
    expect(row?.groups).toEqual([{ id: 'a', name: '5.º A' }]);
  });
});
