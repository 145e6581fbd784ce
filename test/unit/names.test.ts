import romanise from 'any-ascii';
import { describe, expect, test } from 'vitest';
import { initialsOf, isDisplay, nameProblems, nameRepairs, sameLabel } from '#lib/domain/names.ts';
import { usernameBase } from '#lib/domain/usernames.ts';

/** The codes, worst first; with the sign where one is named. */
function problems(name: string): readonly string[] {
  return nameProblems(name).map(({ refused, detail }) =>
    detail?.['sign'] ? `${refused} ${detail['sign']}` : refused
  );
}

describe('a given or family name', () => {
  test.each(['Ángel', 'CanoRobles', 'Cano-Robles', 'Ó’Brien', "D'Amico", 'Gal·la', 'Zoé', 'L', 'X2', 'İpek'])(
    '[NA3] %s is a name',
    (name) => expect(problems(name)).toEqual([])
  );

  test.each(['F.', 'J.R.', 'Fco.', 'M.-José', "'tHooft", "'t-Hooft", '’s-Gravesande'])(
    '[NA3, NA6] an initial, a shortened word and a short article: %s',
    (name) => expect(problems(name)).toEqual([])
  );

  test.each(['علی\u200cزاده', 'ශ්\u200dරී', 'क्\u200dष', 'നന്\u200dമ'])(
    '[NA3, NA4] joiners that the script needs: %s',
    (name) => {
      expect(problems(name)).toEqual([]);
      expect(isDisplay(`${name} ${name}`)).toBe(true);
      expect(usernameBase(name, name, romanise)).toMatch(/^[a-z-]+\.[a-z-]+$/);
    }
  );

  test.each(['Ελένη', 'Здравко', 'Їжак', 'ნინო', 'Հայկ', 'محمد', 'שרה', '李', 'はな', 'अनु', 'Zoe\u0301'])(
    '[NA3] letters of any script, with their marks, make a name: %s',
    (name) => expect(problems(name)).toEqual([])
  );

  test.each([
    'Cano Robles',
    ' Ángel',
    'Ángel ',
    'Cano\u00a0Robles',
    'Cano\u3000Robles',
    'Cano\u2003Robles',
    ' '
  ])('[NA1] a space inside or at an end is an error (G4): "%s"', (name) =>
    expect(problems(name)).toContain('name-space')
  );

  test('[NA1] the space is what is said first', () => {
    expect(problems('Cano Robles!')).toEqual(['name-space', 'name-sign !']);
  });

  test('[NA2] both repairs are offered (G4)', () => {
    expect(nameRepairs('Luz F.')).toEqual({ joined: 'LuzF', hyphenated: 'Luz-F' });
    expect(nameRepairs("'t Hooft").joined).toBe("'tHooft");
    expect(nameRepairs('Cano Robles')).toEqual({ joined: 'CanoRobles', hyphenated: 'Cano-Robles' });
    expect(nameRepairs('  de la  torre ')).toEqual({ joined: 'deLaTorre', hyphenated: 'de-la-torre' });
    expect(nameRepairs('Μαρία Ελένη')).toEqual({ joined: 'ΜαρίαΕλένη', hyphenated: 'Μαρία-Ελένη' });
    expect(nameRepairs('Cano\u00a0Robles').joined).toBe('CanoRobles');
  });

  test.each(['Cano Robles', ' Ángel', 'de la\u00a0Torre', 'Ana  María', 'ıda ılgaz', 'ñu ñandú'])(
    '[NA2] what is offered for "%s" is a name',
    (name) => {
      const { joined, hyphenated } = nameRepairs(name);
      expect([problems(joined), problems(hyphenated)]).toEqual([[], []]);
    }
  );

  test('[NA3] each refused sign is named once', () => {
    expect(problems('A!n!a@b')).toEqual(['name-sign !', 'name-sign @']);
    expect(problems('Ana🐟Pez')).toEqual(['name-sign 🐟']);
    expect(problems('Ana_1/2')).toEqual(['name-sign _', 'name-sign /']);
    expect(problems('<b>')).toEqual(['name-sign <', 'name-sign >']);
    expect(problems('ana.pez')).toEqual(['name-sign .']);
  });

  test.each([
    ['a right-to-left mark', 'Ana\u200f'],
    ['an override of direction', 'Ana\u202eanA'],
    ['a space without width', 'Ana\u200bPez'],
    ['a joiner', 'Ana\u200dPez'],
    ['a soft hyphen', 'Ana\u00adPez'],
    ['a control sign', 'Ana\u0007'],
    ['a byte order mark', '\ufeffAna'],
    ['half a sign', 'Ana\ud83d'],
    ['a private sign', 'Ana\ue000'],
    ['a Hangul filler', 'Ana\u3164'],
    ['a selector', 'Ana\ufe0f']
  ])('[NA4] %s cannot be seen, is refused and never repeated', (_, name) => {
    const found = nameProblems(name);
    expect(found.map(({ refused }) => refused)).toContain('name-hidden-sign');
    for (const { detail } of found) expect(detail?.['sign']).toBeUndefined();
  });

  test('[NA5] a name has at most 40 characters, counted as people do', () => {
    expect(problems('a'.repeat(40))).toEqual([]);
    expect(problems('a'.repeat(41))).toEqual(['name-too-long']);
    expect(problems('𐐀'.repeat(40))).toEqual([]);
    expect(problems('a'.repeat(200))).toEqual(['name-too-long']);
    expect(nameProblems('a'.repeat(41))[0]?.detail).toEqual({ longest: '40' });
  });

  test('[NA6] a name has a letter', () => {
    expect(problems('')).toEqual(['name-empty']);
    expect(problems('123')).toEqual(['name-no-letter']);
    expect(problems('-')).toEqual(['name-no-letter', 'name-hyphen-edge']);
    expect(problems('5b')).toEqual([]);
  });

  test.each(['-Ana', 'Ana-', "'Ana", 'Ana’', '·Ana', 'Ana·'])(
    '[NA6] %s has a hyphen, apostrophe or dot at its edge',
    (name) => expect(problems(name)).toEqual(['name-hyphen-edge'])
  );

  test('[NA6] what cannot be written in Latin letters makes no username', () => {
    expect(usernameBase('Ana', 'ՙ', () => '')).toBeUndefined();
  });
});

describe('a display name', () => {
  test.each(['Ángel C.', 'Á', 'Ana & Eva 🐟', '5.º B', 'אנה', '👩‍🚀'.replace('\u200d', ''), 'x'.repeat(80)])(
    '[NA7] %s may stand in the list',
    (display) => expect(isDisplay(display)).toBe(true)
  );

  test.each([
    ['nothing', ''],
    ['spaces only', '   '],
    ['a space before', ' Ana'],
    ['a space behind', 'Ana '],
    ['two lines', 'Ana\nEva'],
    ['a line separator', 'Ana\u2028Eva'],
    ['a tab', 'Ana\tEva'],
    ['an override of direction', 'Ana\u202eavE'],
    ['a direction mark', 'Ana\u200f'],
    ['nothing to be seen', '\u3164'],
    ['only a mark', '\u0301'],
    ['81 characters', 'x'.repeat(81)],
    ['half a sign', 'Ana\ud83d']
  ])('[NA7] %s may not', (_, display) => expect(isDisplay(display)).toBe(false));
});

describe('initials', () => {
  test.each([
    ['Cano Robles', 'CR'],
    ['Cano-Robles', 'CR'],
    ['Ángel', 'Á'],
    ['  ana  maría ', 'AM'],
    ['Ó’Brien', 'Ó'],
    ['ελένη', 'Ε'],
    ['ნინო გელაშვილი', 'ნგ'],
    ['', '']
  ])('[NA8] of "%s" are "%s" (G2)', (name, initials) => expect(initialsOf(name)).toBe(initials));
});

describe('names of classes', () => {
  test.each([
    ['6.º A', '6.º A'],
    ['6.º A', ' 6.ºa'],
    ['6.º A', '6.o A'],
    ['Équipe 1', 'équipe １']
  ])('[CL13] %j and %j are one class', (a, b) => expect(sameLabel(a, b)).toBe(true));

  test('[CL13] others are others', () => {
    expect([sameLabel('6.º A', '6.º B'), sameLabel('Equipo 1', 'Equipo 11')]).toEqual([false, false]);
  });
});
