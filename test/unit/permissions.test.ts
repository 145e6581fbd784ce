import { describe, expect, test } from 'vitest';
import { actions, can, type Action, type Target } from '#lib/domain/permissions.ts';
import { isRefusal, refusalCodes, type RefusalCode } from '#lib/domain/refusals.ts';
import type { ActorRole, Role } from '#lib/domain/roles.ts';
import { defaultSettings, type Settings } from '#lib/domain/settings.ts';

type Condition =
  'own' | 'home' | 'mine' | 'permitted' | 'published' | 'setting' | 'as pupil' | 'of a teacher';
/** yes, no, or alternatives; of each, all that must hold together. */
type Cell = 'yes' | 'no' | readonly (readonly Condition[])[];
type Row = readonly [
  rule: string,
  action: Action,
  guide: string,
  ...cells: readonly [Cell, Cell, Cell, Cell, Cell]
];

const roles = ['teacher-admin', 'teacher', 'pupil-admin', 'pupil', 'visitor'] as const;

/** The table of the mission, typed out a second time: the source has its own. */
// prettier-ignore
const rows: readonly Row[] = [
  //                                              teacher-admin        teacher                   pupil-admin               pupil                   visitor
  ['PE2',  'see-content',          ' (G14)',      'yes',               'yes',                    'yes',                    'yes',                  [['published']]],
  ['PE3',  'add-pupil',            ' (G1, G6)',   'yes',               [['setting', 'as pupil']], 'no',                    'no',                   'no'],
  ['PE4',  'add-existing-pupil',   ' (G11)',      'yes',               [['setting', 'as pupil']], 'no',                    'no',                   'no'],
  ['PE5',  'invite-teacher',       '',            'yes',               'no',                     'no',                     'no',                   'no'],
  ['PE6',  'give-visitor-link',    '',            'yes',               'no',                     'no',                     'no',                   'no'],
  ['PE7',  'see-members',          '',            'yes',               'yes',                    'yes',                    'yes',                  'no'],
  ['PE8',  'see-usernames',        ' (G8)',       'yes',               'yes',                    'no',                     'no',                   'no'],
  ['PE9',  'contact',              ' (G9)',       'yes',               'yes',                    [['of a teacher']],       [['of a teacher']],     'no'],
  ['PE10', 'edit-access',          ' (G10, G12)', 'yes',               'no',                     'no',                     'no',                   'no'],
  ['PE11', 'edit-membership',      ' (G12, G13)', 'yes',               [['own']],                'no',                     'no',                   'no'],
  ['PE12', 'edit-account-names',   ' (G12, G13)', [['home'], ['own']], [['own']],                'no',                     'no',                   'no'],
  ['PE13', 'edit-username',        ' (G12)',      [['home']],          'no',                     'no',                     'no',                   'no'],
  ['PE14', 'erase-account',        '',            [['home']],          'no',                     'no',                     'no',                   'no'],
  ['PE15', 'set-password',         ' (G9, G18)',  [['home'], ['own']], [['own']],                'no',                     'no',                   'no'],
  ['PE16', 'change-own-password',  '',            'yes',               'yes',                    [['setting']],            [['setting']],          'no'],
  ['PE17', 'hand-over',            '',            'yes',               [['own']],                'no',                     'no',                   'no'],
  ['PE18', 'export-invited',       ' (G17)',      'yes',               [['setting']],            'no',                     'no',                   'no'],
  ['PE19', 'make-group',           '',            'yes',               [['own']],                'no',                     'no',                   'no'],
  ['PE20', 'enrol-tablet',         '',            'yes',               'yes',                    'no',                     'no',                   'no'],
  ['PE21', 'revoke-tablet',        '',            'yes',               [['mine']],               'no',                     'no',                   'no'],
  ['PE22', 'create-page',          '',            'yes',               'yes',                    [['permitted']],          'no',                   'no'],
  ['PE23', 'edit-page',            ' (G15, G16)', 'yes',               [['mine'], ['permitted']], [['permitted']],         [['permitted']],        'no'],
  ['PE24', 'give-page-permission', '',            'yes',               [['mine']],               'no',                     'no',                   'no'],
  ['PE25', 'delete-page',          '',            'yes',               [['mine']],               'no',                     'no',                   'no'],
  ['PE26', 'add-media',            ' (G16)',      'yes',               'yes',                    'yes',                    'yes',                  'no'],
  ['PE27', 'delete-media',         '',            'yes',               [['mine'], ['own']],      [['mine'], ['permitted']], [['mine']],            'no'],
  ['PE28', 'publish',              '',            'yes',               'no',                     'no',                     'no',                   'no'],
  ['PE29', 'change-settings',      '',            'yes',               'no',                     'no',                     'no',                   'no'],
  ['PE30', 'archive',              '',            'yes',               'no',                     'no',                     'no',                   'no'],
  ['PE31', 'read-log',             '',            'yes',               'no',                     'no',                     'no',                   'no'],
  ['PE33', 'answer-joining',       '',            [['home'], ['own']], [['own']],               'no',                     'no',                   'no'],
  ['PE34', 'edit-profile',         '',            'yes',               [['own'], ['mine']],      [['mine']],               [['mine']],             'no'],
  ['PE35', 'approve-media',        '',            'yes',               'yes',                    'no',                     'no',                   'no'],
  ['PE36', 'comment',              '',            [['setting']],       [['setting']],            [['setting']],            [['setting']],          'no'],
  ['PE37', 'react',                '',            [['setting']],       [['setting']],            [['setting']],            [['setting']],          'no'],
  ['PE38', 'remove-comment',       '',            'yes',               'yes',                    [['mine']],               [['mine']],             'no'],
  ['PE39', 'approve-comment',      '',            'yes',               'yes',                    'no',                     'no',                   'no'],
  ['PE40', 'hand-in',              '',            'no',                'no',                     [['permitted']],          [['permitted']],        'no'],
  ['PE41', 'give-back',            '',            'yes',               'yes',                    'no',                     'no',                   'no'],
  ['PE42', 'take-portfolio',       '',            'yes',               [['own'], ['mine']],      [['mine']],               [['mine']],             'no'],
  ['PE43', 'take-space',           '',            'yes',               'no',                     'no',                     'no',                   'no']
];

const allOn: Settings = {
  ...defaultSettings,
  teachersAddPupils: true,
  teachersExport: true,
  pupilsChangePassword: true,
  comments: 'all'
};
const allOff: Settings = {
  ...defaultSettings,
  teachersAddPupils: false,
  teachersExport: false,
  pupilsChangePassword: false,
  comments: 'none'
};

interface Situation {
  readonly holds: ReadonlySet<Condition>;
  readonly target: Target;
}

/** Every combination of the conditions, with every role of whom it is done to. */
const situations: readonly Situation[] = Array.from({ length: 2 ** 6 }, (_, bits) => {
  const on = (bit: number): boolean => ((bits >> bit) & 1) === 1;
  const flags = { own: on(0), home: on(1), mine: on(2), permitted: on(3), published: on(4) };
  const holds = Object.entries(flags).flatMap(([name, holding]) => (holding ? [name as Condition] : []));
  if (on(5)) holds.push('setting');
  const bare: Target = { ...flags, settings: on(5) ? allOn : allOff };
  return [
    { holds: new Set(holds), target: bare },
    ...(['teacher-admin', 'teacher', 'pupil-admin', 'pupil'] satisfies Role[]).map((role) => {
      const also: Condition[] =
        role === 'pupil' ? ['as pupil'] : role === 'pupil-admin' ? [] : ['of a teacher'];
      return { holds: new Set([...holds, ...also]), target: { ...bare, role } };
    })
  ];
}).flat();

function words(cell: Cell): string {
  return typeof cell === 'string' ? cell : cell.map((all) => all.join(' and ')).join(', or ');
}

function expected(cell: Cell, holds: ReadonlySet<Condition>): boolean {
  if (typeof cell === 'string') return cell === 'yes';
  return cell.some((all) => all.every((condition) => holds.has(condition)));
}

describe.each(rows)('%s %s', (rule, action, guide, ...cells) => {
  test.each(cells.map((cell, column) => [roles[column] as ActorRole, words(cell), cell] as const))(
    `[${rule}] ${action}, %s: %s${guide}`,
    (role, _, cell) => {
      const wrong = situations.filter(
        ({ holds, target }) => (can(role, action, target) === true) !== expected(cell, holds)
      );
      expect(wrong).toEqual([]);
    }
  );
});

describe('whatever is not listed', () => {
  test('[PE1] every action of the rules stands in the table, and no other', () => {
    expect([...actions].sort()).toEqual(rows.map(([, action]) => action).sort());
  });

  test('[PE1] an action without a row is denied to everybody', () => {
    for (const name of ['rule-the-world', '', 'constructor', 'toString', '__proto__']) {
      for (const role of roles) {
        expect(can(role, name as Action, { own: true, home: true })).toEqual({ refused: 'not-permitted' });
      }
    }
  });

  test('[PE1] a role without a column is denied everything', () => {
    for (const action of actions) {
      expect(can('headmaster' as Role, action)).toEqual({ refused: 'not-permitted' });
    }
  });

  test('[PE1] a condition of which nothing is known does not hold', () => {
    for (const action of ['edit-membership', 'set-password', 'edit-page', 'delete-media'] as const) {
      expect(isRefusal(can('teacher', action))).toBe(true);
    }
  });

  test.each<readonly [Action, ActorRole, RefusalCode]>([
    ['see-content', 'visitor', 'not-published'],
    ['add-pupil', 'teacher', 'only-pupil-role'],
    ['add-pupil', 'pupil-admin', 'not-permitted'],
    ['invite-teacher', 'teacher', 'only-administrators'],
    ['give-visitor-link', 'teacher', 'only-administrators'],
    ['contact', 'pupil', 'only-teachers-shown'],
    ['contact', 'pupil-admin', 'only-teachers-shown'],
    ['edit-access', 'teacher', 'only-administrators'],
    ['edit-membership', 'teacher', 'only-own-pupils'],
    ['edit-account-names', 'teacher-admin', 'only-home-administrators'],
    ['edit-account-names', 'teacher', 'only-own-pupils'],
    ['edit-username', 'teacher-admin', 'only-home-administrators'],
    ['edit-username', 'teacher', 'only-home-administrators'],
    ['erase-account', 'teacher-admin', 'only-home-administrators'],
    ['set-password', 'teacher-admin', 'only-custodian-or-home'],
    ['set-password', 'teacher', 'only-custodian-or-home'],
    ['change-own-password', 'pupil', 'setting-off'],
    ['hand-over', 'teacher', 'only-own-pupils'],
    ['export-invited', 'teacher', 'setting-off'],
    ['revoke-tablet', 'teacher', 'only-own-things'],
    ['create-page', 'pupil-admin', 'only-permitted-pages'],
    ['edit-page', 'teacher', 'only-own-things'],
    ['edit-page', 'pupil', 'only-permitted-pages'],
    ['delete-media', 'pupil', 'only-own-things'],
    ['publish', 'teacher', 'only-administrators'],
    ['read-log', 'pupil', 'not-permitted']
  ])('[PE1] %s, %s: the reason is %s', (action, role, reason) => {
    expect(can(role, action)).toEqual({
      refused: reason
    });
  });

  test('[PE1] every no has a reason that has words', () => {
    for (const [, action] of rows) {
      for (const role of roles) {
        for (const { target } of situations) {
          const answer = can(role, action, target);
          if (answer !== true) expect(refusalCodes).toContain(answer.refused);
        }
      }
    }
  });
});

test('[PE32] whatever a teacher may do, an administrator may do too, in the same situation', () => {
  const lost = situations.flatMap(({ target }) =>
    actions.filter(
      (action) => can('teacher', action, target) === true && can('teacher-admin', action, target) !== true
    )
  );
  expect(lost).toEqual([]);
});

describe('where a TwinSpace has chosen nothing', () => {
  test('[PE3] teachers add pupils', () => {
    expect(can('teacher', 'add-pupil', { role: 'pupil' })).toBe(true);
    expect(can('teacher', 'add-pupil', { role: 'pupil-admin' })).toEqual({ refused: 'only-pupil-role' });
  });

  test('[PE4] teachers add existing pupils', () => {
    expect(can('teacher', 'add-existing-pupil', { role: 'pupil' })).toBe(true);
  });

  test('[PE16] pupils do not change their password', () => {
    expect(can('pupil', 'change-own-password')).toEqual({ refused: 'setting-off' });
    expect(can('pupil-admin', 'change-own-password')).toEqual({ refused: 'setting-off' });
  });

  test('[PE18] teachers do not export (G17)', () => {
    expect(can('teacher', 'export-invited')).toEqual({ refused: 'setting-off' });
  });
});
