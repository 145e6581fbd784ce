import anyAscii from 'any-ascii';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { firstFree, isUsername, nameKey, nextFree, usernameBase } from '#lib/domain/usernames.ts';
import { angel, angelC, luca, newAccount } from '../support/cast.ts';
import { riosDeEuropa } from '../support/world.ts';

const base = (given: string, family: string): string | undefined => usernameBase(given, family, anyAscii);
const nobody = (): boolean => false;
const taken =
  (...usernames: string[]) =>
  (key: string): boolean =>
    usernames.includes(key);

describe('from a name to a username', () => {
  test('[UN1] the guide’s own example: angel.canorobles.1 (G3)', () => {
    const found = base('Ángel', 'CanoRobles');
    expect(found).toBe('angel.canorobles');
    expect(firstFree(found ?? '', nobody)).toBe('angel.canorobles.1');
  });

  test.each([
    ['accents', 'Zoé', 'Núñez', 'zoe.nunez'],
    ['a cedilla', 'Françoise', 'Lança', 'francoise.lanca'],
    ['accents of two signs', 'Zoe\u0301', 'Nu\u0301n\u0303ez', 'zoe.nunez'],
    ['capitals', 'ANA', 'PÉREZ', 'ana.perez'],
    ['ligatures and others', 'Øyvind', 'Strauß', 'oyvind.strauss'],
    ['a middle dot', 'Gal·la', 'Ferrer', 'galla.ferrer'],
    ['apostrophes', 'Sean', 'Ó’Brien', 'sean.obrien'],
    ['initials', 'Á', 'CR', 'a.cr'],
    ['digits', 'Ana2', '5B', 'ana2.5b']
  ])('[UN2] %s: %s %s (G3)', (_, given, family, expected) => expect(base(given, family)).toBe(expected));

  test.each([
    ['Greek', 'Ελένη', 'Παπαδοπούλου', 'eleni.papadopoulou'],
    ['Greek, ού at the start', 'Ούρσουλα', 'ΟΥΖΟΥΝΗ', 'oursoula.ouzouni'],
    ['Greek, accents of two signs', 'Ελε\u0301νη', 'Παππου\u0301', 'eleni.pappou'],
    ['Bulgarian', 'Здравко', 'Българов', 'zdravko.balgarov'],
    ['Bulgarian, й', 'Андрей', 'Йорданов', 'andrey.yordanov'],
    ['Bulgarian, щ', 'Съби', 'Щерев', 'sabi.shcherev'],
    ['Ukrainian', 'Юрій', 'Їжак', 'yuriy.izhak'],
    ['Ukrainian, apostrophe; г letter by letter', 'В’ячеслав', 'Гнатюк', 'vyacheslav.gnatyuk'],
    ['Georgian', 'ნინო', 'ჯავახიშვილი', 'nino.javakhishvili'],
    ['Armenian', 'Հայկ', 'Գրիգորյան', 'hayk.grigoryan'],
    ['Turkish, dotless', 'Işık', 'Ilgaz', 'isik.ilgaz'],
    ['Turkish, dotted', 'İpek', 'ŞÜKRÜ', 'ipek.sukru'],
    ['Polish', 'Łukasz', 'Żółć', 'lukasz.zolc'],
    ['Romanian', 'Ștefan', 'Țuțea', 'stefan.tutea'],
    ['Maltese', 'Ħasan', 'Ġorġ', 'hasan.gorg'],
    ['Icelandic', 'Þór', 'Guðmundsson', 'thor.gudmundsson']
  ])('[UN2] %s: %s %s (G3)', (_, given, family, expected) => {
    const found = base(given, family);
    expect(found).toBe(expected);
    expect(isUsername(`${String(found)}.1`)).toBe(true);
  });

  test('[UN2] hyphens stay, one by one and never at an edge', () => {
    expect(base('Ana-María', 'Cano-Robles')).toBe('ana-maria.cano-robles');
    expect(base('Ana--María', '-Cano-')).toBe('ana-maria.cano');
    expect(base('Ana-’-María', 'Cano')).toBe('ana-maria.cano');
  });

  test('[UN2] each part is cut after 32 letters, and never ends with a hyphen then', () => {
    expect(base('a'.repeat(40), 'b'.repeat(33))).toBe(`${'a'.repeat(32)}.${'b'.repeat(32)}`);
    expect(base(`${'a'.repeat(31)}-b`, 'c')).toBe(`${'a'.repeat(31)}.c`);
    expect(isUsername(`${base('ß'.repeat(40), 'c') ?? ''}.1`)).toBe(true);
  });

  test('[NA6] a name of which nothing can be written makes none', () => {
    expect(base('’', 'Cano')).toBeUndefined();
    expect(base('Ana', '-')).toBeUndefined();
  });
});

describe('what a username is', () => {
  test.each(['a.b.1', 'angel.canorobles.1', 'ana-maria.cano-robles.12', '5b.2.999999'])(
    '[UN3] %s is one',
    (username) => expect(isUsername(username)).toBe(true)
  );

  test.each([
    ...['', 'angel', 'angel.cano', 'angel.cano.', '.cano.1', 'angel..1', 'angel.cano.0', 'angel.cano.01'],
    ...['angel.cano.1000000', 'Angel.cano.1', 'ángel.cano.1', 'an gel.cano.1', 'angel.cano.1\n', 'a.b.c.1'],
    ...[
      '-angel.cano.1',
      'angel-.cano.1',
      'an--gel.cano.1',
      'angel.cano.-1',
      'angel_x.cano.1',
      'ангел.cano.1'
    ],
    ...[`${'a'.repeat(33)}.b.1`, `a.${'b'.repeat(33)}.1`, 'angel.cano.1 ', 'angel.cano.１']
  ])('[UN3] "%s" is none', (username) => expect(isUsername(username)).toBe(false));
});

describe('the number', () => {
  test('[UN4] is the first from 1 on that nobody has (G3)', () => {
    expect(firstFree('a.b', nobody)).toBe('a.b.1');
    expect(firstFree('a.b', taken('a.b.1', 'a.b.2', 'a.b.4'))).toBe('a.b.3');
    expect(firstFree('a.b', taken('a.b.2'))).toBe('a.b.1');
  });

  test('[UN5] whoever comes later gets the first free one, counted from 1', () => {
    expect(nextFree('a.b.7', taken('a.b.7'))).toBe('a.b.1');
    expect(nextFree('a.b.1', taken('a.b.1', 'a.b.2'))).toBe('a.b.3');
    expect(nextFree('a-1.b.1', taken('a-1.b.1'))).toBe('a-1.b.2');
  });

  test('[UN5] a username that another account got first is never refused', () => {
    const world = riosDeEuropa();
    const { puts, notes } = world.do(luca, 'pupil.add', { account: newAccount(angelC), role: 'pupil' });
    expect(puts.length).toBeGreaterThan(0);
    expect(world.username(angel)).toBe('angel.canorobles.1');
    expect(world.username(angelC)).toBe('angel.canorobles.2');
    const [from, to] = ['angel.canorobles.1', 'angel.canorobles.2'];
    expect(notes).toEqual([{ code: 'renumbered', account: angelC.id, from, to }]);
  });
});

describe('the same username', () => {
  test.each([
    ['Ángel.CanoRobles.1', 'capitals and accents'],
    ['ANGEL.CANOROBLES.1', 'capitals'],
    ['A\u0301ngel.canorobles.1', 'an accent of two signs'],
    ['ａｎｇｅｌ.canorobles.１', 'wide letters'],
    ['  angel.canorobles.1 ', 'spaces at the ends'],
    ['angel.canorobles.1\n', 'a line break at the end'],
    ['angel. canorobles. 1', 'a space that the keyboard puts behind a dot'],
    ['Angel .canorobles .1', 'one before it'],
    ['angel canorobles 1', 'spaces for dots'],
    ['angel.cano robles.1', 'a space inside a name'],
    ['angel.canorobles.1.', 'a full stop at the end'],
    ['.angel.canorobles.1', 'a dot in front'],
    ['angel..canorobles.1', 'a dot twice'],
    ['angel,canorobles,1', 'commas'],
    ['angel。canorobles。1', 'ideographic full stops'],
    ['angel．canorobles．１', 'wide dots'],
    ['angel․canorobles․1', 'one-dot leaders'],
    ['angel.\u200Bcanorobles.\u200B1', 'spaces without width'],
    ['\u200Eangel.canorobles.1\u200F', 'direction marks'],
    ['\u202Aangel.canorobles.1\u202C', 'embedded directions'],
    ['\uFEFFangel.canorobles.1', 'a byte order mark'],
    ['angel.cano\u00ADrobles.1', 'a soft hyphen'],
    ['angel.canorobles.1\uFE0F', 'a variation selector'],
    ['angel.\u00A0canorobles.\u00A01', 'spaces that do not break'],
    ['angel.canorobles.١', 'Arabic digits'],
    ['angel.canorobles.۱', 'Persian digits'],
    ['angel.canorobles.१', 'Devanagari digits']
  ])('[UN6] %s finds angel.canorobles.1: %s', (typed) => expect(nameKey(typed)).toBe('angel.canorobles.1'));

  test('[UN6] the dot of the Turkish i makes no difference', () => {
    for (const typed of ['IŞIK.ILGAZ.1', 'ışık.ılgaz.1', 'İŞİK.İLGAZ.1', 'isik.ilgaz.1']) {
      expect(nameKey(typed)).toBe('isik.ilgaz.1');
    }
  });

  test('[UN6] another number, or a hyphen, is another username', () => {
    expect(nameKey('angel.canorobles.2')).not.toBe(nameKey('angel.canorobles.1'));
    expect(nameKey('angel.cano-robles.1')).not.toBe(nameKey('angel.canorobles.1'));
  });

  test.each(['‐', '‑', '–', '—', '−', '－'])('[UN6] every hyphen is one: %s', (hyphen) =>
    expect(nameKey(`ana${hyphen}maria.cano${hyphen}robles.12`)).toBe('ana-maria.cano-robles.12')
  );

  test('[UN6] a username is its own key', () => {
    for (const username of ['angel.canorobles.1', 'ana-maria.cano-robles.12']) {
      expect(nameKey(username)).toBe(username);
    }
  });

  test('[UN6] a key is its own key, whatever was typed', () => {
    const typed = fc.string({ unit: 'grapheme', maxLength: 40 });
    fc.assert(
      fc.property(typed, (text) => {
        expect(nameKey(nameKey(text))).toBe(nameKey(text));
      }),
      { seed: 20261128, numRuns: 1_000 }
    );
  });
});
