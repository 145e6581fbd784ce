import { describe, expect, test } from 'vitest';
import { noChoices, withField, type RowAnswer } from '#lib/tables/choices.ts';
import { readDelimited } from '#lib/tables/read-table.ts';
import { readList, type Reading } from '#lib/tables/reading.ts';

/** Lists in which a column of yes and no, an apostrophe, a letter alone says something of whoever stands there. */
function read(text: string, choices: Partial<typeof noChoices> = {}): Reading {
  const table = readDelimited(text);
  if ('unreadable' in table) throw new Error(table.unreadable);
  return readList(table, { ...noChoices, ...choices });
}

/** Given name, family name, and what is asked. */
const says = ({ people }: Reading): readonly string[] =>
  people.map(({ given, family, ask }) => `${given}|${family}${ask ? ` ?${ask.is}` : ''}`);

const roles = ({ people }: Reading): readonly unknown[] => people.map(({ role }) => role.is);
const groups = ({ people }: Reading): readonly string[] => people.map(({ group }) => group);
const used = ({ columns }: Reading): readonly unknown[] => columns.map(({ field }) => field);

describe('columns of yes and no', () => {
  test.each([
    ['Es docente', 'no', 'sí'],
    ['¿Es docente?', 'No', 'Sí'],
    ['Profesor/a (S/N)', 'N', 'S'],
    ['Docente sí/no', 'no', 'sí'],
    ['Maestra', '', 'x'],
    ['Tutor', '-', '✓'],
    ['Es personal del centro', 'no', 'sí'],
    ['Teacher? yes/no', 'no', 'yes'],
    ['Is teacher', 'FALSE', 'TRUE'],
    ['isTeacher', '0', '1'],
    ['Staff (Y/N)', 'N', 'Y'],
    ['Professor (S/N)', 'N', 'S'],
    ['Irakaslea (B/E)', 'E', 'B'],
    ['Enseignant (O/N)', 'N', 'O'],
    ['Lehrkraft (J/N)', 'N', 'J'],
    ['Docente (S/N)', 'N', 'S'],
    ['Leraar? ja/nee', 'nee', 'ja'],
    ['Nauczyciel (T/N)', 'N', 'T'],
    ['Učitel (A/N)', 'N', 'A'],
    ['Tanár (I/N)', 'N', 'I'],
    ['Profesor da/nu', 'nu', 'da'],
    ['Opettaja (K/E)', 'E', 'K'],
    ['Õpetaja', 'ei', 'jah'],
    ['Öğretmen (E/H)', 'H', 'E'],
    ['Καθηγητής', 'όχι', 'ναι'],
    ['Учител', 'не', 'да'],
    ['Es alumno', 'sí', 'no'],
    ['Pupil (Y/N)', 'Y', 'N'],
    ['Élève ? oui/non', 'oui', 'non'],
    ['Alumno', 'x', '']
  ])('[TA11] “%s”: “%s” is a pupil, “%s” is none', (heading, pupil, adult) => {
    const reading = read(`Nombre;Apellidos;${heading}\nLuz;Ferrer;${pupil}\nMarta;Sanz;${adult}`);
    expect(says(reading)).toEqual(['Luz|Ferrer', 'Marta|Sanz']);
    expect(roles(reading)).toEqual(['pupil', undefined]);
    expect(used(reading)).toEqual(['given', 'family', 'role']);
    expect(reading.people[1]?.role.says).toContain(': ');
  });

  test('[TA11] what is neither yes nor no makes no pupil where the heading asks', () => {
    const reading = read('Nombre;Apellidos;Es docente\nLuz;Ferrer;no\nMarta;Sanz;en prácticas');
    expect(roles(reading)).toEqual(['pupil', undefined]);
    expect(reading.people[1]?.role.says).toBe('Es docente: en prácticas');
  });

  test('[TA11] of two such columns, and beside one of roles, any that says it counts', () => {
    const text = 'Nombre;Apellidos;Alumno;Docente\nLuz;Ferrer;sí;no\nMarta;Sanz;no;sí\nJon;Rey;no;no';
    expect(roles(read(text))).toEqual(['pupil', undefined, undefined]);
    const beside = 'Nombre;Apellidos;Rol;Es docente\nLuz;Ferrer;Alumna;no\nMarta;Sanz;Alumna;sí';
    expect(roles(read(beside))).toEqual(['pupil', undefined]);
  });

  test.each([
    ['Profesor', 'Marta Sanz', 'Jon Rey'],
    ['Tutora', 'Marta Sanz', 'Marta Sanz'],
    ['Repite', 'no', 'sí'],
    ['Correo del docente', 'm@x.example', 'm@x.example'],
    ['Autorización', 'sí', 'no'],
    ['Madre', 'Eva', 'Ana']
  ])('[TA11] “%s” with %j says nothing of the row itself, and is told as not used', (heading, one, other) => {
    const reading = read(`Nombre;Apellidos;${heading}\nLuz;Ferrer;${one}\nIker;Gil;${other}`);
    expect(roles(reading)).toEqual(['pupil', 'pupil']);
    expect(used(reading)).toEqual(['given', 'family', undefined]);
  });

  test('[TA11, TA12] whoever says that the column is not used has said that they are pupils', () => {
    const text = 'Nombre;Apellidos;Es docente\nLuz;Ferrer;no\nMarta;Sanz;sí';
    const { fields } = withField(noChoices, read(text).columns, 2, undefined);
    expect(roles(read(text, { fields }))).toEqual(['pupil', 'pupil']);
  });
});

describe('single quotation marks', () => {
  test.each([
    "'Nombre','Apellidos'\n'Mia','D'Angelo'\n'Luz','Ferrer'",
    "'D'Angelo, Mia'\n'Ferrer, Luz'",
    "'Alumno';'Grupo'\n'D'Angelo, Mia';'2A'\n'Ferrer, Luz';'2B'",
    "'Nº','Nombre','Apellidos'\n1,'Mia','D'Angelo'\n2,'Luz','Ferrer'",
    "'Nombre','Apellidos'\n'Mia','D''Angelo'\n'Luz','Ferrer'",
    "'Nombre','Apellidos'\n'Mia','D\\'Angelo'\n'Luz','Ferrer'",
    "'Nombre', 'Apellidos'\n'Mia', \"D'Angelo\"\n'Luz', 'Ferrer'",
    '‘Nombre’;‘Apellidos’\n‘Mia’;‘D’Angelo’\n‘Luz’;‘Ferrer’',
    "'Grupo'\t'Nombre'\t'Apellidos'\n\t'Mia'\t'D'Angelo'\n'2A'\t'Luz'\t'Ferrer'"
  ])('[TA4] %j: an apostrophe inside ends no cell', (text) => {
    const reading = read(text);
    const plain = says(reading).map((name) => name.replace('’', "'"));
    expect([reading.asks, plain]).toEqual([undefined, ["Mia|D'Angelo", 'Luz|Ferrer']]);
  });

  test('[TA4] apostrophes with which names begin quote nothing', () => {
    const text = "Achternaam;Voornaam\n't Hooft;Jan\n'd Hondt;Sem";
    expect(says(read(text))).toEqual(["Jan|'t Hooft", "Sem|'d Hondt"]);
  });
});

describe('a year and the letter of a class', () => {
  test.each([
    ['Curso;Grupo', '4;A', '4;B', ['4 A', '4 B']],
    ['Grupo;Curso', 'A;4', 'B;4', ['4 A', '4 B']],
    ['Curso;Letra', '4;A', '5;A', ['4 A', '5 A']],
    ['Curso;Unidad', '4.º;A', '5.º;A', ['4.º A', '5.º A']],
    ['Curso;Grupo', '4º ESO;1', '4º ESO;2', ['4º ESO 1', '4º ESO 2']],
    ['Nivel;Curso;Grupo', 'ESO;4;A', 'ESO;5;B', ['ESO 4 A', 'ESO 5 B']],
    ['Curso;Grupo', '4;Azul', '5;Azul', ['4 Azul', '5 Azul']],
    ['Year;Class', '4;A', '5;A', ['4 A', '5 A']],
    ['Classe;Sezione', '4;A', '4;B', ['4 A', '4 B']],
    ['Curs;Grup', '4t;A', '5è;A', ['4t A', '5è A']],
    ['Ano;Turma', '4.º;A', '4.º;B', ['4.º A', '4.º B']],
    ['Jahrgang;Klasse', '4;a', '4;b', ['4 a', '4 b']],
    ['Curso;Grupo', '4;', '4;A', ['4', '4 A']]
  ])('[TA9] %s: %s, %s', (headings, one, other, named) => {
    const reading = read(`Nombre;Apellidos;${headings}\nLuz;Ferrer;${one}\nIker;Gil;${other}`);
    expect([groups(reading), says(reading)]).toEqual([named, ['Luz|Ferrer', 'Iker|Gil']]);
    expect(used(reading)).not.toContain(undefined);
  });

  test.each([
    ['Curso;Grupo', '4;4A', '4;4B', ['4A', '4B']],
    ['Curso;Unidad', '2.º;2.º A', '2.º;2.º B', ['2.º A', '2.º B']],
    ['Curso;Grupo', '4º ESO;Azul', '4º ESO;Verde', ['Azul', 'Verde']],
    ['Curso;Grupo', '2025/26;4A', '2025/26;4B', ['4A', '4B']]
  ])(
    '[TA9] %s: %s, %s: the group says it all, and the other column is told',
    (headings, one, other, named) => {
      const reading = read(`Nombre;Apellidos;${headings}\nLuz;Ferrer;${one}\nIker;Gil;${other}`);
      expect([groups(reading), used(reading)[2]]).toEqual([named, undefined]);
    }
  );

  test('[TA9] a year of the calendar is no group', () => {
    const reading = read('Nombre;Apellidos;Curso\nLuz;Ferrer;2025/2026\nIker;Gil;2025/2026');
    expect([groups(reading), used(reading)]).toEqual([
      ['', ''],
      ['given', 'family', undefined]
    ]);
  });

  test('[TA12] without a header they are shown so, and asked about', () => {
    const reading = read('Luz;Ferrer;4;A\nIker;Gil;4;A\nAna;Rey;4;B\nEva;Puig;4;B');
    expect([reading.asks, groups(reading)]).toEqual(['columns', ['4 A', '4 A', '4 B', '4 B']]);
  });
});

describe('a capital alone', () => {
  test('[TA10] before a family name it is an initial, and no particle', () => {
    expect(says(read('Ana Rey\nE. Ruiz\nO. Gil\nE Ruiz Oro\nO Gil\nT. Puig'))).toEqual([
      ...['Ana|Rey', 'E.|Ruiz', 'O.|Gil', 'E|Ruiz Oro ?order', 'O|Gil', 'T.|Puig']
    ]);
    expect(says(read('García, Ana O\nRey, Luz E.'))).toEqual(['Ana O|García', 'Luz E.|Rey']);
  });

  test.each([
    ...['Ana O García', 'Ana E García', 'Silva E Costa', 'Ana Silva E Costa', 'ANA SILVA E COSTA'],
    ...['Ana Y García', 'Sean O Brien', 'Luz D Ferrer', 'Luz Ana M. Gil Rey', 'Y Luz Ferrer', 'LUZ FERRER Y']
  ])('[TA13] %s is asked about, with nothing of it left out', (line) => {
    const { people } = read(`Luz Puig\n${line}`);
    const ask = people[1]?.ask;
    const readings = ask?.is === 'order' ? ask.readings : [];
    expect(readings.length).toBeGreaterThan(1);
    const words = line.split(' ').toSorted();
    for (const { given, family } of readings) {
      expect(`${given} ${family}`.split(' ').toSorted()).toEqual(words);
    }
  });

  test('[TA13] where a capital may join two halves that reading comes first', () => {
    expect(says(read('Luz Puig\nAna Silva E Costa'))[1]).toBe('Ana|Silva E Costa ?order');
    expect(says(read('ORTEGA Y GASSET JOSE\nGIL REY LUZ'))).toEqual([
      ...['JOSE|ORTEGA Y GASSET', 'LUZ|GIL REY']
    ]);
  });

  test.each([
    ['Xor Zyb y Ana Gil', ['Xor|Zyb', 'Ana|Gil']],
    ['E. Ruiz y Ana Gil', ['E.|Ruiz', 'Ana|Gil']],
    ['Ana y Luz Gil', ['Ana|Gil', 'Luz|Gil']],
    ['Xor y Luz Gil', ['Xor|Gil', 'Luz|Gil']]
  ])('[TA14] %s: two pupils, or asked whether they are', (line, two) => {
    const several: ReadonlyMap<number, RowAnswer> = new Map([[1, 'several']]);
    expect(says(read(`Iker Puig\n${line}`)).slice(1)).not.toHaveLength(0);
    const [, ...rest] = says(read(`Iker Puig\n${line}`));
    expect(rest.length === 2 || rest[0]?.endsWith(' ?several')).toBe(true);
    expect(says(read(`Iker Puig\n${line}`, { rows: several })).slice(1)).toEqual(two);
  });
});
