import romanise from 'any-ascii';
import { describe, expect, test } from 'vitest';
import type { AccountId } from '#lib/domain/ids.ts';
import { usernameBase } from '#lib/domain/usernames.ts';
import type { ListedPerson } from '#lib/tables/listed-person.ts';
import {
  asInitials,
  asNames,
  draftRow,
  hasSpaces,
  repaired,
  rereadRows,
  typed,
  type DraftRow
} from '#lib/ui/members/class/draft-row.ts';
import {
  capitalised,
  capitalsOf,
  allAlike,
  hasPassword,
  listedGroups,
  withListedPassword,
  withStandIn
} from '#lib/ui/members/class/listed.ts';
import type { Holder, MemberHere } from '#lib/session/space/username-plan.ts';
import { planRows, type PlannedRow } from '#lib/ui/members/class/plan-rows.ts';
import { cardsPerSheet, sheets, signInAddress } from '#lib/ui/members/cards/card.ts';
import { angel } from '../support/cast.ts';
import { names } from '../support/class-names.ts';

function row(line: number, given: string, family: string, listed: Partial<ListedPerson> = {}): DraftRow {
  const role = { says: '', is: 'pupil' } as const;
  const place = { line, row: line - 1, part: 0 };
  const empty = { username: '', password: '', display: '', group: '' };
  const person = { ...place, given, family, ...empty, role, ...listed };
  return draftRow(person, 'tigre7luna3');
}

const noMember = { member: () => undefined, namesakes: () => [] };
const base = (given: string, family: string) => usernameBase(given, family, romanise);

function plan(rows: readonly DraftRow[], held: Readonly<Record<string, Holder>> = {}): readonly PlannedRow[] {
  return planRows(rows, { base, holder: (username) => held[username], ...noMember });
}

const one = (rows: readonly PlannedRow[], at = 0): PlannedRow => {
  const found = rows[at];
  if (!found) throw new Error(`no row ${at}`);
  return found;
};

describe('what will be made', () => {
  test('[CL1] names, what is seen, username; a role that the list does not say is pupil', () => {
    expect(one(plan([row(2, 'Zoë', 'Puig')]))).toMatchObject({
      status: 'ready',
      display: 'Zoë Puig',
      username: 'zoe.puig.1',
      row: { role: 'pupil', password: 'tigre7luna3' }
    });
    const listed = { display: 'Z. P.', role: { says: 'Alumna administradora', is: 'pupil-admin' } as const };
    expect(one(plan([row(2, 'Zoë', 'Puig', listed)]))).toMatchObject({
      display: 'Z. P.',
      row: { role: 'pupil-admin' }
    });
  });

  test.each([
    ['', 'Puig', 'given', 'name-empty'],
    ['Eva', '', 'family', 'name-empty'],
    ['Eva María', 'Puig', 'given', 'name-space'],
    ['Eva!', 'Puig', 'given', 'name-sign'],
    ['Eva', '-Puig', 'family', 'name-hyphen-edge'],
    ['Eva', '123', 'family', 'name-no-letter'],
    ['=cmd()', 'Puig', 'given', 'name-sign'],
    ['Eva', 'x'.repeat(41), 'family', 'name-too-long']
  ] as const)('[CL1] %j %j: %s says %s', (given, family, which, refused) => {
    const planned = one(plan([row(2, given, family)]));
    expect(planned.status).toBe('mend');
    expect(planned.username).toBeUndefined();
    expect(planned.problems[which].map((problem) => problem.refused)).toContain(refused);
  });

  test('[CL1] what cannot be seen or is too long to be shown is to be mended too', () => {
    const planned = one(plan([row(2, 'Eva', 'Puig', { display: 'x'.repeat(81) })]));
    expect(planned.status).toBe('mend');
    expect(planned.problems.display.map(({ refused }) => refused)).toEqual(['display-invalid']);
  });

  test('[CL1, CL4, UN2] thirty names of four languages: all can be written, two are numbered', () => {
    const rows = names.map(([given, family], at) => repaired(row(at + 2, given, family), 'joined'));
    const [again, ...none] = plan(rows).filter(({ status }) => status !== 'ready');
    expect([again?.status, none]).toEqual(['again', []]);
    const planned = plan(
      rows.map((one) => (one.line === again?.row.line ? { ...one, somebodyElse: true } : one))
    );
    expect(planned.filter(({ status }) => status !== 'ready')).toEqual([]);
    expect(new Set(planned.map(({ username }) => username)).size).toBe(names.length);
    expect(planned.filter(({ clash }) => clash).map(({ username, clash }) => [username, clash])).toEqual([
      ['angel.canorobles.2', 'list']
    ]);
  });
});

describe('repairs', () => {
  const spaced = row(2, 'María José', 'Cano Robles');

  test('[CL2] joined or hyphenated; the card goes on saying what was pasted', () => {
    expect(repaired(spaced, 'joined')).toMatchObject({ given: 'MaríaJosé', family: 'CanoRobles' });
    expect(repaired(spaced, 'hyphenated')).toMatchObject({ given: 'María-José', family: 'Cano-Robles' });
    expect(repaired(spaced, 'joined').real).toEqual({ given: 'María José', family: 'Cano Robles' });
    expect([hasSpaces(spaced), hasSpaces(repaired(spaced, 'joined'))]).toEqual([true, false]);
  });

  test('[CL2] what is seen stays as it was written; the username is made of the repaired names', () => {
    expect(one(plan([repaired(row(2, 'Ángel', 'Cano Robles'), 'joined')]))).toMatchObject({
      display: 'Ángel Cano Robles',
      username: 'angel.canorobles.1'
    });
  });

  test('[CL2] what is typed in place is what the card says', () => {
    const mended = typed(row(2, 'Agnel', 'Cano'), 'given', 'Ángel');
    expect(mended).toMatchObject({ given: 'Ángel', real: { given: 'Ángel', family: 'Cano' } });
  });

  test('[CL3] initials for the names, and the names again', () => {
    const short = asInitials(spaced);
    expect(short).toMatchObject({ given: 'MJ', family: 'CR', display: 'M. J. CR', initials: true });
    expect(one(plan([short]))).toMatchObject({ status: 'ready', username: 'mj.cr.1', display: 'M. J. CR' });
    expect(short.real).toEqual(spaced.real);
    expect(asInitials(short)).toBe(short);
    expect(asNames(short)).toEqual(spaced);
  });

  test('[CL3] initials hide what the list made of the names, too; with the names it comes back', () => {
    const listed = row(2, 'Luz', 'Ferrer', { username: 'luz.ferrer.7', display: 'Luz Ferrer' });
    expect(one(plan([listed]))).toMatchObject({ username: 'luz.ferrer.7', display: 'Luz Ferrer' });
    const short = asInitials(listed);
    expect(one(plan([short]))).toMatchObject({ status: 'ready', username: 'l.f.1', display: 'L. F' });
    expect(asNames(short)).toEqual(listed);
  });

  test('[CL3] a name typed anew makes the username, whatever the list said', () => {
    const listed = row(2, 'Luz', 'Ferrer', { username: 'luz.ferrer.7' });
    expect(one(plan([typed(listed, 'given', 'Sol')]))).toMatchObject({ username: 'sol.ferrer.1' });
  });

  test('[CL3] what is typed over initials leaves the card alone; a name without letters has none', () => {
    expect(typed(asInitials(spaced), 'given', 'M').real).toEqual(spaced.real);
    const none = row(2, '123', 'Puig');
    expect(asInitials(none)).toBe(none);
  });
});

describe('a list that is read anew', () => {
  const password = (): string => 'nube4rana5';
  const [luz, ada] = [row(1, 'Luz', 'Ferrer'), row(2, 'Rey', 'Ada')];

  test('[CL15] whoever is read as before keeps what was done; anybody else their password', () => {
    const done = repaired(typed(luz, 'given', 'Luz Eva'), 'joined');
    const people = [done.person, { ...ada.person, given: 'Ada', family: 'Rey' }];
    const [first, second] = rereadRows([done, { ...ada, password: 'sol5mar6' }], people, password);
    expect(first).toEqual(done);
    expect(second).toMatchObject({ given: 'Ada', family: 'Rey', password: 'sol5mar6' });
    const before = { ...ada.person, line: 3, row: 7 };
    expect(rereadRows([luz], [before], password)).toMatchObject([{ password: 'nube4rana5' }]);
  });

  test('[CL3, CL15] initials and a chosen role stay, also where the names are exchanged', () => {
    const short: DraftRow = { ...asInitials(luz), role: 'pupil-admin' };
    const exchanged = { ...luz.person, given: 'Ferrer', family: 'Luz' };
    const added = { ...ada.person, row: 9 };
    expect(rereadRows([short], [exchanged, added], password)).toMatchObject([
      { given: 'F', family: 'L', display: 'F. L', initials: true, role: 'pupil-admin' },
      { given: 'R', family: 'A', initials: true }
    ]);
  });

  test('[CL15] what is asked keeps a row from being ready, until it is answered or typed anew', () => {
    const asks = row(1, 'Luz', 'Ferrer', { ask: { is: 'list' } });
    expect(one(plan([asks]))).toMatchObject({ status: 'ask', username: undefined });
    expect(one(plan([typed(asks, 'given', 'Sol')]))).toMatchObject({ status: 'ready' });
  });
});

describe('a role that is none of a pupil’s', () => {
  const teacher = row(2, 'Marta', 'Sanz', { role: { says: 'Profesora', is: undefined } });

  test('[CL11] is not added, and says why, until somebody says that it is a pupil', () => {
    expect(one(plan([teacher]))).toMatchObject({ status: 'no-pupil', username: undefined });
    const pupil: DraftRow = { ...teacher, role: 'pupil' };
    expect(one(plan([pupil]))).toMatchObject({ status: 'ready', username: 'marta.sanz.1' });
  });

  test('[CL11] takes no number from the pupils', () => {
    const planned = plan([teacher, row(3, 'Marta', 'Sanz')]);
    expect(planned.map(({ username }) => username)).toEqual([undefined, 'marta.sanz.1']);
  });
});

describe('usernames of a list', () => {
  const somebodyElse = true;

  test('[CL4, UN4] the first free number: after whoever is known here, and after the rows above', () => {
    const held = { 'eva.puig.1': 'here', 'eva.puig.2': 'elsewhere' } as const;
    const other = { ...row(3, 'Éva', 'Puig'), somebodyElse };
    const planned = plan([row(2, 'Eva', 'Puig'), other, row(4, 'Eva', 'Roca')], held);
    expect(planned.map(({ username, clash }) => [username, clash])).toEqual([
      ['eva.puig.3', 'space'],
      ['eva.puig.4', 'list'],
      ['eva.roca.1', undefined]
    ]);
  });

  test.each([
    ['with the same names', row(3, 'Eva', 'Puig')],
    ['written without accents', row(3, 'Éva', 'Puig')],
    ['in another group', row(3, 'Eva', 'Puig', { group: '2B' })],
    ['with the same username of another program', row(3, 'Eva', 'Puig', { username: 'epuig24' })],
    ['with initials', asInitials(row(3, 'Eva', 'Puig'))]
  ])(
    '[CL4] who stands further up %s is not added again, until it is said that it is another person',
    (_, second) => {
      const first = row(2, 'Eva', 'Puig', { username: second.person.username });
      const rows = [second.initials ? asInitials(first) : first, second];
      expect(plan(rows).map(({ status }) => status)).toEqual(['ready', 'again']);
      const both = plan([one(plan(rows)).row, { ...second, somebodyElse }]);
      expect(both.map(({ status, username }) => [status, username?.at(-1)])).toEqual([
        ['ready', '1'],
        ['ready', '2']
      ]);
    }
  );

  test('[CL4] nor a third time; other names with the same initials, and whom usernames tell apart, are other people', () => {
    const status = (rows: readonly DraftRow[]) => plan(rows).map((planned) => planned.status);
    const evas = [2, 3, 4].map((line) => row(line, 'Eva', 'Puig'));
    expect(status(evas)).toEqual(['ready', 'again', 'again']);
    expect(status([asInitials(row(2, 'Eva', 'Puig')), asInitials(row(3, 'Ela', 'Paz'))])).toEqual([
      'ready',
      'ready'
    ]);
    const apart = ['epuig24', 'epuig25'].map((username, at) => row(at + 2, 'Eva', 'Puig', { username }));
    expect(status(apart)).toEqual(['ready', 'ready']);
    const alone = [2, 3].map((line) => withStandIn(row(line, 'Eva', ''), 'Clase'));
    expect(status(alone)).toEqual(['ready', 'again']);
  });

  test('[CL4] a row that cannot be made takes no number', () => {
    const planned = plan([row(2, 'Eva', 'Puig ?'), row(3, 'Eva', 'Puig')]);
    expect(planned.map(({ username }) => username)).toEqual([undefined, 'eva.puig.1']);
  });

  test('[CL4] a thousand of one name are numbered at once: no number is looked at twice', () => {
    const rows = Array.from({ length: 1_000 }, (_, at) => ({ ...row(at + 1, 'Eva', 'Puig'), somebodyElse }));
    let looked = 0;
    const holder = () => void looked++;
    expect(planRows(rows, { base, holder, ...noMember }).at(-1)?.username).toBe('eva.puig.1000');
    expect(looked).toBeLessThanOrEqual(1_000);
  });

  test.each(['here', 'removed', 'elsewhere'] as const)('[CL5] who is %s already makes nothing', (holder) => {
    const listed = { username: 'a.cr.1', display: 'Á. CR' };
    expect(one(plan([row(2, 'A', 'CR', listed)], { 'a.cr.1': holder })).status).toBe(holder);
    expect(one(plan([row(2, 'Not', 'OK !', listed)], { 'a.cr.1': holder })).status).toBe(holder);
  });

  test('[CL5] a username that nobody has is kept; the second row that has it is told', () => {
    const listed = { username: 'eva.puig.7' };
    const planned = plan([row(2, 'Eva', 'Puig', listed), row(3, 'Eva', 'Puig', listed)]);
    expect(planned.map(({ status, username }) => [status, username])).toEqual([
      ['ready', 'eva.puig.7'],
      ['twice', 'eva.puig.7']
    ]);
  });

  test('[CL5] what is no username is not taken for one', () => {
    expect(one(plan([row(2, 'Eva', 'Puig', { username: 'eva' })])).username).toBe('eva.puig.1');
  });
});

describe('who is here already', () => {
  const here = (username: string, display: string): MemberHere => ({
    username,
    display,
    account: `account of ${username}` as AccountId
  });
  const members = [
    here('eva.puig.1', 'Eva Puig'),
    here('angel.canorobles.1', 'Ángel Cano Robles'),
    here('angel.canorobles.2', 'Ángel Cano Robles'),
    here('m.k.1', 'M. K')
  ];
  const among = (rows: readonly DraftRow[]): readonly PlannedRow[] => {
    const member = (username: string) => members.find((one) => one.username === username);
    return planRows(rows, {
      base,
      member,
      holder: (username: string) => (member(username) ? 'here' : undefined),
      namesakes: (given, family) => {
        const stem = base(given, family)?.replaceAll('-', '');
        return members.filter(({ username }) => username.startsWith(`${stem}.`));
      }
    });
  };
  const says = (rows: readonly DraftRow[]) =>
    among(rows).map(({ status, username, known }) => [status, username, known?.display]);

  test.each([
    ['with the same names', row(2, 'Eva', 'Puig'), 'eva.puig.1'],
    ['written without accents', row(2, 'Angel', 'Cano Robles'), 'angel.canorobles.1'],
    ['hyphenated this time', repaired(row(2, 'Ángel', 'Cano Robles'), 'hyphenated'), 'angel.canorobles.1'],
    ['with initials this time', asInitials(row(2, 'Eva', 'Puig')), 'eva.puig.1'],
    ['with initials then, with names now', row(2, 'Maria', 'Kowalska'), 'm.k.1'],
    ['by username, whatever the name', row(2, 'Evita', 'Roca', { username: 'eva.puig.1' }), 'eva.puig.1']
  ])('[CL12] %s: is not ready, and it is said who it is', (_, pasted, username) => {
    const planned = one(among([pasted]));
    expect(planned).toMatchObject({ status: 'here', known: { username } });
  });

  test('[CL12] somebody else of the same name, or with somebody’s username in the list, gets the next number', () => {
    const somebodyElse = true;
    const other = { ...row(2, 'Eva', 'Puig'), somebodyElse };
    const listed = { ...row(3, 'Eva', 'Puig', { username: 'eva.puig.1' }), somebodyElse };
    expect(says([other, listed])).toEqual([
      ['ready', 'eva.puig.2', undefined],
      ['ready', 'eva.puig.3', undefined]
    ]);
  });

  test('[CL4, CL12] two of one name here are two rows of the list; the third one is asked about', () => {
    const pasted = [2, 3, 4].map((line) => repaired(row(line, 'Ángel', 'Cano Robles'), 'joined'));
    expect(says(pasted)).toEqual([
      ['here', 'angel.canorobles.1', 'Ángel Cano Robles'],
      ['here', 'angel.canorobles.2', 'Ángel Cano Robles'],
      ['again', undefined, undefined]
    ]);
  });

  test('[CL12] whom the list names by username is no namesake of another row', () => {
    const named = row(3, 'Ángel', 'Cano', { username: 'angel.canorobles.1' });
    expect(says([row(2, 'Ángel', 'CanoRobles'), named]).map(([, username]) => username)).toEqual([
      'angel.canorobles.2',
      'angel.canorobles.1'
    ]);
  });

  test('[CL4, CL12] whoever was added from this list stands in it, and is no other one’s namesake', () => {
    const account = 'account of eva.puig.1' as AccountId;
    const added = {
      ...row(2, 'Eva', 'Puig'),
      fate: { is: 'added', account, username: 'eva.puig.1' }
    } as const;
    const again = row(3, 'Eva', 'Puig');
    expect(says([added, again])).toEqual([
      ['added', 'eva.puig.1', undefined],
      ['again', undefined, undefined]
    ]);
    expect(says([added, { ...again, somebodyElse: true }])[1]).toEqual(['ready', 'eva.puig.2', undefined]);
  });
});

describe('what became of a row', () => {
  test('[CL6, CL7] added rows keep their username, and rows that failed can be added again', () => {
    const added = {
      ...row(2, 'Eva', 'Puig'),
      fate: { is: 'added', account: angel.id, username: 'eva.puig.9' }
    } as const;
    const problem = { is: 'failure', code: 'storage-full' } as const;
    const failed = { ...row(3, 'Luis', 'Roca'), fate: { is: 'failed', problem } } as const;
    expect(plan([added, failed]).map(({ status, username }) => [status, username])).toEqual([
      ['added', 'eva.puig.9'],
      ['failed', 'luis.roca.1']
    ]);
  });
});

describe('cards', () => {
  const card = { account: angel.id, name: 'Ángel', username: 'angel.canorobles.1' };

  test('[CL10] eight a sheet, the last with the rest', () => {
    expect(cardsPerSheet).toBe(8);
    expect(sheets(Array.from({ length: 30 }, () => card)).map((sheet) => sheet.length)).toEqual([8, 8, 8, 6]);
    expect(sheets([])).toEqual([]);
  });

  test('[CL10] the code names the account, not the username', () => {
    expect(signInAddress('https://twin.example', angel.id)).toBe(
      `https://twin.example/pupil-login#${angel.id}`
    );
  });
});

describe('what a list brings along', () => {
  test('[CL16] its groups, each once however it is written, with how many are in it', () => {
    const groups = ['2.º A', '2.ºA', '2.º B', '', 'x'.repeat(81)];
    const rows = groups.map((group, at) => row(at + 1, 'Luz', 'Ferrer', { group }));
    expect(listedGroups(rows)).toEqual([
      { name: '2.º A', count: 2 },
      { name: '2.º B', count: 1 }
    ]);
  });

  test('[CL17] a password of the list is kept where it holds, when somebody says so', () => {
    const [holds, short] = [
      row(1, 'Luz', 'Ferrer', { password: 'abc123' }),
      row(2, 'Ana', 'Gil', { password: 'ab-1' })
    ];
    expect([holds.password, hasPassword(holds), hasPassword(short)]).toEqual(['tigre7luna3', true, false]);
    expect(withListedPassword(holds).password).toBe('abc123');
    expect(withListedPassword(short)).toBe(short);
  });

  test('[CL17] where all that would be kept are the same it is said', () => {
    const alike = ['abc123', 'abc123', 'x', ''].map((password, at) =>
      row(at + 1, 'Luz', 'Ferrer', { password })
    );
    expect(allAlike(alike)).toBe(true);
    expect(allAlike(alike.slice(1))).toBe(false);
    expect(allAlike([...alike, row(5, 'Ana', 'Gil', { password: 'otra456' })])).toBe(false);
  });

  test('[CL18] capitals for all; what is right, and initials, stay', () => {
    const shouted = row(1, 'MARÍA JOSÉ', 'DE LA TORRE');
    expect(capitalised(shouted, undefined)).toMatchObject({
      given: 'María José',
      family: 'de la Torre',
      real: { given: 'María José', family: 'de la Torre' }
    });
    const right = row(2, 'Luz', 'McDonald');
    expect(capitalised(right, undefined)).toBe(right);
    const short = asInitials(shouted);
    expect(capitalised(short, undefined)).toBe(short);
    expect(capitalsOf([row(1, 'IŞIL', 'ÇAĞLAR')])).toBe('tr');
  });

  test('[CL18] a word in the family name’s place: the given name alone is seen', () => {
    const alone = row(1, 'Luz', '');
    expect(one(plan([alone])).status).toBe('mend');
    expect(one(plan([withStandIn(alone, 'Clase')]))).toMatchObject({
      status: 'ready',
      username: 'luz.clase.1',
      display: 'Luz'
    });
    expect(one(plan([asInitials(withStandIn(alone, 'Clase'))]))).toMatchObject({
      username: 'l.c.1',
      display: 'L. C'
    });
  });
});
