import { describe, expect, test } from 'vitest';
import type { AccountId } from '#lib/domain/ids.ts';
import { bySurname, ordered } from '#lib/ui/members/arrange.ts';
import { usernamesIn } from '#lib/ui/members/existing/usernames-in.ts';
import type { MemberRow } from '#lib/session/space/member-row.ts';

const { compare } = new Intl.Collator('es', { numeric: true, sensitivity: 'variant' });

describe('a paste of usernames', () => {
  test.each([
    ['one a line', 'ana.uno.1\nben.roth.2\r\n\nzoe.l.1\n'],
    ['cells of a spreadsheet', 'ana.uno.1\tben.roth.2\tzoe.l.1'],
    ['in one line', 'ana.uno.1 ben.roth.2, zoe.l.1'],
    ['as keyboards write them, and one twice', 'Ana.Uno.1\nBen.Roth.2\nZoé.L.1\nana.uno.1.']
  ])('[JO10] %s', (_, text) => {
    expect(
      usernamesIn(text).map((name) => name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase())
    ).toEqual(expect.arrayContaining(['ben.roth.2', 'zoe.l.1']));
    expect(usernamesIn(text)).toHaveLength(3);
  });

  test('[JO10, UN6] one username that is written with spaces is one; what is none stays as it is written', () => {
    expect(usernamesIn(' angel canorobles 1 ')).toEqual(['angel canorobles 1']);
    expect(usernamesIn('ana.uno.1\nno es ninguno')).toEqual(['ana.uno.1', 'no es ninguno']);
    expect(usernamesIn(' \n ')).toEqual([]);
  });
});

describe('the order of a class list', () => {
  const member = (display: string, names: Partial<MemberRow> = {}): MemberRow => ({
    account: display as AccountId,
    display,
    role: 'pupil',
    me: false,
    mark: 'sent',
    endedByHome: false,
    groups: [],
    adult: false,
    homeHere: true,
    ownPupil: true,
    waitingOwnPassword: false,
    ...names
  });

  test('[MM10] family name, then given name, then number; who has none by the name that is seen', () => {
    const list = [
      member('Zoé Álvarez', { given: 'Zoé', family: 'Álvarez', username: 'zoe.alvarez.1' }),
      member('Ana Ñu', { given: 'Ana', family: 'Ñu', username: 'ana.nu.10' }),
      member('La otra Ana', { given: 'Ana', family: 'Ñu', username: 'ana.nu.2' }),
      member('Ben Nuez', { given: 'Ben', family: 'Nuez', username: 'ben.nuez.1' }),
      member('Iris Álvarez', { given: 'Iris', family: 'Álvarez', username: 'iris.alvarez.1' }),
      member('Oksana')
    ];
    const names = ordered(list, 'surname', compare).map(({ display }) => display);
    expect(names).toEqual(['Iris Álvarez', 'Zoé Álvarez', 'Ben Nuez', 'La otra Ana', 'Ana Ñu', 'Oksana']);
    expect(bySurname({ display: 'Ana' }, { username: 'ana.uno.1' }, compare)).toBeLessThan(0);
  });
});
