import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { blocksIn } from '#lib/tables/blocks.ts';
import type { Encoding } from '#lib/tables/encodings.ts';
import { readDelimited, readTable, type Table } from '#lib/tables/read-table.ts';
import { readList } from '#lib/tables/reading.ts';
import type { Unreadable } from '#lib/tables/unreadable.ts';
import { bytesIn } from '../support/encode.ts';

type Pair = readonly [given: string, family: string];

/** Pupils of one script, and the encodings of single bytes in which their schools write lists. */
const classes: readonly { readonly pupils: readonly Pair[]; readonly encodings: readonly Encoding[] }[] = [
  {
    pupils: [
      ['Ángel', 'Cano Robles'],
      ['María José', 'Núñez Peña'],
      ['Íñigo', 'Echevarría Güell'],
      ['Lucía', "D'Ors"],
      ['Martín', 'de la Fuente'],
      ['Núria', 'Solà'],
      ['João', 'Simões'],
      ['Hélène', 'Lefèvre'],
      ['Jürgen', 'Weiß']
    ],
    encodings: ['windows-1252', 'cp850', 'macintosh']
  },
  {
    pupils: [
      ['Łukasz', 'Żółkiewski'],
      ['Małgorzata', 'Dąbrowska'],
      ['Zofia', 'Wiśniewska'],
      ['Jiří', 'Dvořák'],
      ['Tomáš', 'Růžička'],
      ['Željko', 'Šimić']
    ],
    encodings: ['windows-1250', 'iso-8859-2']
  },
  {
    pupils: [
      ['Şükrü', 'Yıldız'],
      ['Ayşe', 'Doğan'],
      ['İbrahim', 'Işık'],
      ['Çağla', 'Öztürk']
    ],
    encodings: ['windows-1254']
  },
  {
    pupils: [
      ['Rūta', 'Žukauskienė'],
      ['Šarūnas', 'Jankauskas'],
      ['Eglė', 'Paukštytė'],
      ['Jūratė', 'Šimkūnaitė']
    ],
    encodings: ['windows-1257']
  },
  {
    pupils: [
      ['Ελένη', 'Παπαδοπούλου'],
      ['Γιώργος', 'Οικονόμου'],
      ['Αθηνά', 'Ξυδάκη'],
      ['Νίκος', 'Ψαρράς']
    ],
    encodings: ['windows-1253', 'iso-8859-7']
  },
  {
    pupils: [
      ['Иван', 'Петров'],
      ['Елена', 'Кузнецова'],
      ['Йорданка', 'Стоянова'],
      ['Олена', 'Шевченко']
    ],
    encodings: ['windows-1251']
  }
];

/** The shapes of lists, each as a program or a person writes it. */
const shapes: Readonly<Record<string, (pupils: readonly Pair[]) => string>> = {
  semicolons: (pupils) => ['Nombre;Apellidos', ...pupils.map((pair) => pair.join(';'))].join('\r\n'),
  tabs: (pupils) =>
    ['Apellidos\tNombre\tGrupo', ...pupils.map(([given, family]) => `${family}\t${given}\t2A`)].join('\n'),
  commas: (pupils) => ['First name,Last name', ...pupils.map((pair) => pair.join(','))].join('\n'),
  bars: (pupils) => ['Nombre|Apellidos', ...pupils.map((pair) => pair.join('|'))].join('\n'),
  quoted: (pupils) =>
    ['"Nombre";"Apellidos"', ...pupils.map((pair) => pair.map((name) => `"${name}"`).join(';'))].join('\n'),
  'quoted singly': (pupils) =>
    ["'Nombre';'Apellidos'", ...pupils.map((pair) => pair.map((name) => `'${name}'`).join(';'))].join('\n'),
  'yes and no': (pupils) =>
    ['Nombre;Apellidos;Es docente', ...pupils.map((pair) => `${pair.join(';')};no`)].join('\n'),
  'year and letter': (pupils) =>
    ['Curso;Grupo;Nombre;Apellidos', ...pupils.map((pair) => `4;A;${pair.join(';')}`)].join('\n'),
  'quoted whole': (pupils) =>
    ['"Apellidos,Nombre"', ...pupils.map(([given, family]) => `"${family},${given}"`)].join('\n'),
  'whole names': (pupils) =>
    ['Alumno/a;Unidad', ...pupils.map(([given, family]) => `${family}, ${given};2A`)].join('\n'),
  'titles above': (pupils) =>
    ['CEIP Duero', '', 'Curso 2026', 'Nombre;Apellidos', ...pupils.map((pair) => pair.join(';'))].join('\n'),
  'two files joined': (pupils) =>
    [
      'Apellidos;Nombre',
      ...pupils.slice(0, 1).map(([given, family]) => `${family};${given}`),
      'Nombre;Grupo;Apellidos',
      ...pupils.slice(1).map(([given, family]) => `${given};2A;${family}`)
    ].join('\n'),
  'side by side': (pupils) =>
    [
      'Nombre;Apellidos;;Nombre;Apellidos',
      pupils
        .slice(0, 2)
        .map((pair) => pair.join(';'))
        .join(';;')
    ]
      .concat(pupils.slice(2).map((pair) => pair.join(';')))
      .join('\n'),
  'roles beside': (pupils) =>
    ['Nombre;Apellidos;Cargo', ...pupils.map((pair) => `${pair.join(';')};Alumna`)].join('\n'),
  'no header': (pupils) => pupils.map(([given, family]) => `${family}, ${given}`).join('\n'),
  numbered: (pupils) => pupils.map(([given, family], at) => `${at + 1}. ${family}, ${given}`).join('\n')
};

const list = fc.constantFrom(...classes).chain(({ pupils, encodings }) =>
  fc.record({
    pupils: fc.uniqueArray(fc.constantFrom(...pupils), { minLength: 2 }),
    shape: fc.constantFrom(...Object.keys(shapes)),
    encoding: fc.constantFrom<Encoding>('utf-8', ...encodings)
  })
);

function tableOf(table: Table | Unreadable): Table {
  if ('unreadable' in table) throw new Error(table.unreadable);
  return table;
}

describe('lists of classes', () => {
  test('[TA1, TA9, TA13, TA14] in any of the known shapes and encodings the same people come back', () => {
    fc.assert(
      fc.property(list, ({ pupils, shape, encoding }) => {
        const text = shapes[shape]?.(pupils) ?? '';
        const bytes = encoding === 'utf-8' ? new TextEncoder().encode(text) : bytesIn(text, encoding);
        const { people } = readList(tableOf(readTable(bytes)));
        expect(people.map(({ given, family }) => [given, family])).toEqual(pupils);
        // A first one whose name is not known stands where a heading of a language unknown here would.
        const headed = shape !== 'no header' && shape !== 'numbered';
        expect(people.slice(headed ? 0 : 1).filter(({ ask }) => ask)).toEqual([]);
      }),
      { seed: 20261128, numRuns: 400 }
    );
  });

  test('[TA12, TA14, CL15] nothing of a cell is lost without a word', () => {
    const cell = fc.constantFrom(
      ...['', 'Luz', 'Ferrer', 'Ana Gil', 'Gil, Iker', '2A', '7', 'Nombre', 'Apellidos', 'Tutor', 'Xab Yor'],
      ...['de la Rey', 'Alumno', 'Grupo', 'x@y.example', 'María José', 'Total', '12/03/2015', '1. Eva Puig']
    );
    const rows = fc.array(fc.array(cell, { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(rows, fc.constantFrom(';', '\t', '|'), (written, delimiter) => {
        const table = readDelimited(written.map((row) => row.join(delimiter)).join('\n'));
        if ('unreadable' in table) return;
        const { people, columns, left, repeated } = readList(table);
        const told = JSON.stringify([people, left, columns.map(({ heading }) => heading)]);
        const unused = new Set(columns.filter(({ field }) => field === undefined).map(({ at }) => at));
        // Below another header a column stands elsewhere.
        if (repeated > 0 && unused.size > 0) return;
        // Of lists side by side there are no columns of the table.
        if (table.rows.slice(0, 10).some((row) => blocksIn(row).length > 0)) return;
        // Whoever is asked about is not ready, and asked about the rest in turn.
        const asked = new Set(people.filter(({ ask }) => ask).map(({ row }) => row));
        const lost = table.rows
          .flatMap((row, line) => (asked.has(line) ? [] : row.map((text, at) => ({ text, at }))))
          .filter(({ at }) => !unused.has(at))
          .filter(({ text }) => !text.split(/[\s,;|]+/).every((part) => told.includes(part)));
        // Numbers before names are no part of them; a header that stands there once more is counted.
        const meant = lost.filter(
          ({ text }) => !/^1\. /.test(text) && !(repeated > 0 && /^\p{L}+$/u.test(text))
        );
        expect(meant).toEqual([]);
      }),
      { seed: 20261128, numRuns: 2_000, examples: [[[['Gil, Iker', ''], ['Gil, Iker']], ';']] }
    );
  });
});
