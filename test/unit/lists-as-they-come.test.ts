import { describe, expect, test } from 'vitest';
import { noChoices, type RowAnswer } from '#lib/tables/choices.ts';
import { readDelimited, type Table } from '#lib/tables/read-table.ts';
import { readList, type Reading } from '#lib/tables/reading.ts';
import type { Unreadable } from '#lib/tables/unreadable.ts';

/** Lists of which something was reversed, merged or overruled while its rows were ready. */
function read(text: string, rows: ReadonlyMap<number, RowAnswer> = new Map(), agreed = false): Reading {
  const table: Table | Unreadable = readDelimited(text);
  if ('unreadable' in table) throw new Error(table.unreadable);
  return readList(table, { ...noChoices, rows, agreed });
}

/** Given name, family name, group, and what is asked. */
const says = ({ people }: Reading): readonly string[] =>
  people.map(
    ({ given, family, group, ask }) =>
      `${given}|${family}${group ? `|${group}` : ''}${ask ? ` ?${ask.is}` : ''}`
  );

const roles = ({ people }: Reading): readonly unknown[] => people.map(({ role }) => role.is);

const [luz, iker, ana] = ['Luz|Ferrer', 'Iker|Gil', 'Ana|Rey'];

describe('several pupils in one cell below a header', () => {
  test.each([
    'Grupo;Alumnos\n2A;"Luz Ferrer\nIker Gil"\n2B;Ana Rey',
    'Grupo;Alumnos\n2A;"Ferrer, Luz\nGil, Iker"\n2B;Ana Rey',
    'Grupo;Alumnos\n2A;"Luz Ferrer y Iker Gil"\n2B;Ana Rey',
    'Grupo;Alumnos\n2A;Luz Ferrer / Iker Gil\n2B;Ana Rey'
  ])('[TA14] %j: one a line, all in their group', (text) => {
    expect(says(read(text))).toEqual([`${luz}|2A`, `${iker}|2A`, `${ana}|2B`]);
  });

  test('[TA14] two with a comma between them are asked about, three are not', () => {
    const text = 'Grupo;Alumnos\n2A;Luz Ferrer, Iker Gil\n2B;Ana Rey';
    expect(says(read(text))).toEqual(['Iker Gil|Luz Ferrer|2A ?several', `${ana}|2B`]);
    expect(says(read(text, new Map([[1, 'several']])))).toEqual([`${luz}|2A`, `${iker}|2A`, `${ana}|2B`]);
    expect(says(read(text, new Map([[1, 'pupil']])))[0]).toBe('Iker Gil|Luz Ferrer|2A');
    expect(says(read('Grupo;Alumnos\n2A;Luz Ferrer, Iker Gil, Ana Rey'))).toEqual([
      ...[`${luz}|2A`, `${iker}|2A`, `${ana}|2A`]
    ]);
  });

  test('[TA14] as many lines in the cells of both halves are as many pupils; two may be the words of one, and more in one half are asked about', () => {
    const text = 'Nombre;Apellidos;Grupo\n"Luz\nIker";"Ferrer\nGil";2A\nAna;Rey;2B';
    expect(says(read(text))).toEqual(['Luz Iker|Ferrer Gil|2A ?several', `${ana}|2B`]);
    expect(says(read(text, new Map([[1, 'several']])))).toEqual([`${luz}|2A`, `${iker}|2A`, `${ana}|2B`]);
    const three = 'Nombre;Apellidos\n"Luz\nIker\nAna";"Ferrer\nGil\nRey"\nEva;Puig';
    expect(says(read(three))).toEqual([luz, iker, ana, 'Eva|Puig']);
    expect(says(read('Nombre;Apellidos\n"Luz\nIker";"Ferrer\nGil\nRey"\nAna;Puig'))[0]).toMatch(
      / \?several$/
    );
  });

  test('[TA14] a name that goes on in the next line of its cell is one', () => {
    expect(says(read('Grupo;Alumno\n2A;"Ferrer Oliva,\nLuz"'))).toEqual(['Luz|Ferrer Oliva|2A']);
  });
});

describe('names of which nothing is known', () => {
  const text = 'Nombre completo\nLuz Ferrer Oliva\nIker Gil Rey\nNguyen Thanh Minh\nYerai Santana Vuk';
  const mine = (reading: Reading) => reading.people[2];

  test('[TA13] of three words and more are asked about, with each reading; a known family name tells', () => {
    const reading = read(text);
    expect(says(reading)).toEqual([
      ...['Luz|Ferrer Oliva', 'Iker|Gil Rey', 'Nguyen|Thanh Minh ?order', 'Yerai|Santana Vuk']
    ]);
    const ask = mine(reading)?.ask;
    const readings = ask?.is === 'order' ? ask.readings : [];
    expect(readings.map(({ given, family }) => `${given}|${family}`)).toEqual([
      ...['Nguyen|Thanh Minh', 'Nguyen Thanh|Minh', 'Minh|Nguyen Thanh', 'Thanh Minh|Nguyen']
    ]);
    for (const { given, family, order, givens } of readings) {
      const answer: RowAnswer = givens === undefined ? order : { order, givens };
      const answered = mine(read(text, new Map([[3, answer]])));
      expect([answered?.given, answered?.family, answered?.ask]).toEqual([given, family, undefined]);
    }
  });

  test('[TA13] also once it is said for all which half stands first', () => {
    expect(says(read('Xab Yor Zun\nKel Mof'))).toEqual(['Xab|Yor Zun ?list', 'Kel|Mof ?list']);
    expect(says(read('Xab Yor Zun\nKel Mof', new Map(), true))).toEqual(['Xab|Yor Zun ?order', 'Kel|Mof']);
  });

  test('[TA10] the half in capitals is the family name, however many words it has', () => {
    expect(says(read('ZYBEK Xorin Yelu\nDAX OTRU Meb'))).toEqual(['Xorin Yelu|ZYBEK', 'Meb|DAX OTRU']);
    expect(says(read('Xorin Yelu ZYBEK\nMeb DAX OTRU'))).toEqual(['Xorin Yelu|ZYBEK', 'Meb|DAX OTRU']);
    expect(says(read('FERRER K Luz\nGIL J. Iker'))).toEqual(['Luz|FERRER K ?order', 'J. Iker|GIL ?order']);
  });

  test('[TA13] where most have a given name only, two of them are one’s', () => {
    expect(says(read('Nombre\nLuz\nIker\nMaría José'))).toEqual(['Luz|', 'Iker|', 'María José|']);
  });
});

describe('letters for roles', () => {
  test.each([
    ['Nombre;Apellidos;Rol', 'A', 'P'],
    ['Nombre;Apellidos;Función', 'a', 'd'],
    ['Nombre;Apellidos;Perfil', 'E', 'D'],
    ['First name;Last name;Role', 'S', 'T'],
    ['First name;Last name;Role', 'P', 'T'],
    ['Prénom;Nom;Rôle', 'E', 'P'],
    ['Vorname;Nachname;Rolle', 'S', 'L'],
    ['Nombre;Apellidos;Rol', 'Al.', 'Pr.'],
    ['Nombre;Apellidos;Rol', 'Alum.', 'Prof.'],
    ['Nombre;Apellidos;A/P', 'A', 'P'],
    ['Nombre;Apellidos;', 'A', 'P']
  ])('[TA11] %s: %s is a pupil’s, %s is none', (header, pupil, adult) => {
    const reading = read(`${header}\nLuz;Ferrer;${pupil}\nIker;Gil;${pupil}\nMarta;Sanz;${adult}`);
    expect(reading.asks).toBeUndefined();
    expect(roles(reading)).toEqual(['pupil', 'pupil', undefined]);
  });

  test.each([
    ['Rol', ['A', 'A', 'A']],
    ['Rol', ['1', '1', '2']],
    ['Rol', ['A', 'B', 'P']]
  ])('[TA11] %s: %j tell nothing by themselves, and nobody is a pupil by them', (heading, cells) => {
    const rows = cells.map((cell, at) => `${['Luz', 'Iker', 'Ana'][at]};Gil${at === 0 ? '' : 'rey'};${cell}`);
    const reading = read([`Nombre;Apellidos;${heading}`, ...rows].join('\n'));
    expect(roles(reading)).toEqual([undefined, undefined, undefined]);
  });

  test.each([
    ['Asistencia', ['A', 'A', 'P']],
    ['Sexo', ['H', 'H', 'M']],
    ['Zzz', ['A', 'B', 'A']]
  ])('[TA11] %s: %j are no roles', (heading, cells) => {
    const rows = cells.map((cell, at) => `${['Luz', 'Iker', 'Ana'][at]};Puig;${cell}`);
    const reading = read([`Nombre;Apellidos;${heading}`, ...rows].join('\n'));
    expect(roles(reading)).toEqual(['pupil', 'pupil', 'pupil']);
    expect(reading.columns[2]?.field).toBeUndefined();
  });

  test('[TA11, TA12] without a header they are shown as roles, and asked about', () => {
    const reading = read('Luz;Ferrer;A\nIker;Gil;A\nMarta;Sanz;P');
    expect([reading.asks, reading.columns[2]?.field]).toEqual(['columns', 'role']);
  });
});

describe('what else stood ready', () => {
  test.each([
    'Dr. Luz Ferrer',
    'Dra. Luz Ferrer',
    'D. Luz Ferrer',
    'D.ª Luz Ferrer',
    'Prof. Luz Ferrer',
    'Don Luz Ferrer',
    'Doña Luz Ferrer'
  ])('[TA14] %s is asked about', (line) =>
    expect(says(read(`Ana Rey\nIker Gil\n${line}`))[2]).toMatch(/ \?/)
  );

  test('[TA13] one that stands the other way under a heading of whole names is asked about', () => {
    expect(says(read('Nombre y apellidos\nLuz Ferrer\nIker Gil\nAna Rey\nPuig Eva')).at(-1)).toBe(
      'Puig|Eva ?order'
    );
    expect(says(read('Apellidos y nombre\nFerrer Oliva, Luz\nGil Rey Iker\nAna Rey')).at(-1)).toBe(
      'Rey|Ana ?order'
    );
  });

  test('[TA10, TA13] abbreviated given names go on with the next one; of an initial in the middle it is asked', () => {
    expect(says(read('Fco. Javier Gil\nJ. Luis Rey\nAna Puig'))).toEqual([
      ...['Fco. Javier|Gil', 'J. Luis|Rey', 'Ana|Puig']
    ]);
    expect(says(read('Ana Puig\nFco. J. Rey'))[1]).toMatch(/ \?order$/);
    expect(says(read('Luz M. Ferrer\nIker Gil III'))).toEqual(['Luz|M. Ferrer ?order', 'Iker|Gil III']);
  });

  test('[TA13] given names with a hyphen are known by their parts', () => {
    expect(says(read('Dupont Anne-Marie\nDurand Jean-Luc'))).toEqual([
      'Anne-Marie|Dupont',
      'Jean-Luc|Durand'
    ]);
  });

  test('[TA9, TA15] a whole name in both columns is one, and commas of other scripts part names', () => {
    expect(says(read('Nombre;Apellidos\nLuz Ferrer;Luz Ferrer\nIker;Gil'))[0]).toMatch(/^Luz\|Ferrer/);
    expect(says(read('Ferrer，Luz\nGil، Iker'))).toEqual([luz, iker]);
  });

  test('[TA9] the class counts more than the year beside it', () => {
    expect(says(read('Curso;Unidad;Alumno\n2.º;2.º A;Ferrer, Luz'))).toEqual([`${luz}|2.º A`]);
    expect(says(read('Alumno;Curso\nFerrer, Luz;2.º A'))).toEqual([`${luz}|2.º A`]);
    expect(says(read('Nombre;Apellidos;Año\nLuz;Ferrer;2015'))).toEqual([luz]);
  });

  test('[TA9] a heading that names both halves is a header, whatever stands beside it', () => {
    expect(says(read('Apelidos e nome;Zzz nacemento\nFerrer Oliva, Luz;1/1/2015'))).toEqual([
      'Luz|Ferrer Oliva'
    ]);
    expect(says(read('Zzz;Cognoms i nom;Yyy\nx;Ferrer, Luz;y'))).toEqual([luz]);
  });

  test('[TA10] a particle behind the given name belongs to the family name', () => {
    expect(says(read('Achternaam;Voornaam\nBerg;Jan van der\nBakker;Sem'))).toEqual([
      'Jan|van der Berg',
      'Sem|Bakker'
    ]);
    expect(says(read('Torre Gil, Ana de la\nRey, Iker'))).toEqual(['Ana|de la Torre Gil', 'Iker|Rey']);
    expect(says(read('Nguyen, Thi Van\nRey, Iker'))[0]).toMatch(/^Thi Van\|Nguyen/);
  });

  test('[TA12, TA14] numbers before one column of names make nobody a heading', () => {
    expect(says(read('1\tFerrer Oliva, Luz\n2\tGil Rey, Iker'))).toEqual([
      'Luz|Ferrer Oliva',
      'Iker|Gil Rey'
    ]);
  });

  test('[TA4, TA15] cells all in single quotes are without them', () => {
    expect(says(read("'Luz','Ferrer'\n'Iker','Gil'"))).toEqual([luz, iker]);
    expect(says(read("'Alumno';'Grupo'\n'Ferrer, Luz';'2A'"))).toEqual([`${luz}|2A`]);
  });

  test.each([
    ['الاسم;اللقب', 'محمد', 'العلوي'],
    ['שם פרטי;שם משפחה', 'דוד', 'כהן'],
    ['名;姓', '小明', '王']
  ])('[TA9] %s', (header, given, family) => {
    const reading = read(`${header}\n${given};${family}`);
    expect([reading.asks, says(reading)]).toEqual([undefined, [`${given}|${family}`]]);
  });
});
