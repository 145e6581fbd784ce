import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { noChoices, withField, withSwap, type ListChoices } from '#lib/tables/choices.ts';
import { headingOf, type Heading } from '#lib/tables/heading.ts';
import { readDelimited, readTable, type Table } from '#lib/tables/read-table.ts';
import { readList, type Reading } from '#lib/tables/reading.ts';
import { splitName } from '#lib/tables/split-name.ts';
import type { Unreadable } from '#lib/tables/unreadable.ts';

function tableOf(table: Table | Unreadable): Table {
  if ('unreadable' in table) throw new Error(table.unreadable);
  return table;
}

const read = (text: string, choices?: ListChoices): Reading =>
  readList(tableOf(readDelimited(text)), choices);

const names = ({ people }: Reading): readonly (readonly string[])[] =>
  people.map(({ given, family }) => [given, family]);

const asks = ({ people }: Reading): readonly (string | undefined)[] => people.map(({ ask }) => ask?.is);

/** Everybody is read so, and nothing is asked. */
function expectRight(reading: Reading, people: readonly (readonly [given: string, family: string])[]): void {
  expect(names(reading)).toEqual(people);
  expect(asks(reading)).toEqual(people.map(() => undefined));
  expect(reading.asks).toBeUndefined();
}

const luz = ['Luz', 'Ferrer'] as const;
const iker = ['Iker', 'Gil'] as const;

describe('the lists of the cases', () => {
  const file = (name: string): Reading =>
    readList(tableOf(readTable(readFileSync(new URL(`../cases/lists/${name}`, import.meta.url)))));

  test('[CL3] a username in the list is read beside the names', () => {
    const reading = file('1-initials-with-username.csv');
    expectRight(reading, [luz]);
    expect(reading.people[0]?.username).toBe('luz.ferrer.7');
  });

  test('[TA13] one comma without its space reverses nobody', () => {
    expectRight(file('2-comma-one-space-missing.txt'), [luz, iker, ['Ada', 'Rey']]);
  });

  test('[TA12] three columns without a header: nobody is ready before somebody said what they are', () => {
    const reading = file('3-three-columns-no-header.tsv');
    expect([reading.asks, ...asks(reading)]).toEqual(['columns', 'list', 'list']);
    expect(names(reading)).toEqual([
      ['Luz', 'Ferrer Oliva'],
      ['Iker', 'Salinas Oro']
    ]);
  });

  test('[TA9] a template with [Required]: what is not used is told', () => {
    const reading = file('4-google-template.csv');
    expectRight(reading, [luz, ['Iker', 'Salinas']]);
    expect(reading.columns.flatMap(({ heading, field }) => (field ? [] : [heading]))).toEqual([
      'Email Address [Required]',
      'Org Unit Path [Required]'
    ]);
  });

  test('[TA11] a teacher in the list is no pupil', () => {
    expect(file('5-role-column.csv').people.map(({ role }) => role.is)).toEqual(['pupil', undefined]);
  });

  test('[TA9] 1er and 2do surname', () => {
    expectRight(file('6-1er-2do-apellido.csv'), [['Luz', 'Ferrer Oliva']]);
  });

  test('[TA9, TA3] a school program: titles above, bars, the whole name and its parts, the guardians’ columns', () => {
    const reading = file('7-RegAlum.txt');
    expectRight(reading, [['Luz', 'Ferrer Oliva']]);
    expect(reading.people[0]?.group).toBe('2º A');
    expect(reading.left).toEqual(['I.E.S. Inventado', 'Relación de alumnado']);
    expect(reading.columns.filter(({ field }) => !field).map(({ heading }) => heading)).toEqual([
      ...['Alumno/a', 'Primer apellido Primer tutor', 'Nombre Primer tutor']
    ]);
  });

  test('[TA9] usernames, passwords and groups of the list are read, none is lost', () => {
    const reading = file('8-own-usernames-passwords-groups.csv');
    expectRight(reading, [luz, iker]);
    expect(reading.people.map(({ username, password, group }) => [username, password, group])).toEqual([
      ['lferrer24', 'abc123', '2A'],
      ['igil24', 'xyz789', '2B']
    ]);
  });
});

describe('headings', () => {
  test.each<[string, Heading | undefined]>([
    ['First Name [Required]', 'given'],
    ['Apellido(s) del alumno/a:', 'family'],
    ['givenName', 'given'],
    ['PrimerApellido', 'family'],
    ['FIRST_NAME', 'given'],
    ['Nombre de usuario', 'username'],
    ['Nombre tutor', 'unused'],
    ['Student ID', 'unused'],
    ['N.º', 'unused'],
    ['Fecha de nacimiento', 'unused'],
    ['Correo electrónico', 'unused'],
    ['Apellidos y nombre:', 'name-family-first'],
    ['Alumno (Apellidos y Nombre)', 'name-family-first'],
    ['Nom et prénom', 'name-family-first'],
    ['Nume și prenume', 'name-family-first'],
    ['Name, Vorname', 'name-family-first'],
    ['Segundo nombre', 'given2'],
    ['Bigarren abizena', 'family2'],
    ['Name (first)', 'given'],
    ['Schüler/in', 'pupil'],
    ['Ονοματεπώνυμο', 'whole'],
    ['Ferrer', undefined],
    ['Relación de alumnado', undefined],
    ['Org Unit Path [Required]', undefined]
  ])('[TA9] %s', (heading, means) => expect(headingOf(heading)).toBe(means));

  test.each([
    ...['Nombre;Apellidos', 'Nom;Cognoms', 'Nome;Apelidos', 'Izena;Abizenak', 'Prénom;Nom', 'Nome;Cognome'],
    ...['Vorname;Nachname', 'Vorname;Name', 'Voornaam;Achternaam', 'Fornavn;Efternavn', 'Förnamn;Efternamn'],
    ...[
      'Fornavn;Etternavn',
      'Etunimi;Sukunimi',
      'Eiginnafn;Kenninafn',
      'Eesnimi;Perekonnanimi',
      'Vārds;Uzvārds'
    ],
    ...['Vardas;Pavardė', 'Imię;Nazwisko', 'Jméno;Příjmení', 'Meno;Priezvisko', 'Ime;Priimek', 'Ime;Prezime'],
    ...[
      'Keresztnév;Vezetéknév',
      'Prenume;Nume',
      'Име;Фамилия',
      'Όνομα;Επώνυμο',
      'Adı;Soyadı',
      'Emri;Mbiemri'
    ],
    ...['Име;Презиме', 'Ім’я;Прізвище', 'Имя;Фамилия', 'სახელი;გვარი', 'Անուն;Ազգանուն', 'Isem;Kunjom'],
    ...['Ainm;Sloinne', 'Enw;Cyfenw', 'First name;Last name', 'Given name;Surname', 'Forename;Family name'],
    ...['Nome próprio;Apelido', 'Prénom de l’élève;Nom de l’élève', 'Nome dell’alunno;Cognome dell’alunno']
  ])('[TA9] %s', (header) => {
    expectRight(read(`${header}\nXab;Yor\nZun;Wek`), [
      ['Xab', 'Yor'],
      ['Zun', 'Wek']
    ]);
    const [given, family] = header.split(';');
    expectRight(read(`${family};${given}\nYor;Xab`), [['Xab', 'Yor']]);
  });
});

describe('lists that are read right', () => {
  test.each<[string, string, readonly (readonly [string, string])[]]>([
    ['two columns', 'Luz;Ferrer\nIker;Gil', [luz, iker]],
    ['two columns, family name first', 'Ferrer;Luz\nGil;Iker', [luz, iker]],
    ['a comma in each line', 'Ferrer, Luz\nGil, Iker', [luz, iker]],
    [
      'commas with and without a space',
      'ferrer,luz\ngil, iker',
      [
        ['luz', 'ferrer'],
        ['iker', 'gil']
      ]
    ],
    ['given name first before a comma', 'Luz, Ferrer\nIker, Gil', [luz, iker]],
    ['words', 'Luz Ferrer\nIker Gil', [luz, iker]],
    [
      'words, family names first',
      'Ferrer Oliva Luz\nGil Rey Iker',
      [
        ['Luz', 'Ferrer Oliva'],
        ['Iker', 'Gil Rey']
      ]
    ],
    ['a heading of one word', 'Alumno\nFerrer, Luz\nGil, Iker', [luz, iker]],
    ['a comma under a heading for names', 'Nombre y apellidos\nFerrer, Luz\nIker Gil', [luz, iker]],
    ['names with commas among other columns', 'Alumno,Grupo\nFerrer, Luz,2A\nGil, Iker,2B', [luz, iker]],
    ['Nom beside Prénom', 'Nom;Prénom\nFerrer;Luz', [luz]],
    ['three names of the parents', 'Nombre;Apellidos;Madre;Padre\nLuz;Ferrer;Eva;Jon', [luz]],
    [
      'two given names, two surnames',
      'Primer nombre;Segundo nombre;Primer apellido;Segundo apellido\nAna;Luz;Gil;Rey',
      [['Ana Luz', 'Gil Rey']]
    ],
    ['title lines', 'CEIP Duero\n\nListado de 2.º A\nApellidos;Nombre\nFerrer;Luz', [luz]],
    ['a numbered list', '1. Luz Ferrer\n2. Iker Gil', [luz, iker]],
    ['numbers with a bracket', '1) Ferrer, Luz\n2) Gil, Iker', [luz, iker]],
    ['dashes', '- Luz Ferrer\n- Iker Gil', [luz, iker]],
    ['dots', '• Luz Ferrer\n• Iker Gil', [luz, iker]],
    ['a column of numbers', '1\tFerrer\tLuz\n2\tGil\tIker', [luz, iker]],
    ['Nº', 'Nº;Alumno/a\n1;Ferrer, Luz\n2;Gil, Iker', [luz, iker]],
    ['bars', 'Nombre|Apellidos\nLuz|Ferrer\nIker|Gil', [luz, iker]],
    [
      'a table drawn with bars',
      '| Nombre | Apellidos |\n|---|---|\n| Luz | Ferrer |\n| Iker | Gil |',
      [luz, iker]
    ],
    ['Student holds numbers', 'Student;First name;Last name\nS0012;Luz;Ferrer\nS0013;Iker;Gil', [luz, iker]],
    ['Alumno holds numbers', 'Alumno;Nombre;Apellidos\n1001;Luz;Ferrer\n1002;Iker;Gil', [luz, iker]],
    ['several names in one line', 'Luz Ferrer, Iker Gil, Ana Rey', [luz, iker, ['Ana', 'Rey']]],
    ['several with semicolons', 'Ferrer, Luz; Gil, Iker', [luz, iker]],
    ['lines quoted whole', '"Apellidos,Nombre"\n"Ferrer,Luz"\n"Gil,Iker"', [luz, iker]],
    ['a quotation mark never closed', 'Luz;"Ferrer\nIker;Gil', [luz, iker]],
    ['one closed much later', 'Luz;"Ferrer\nIker;Gil"\nAna;Rey', [luz, iker, ['Ana', 'Rey']]],
    [
      'HTML',
      'Nombre;Apellidos\nN&uacute;ria;Mu&ntilde;oz\n&Aacute;ngel;O&#39;Brien',
      [
        ['Núria', 'Muñoz'],
        ['Ángel', "O'Brien"]
      ]
    ],
    [
      'encoded twice',
      'Nombre;Apellidos\nBegoÃ±a;MuÃ±oz\nÃngel;GarcÃ­a',
      [
        ['Begoña', 'Muñoz'],
        ['Ángel', 'García']
      ]
    ],
    ['accents for apostrophes', 'Nombre;Apellidos\nSe´an;O`Brien', [["Se'an", "O'Brien"]]],
    ['hyphens of all kinds', 'Nombre;Apellidos\nAna\u2011Luz;Cano – Robles', [['Ana-Luz', 'Cano-Robles']]],
    ['spaces without width', 'Nombre;Apellidos\nL\u200buz;\ufeffFer\u00adrer', [luz]],
    ['quotes around names', 'Nombre;Apellidos\n“Luz”;«Ferrer»', [luz]],
    [
      'M.ª',
      'Nombre;Apellidos\nM.ª José;Gil\nMª;Rey',
      [
        ['María José', 'Gil'],
        ['María', 'Rey']
      ]
    ],
    [
      'particles',
      'Nombre completo\nAna de la Torre Gil\nJan van der Berg\nMaría del Carmen Rey Gil',
      [
        ['Ana', 'de la Torre Gil'],
        ['Jan', 'van der Berg'],
        ['María del Carmen', 'Rey Gil']
      ]
    ],
    [
      'apostrophes for accents',
      "Nome;Cognome\nNicolo';De' Medici\nGIOSUE';DAPRA'\nRene’;D'Amico\n'Luz';Ferrer'",
      [
        ['Nicolò', "De' Medici"],
        ['GIOSUÈ', 'DAPRÀ'],
        ['René', "D'Amico"],
        ["'Luz'", "Ferrer'"]
      ]
    ],
    ['a joiner that the script needs', 'Nombre;Apellidos\nنیما;علی\u200cزاده', [['نیما', 'علی\u200cزاده']]]
  ])('[TA9, TA13, TA14, TA15, TA16] %s', (_, text, people) => expectRight(read(text), people));

  test('[TA9] headers in files that were joined are passed over, and told', () => {
    const reading = read('Apellidos;Nombre\nFerrer;Luz\nAPELLIDOS;NOMBRE\nGil;Iker');
    expectRight(reading, [luz, iker]);
    expect(reading.repeated).toBe(1);
  });

  test.each([
    ['Cano Robles, Ángel', false, 'Ángel', 'Cano Robles'],
    ['Ángel Cano', false, 'Ángel', 'Cano'],
    ['Ángel Cano Robles', false, 'Ángel', 'Cano Robles'],
    ['María José Núñez Peña', false, 'María José', 'Núñez Peña'],
    ['Ana María Gil', false, 'Ana María', 'Gil'],
    ['José Ortega y Gasset', false, 'José', 'Ortega y Gasset'],
    ['Juan de Dios Pérez Gil', false, 'Juan de Dios', 'Pérez Gil'],
    ['Núñez Peña María José', true, 'María José', 'Núñez Peña'],
    ['de la Torre Ruiz Luz', true, 'Luz', 'de la Torre Ruiz'],
    ['Kowalski Jan', true, 'Jan', 'Kowalski'],
    ['Madonna', false, 'Madonna', '']
  ])('[TA10] %s', (name, familyFirst, given, family) => {
    expect(splitName(name, familyFirst)).toEqual({ given, family });
  });

  test.each([
    ...[
      'Profesora',
      'Entrenador',
      'Tutor legal',
      'Coordinación',
      'Teacher',
      'Enseignante',
      'Lehrkraft',
      'Маэстро'
    ]
  ])('[TA11] %s is none of a pupil’s, and kept as it stands', (says) => {
    const [person] = read(`Nombre;Apellidos;Rol\nMarta;Sanz;${says}`).people;
    expect(person?.role).toEqual({ says, is: undefined });
  });

  test.each([
    ...[
      'Alumna',
      'alumno/a',
      'Estudiante',
      'Alumne',
      'Ikaslea',
      'Aluno',
      'Alunna',
      'Élève',
      'Schülerin',
      'Uczeń'
    ],
    ...['Μαθήτρια', 'Öğrenci', 'Elev', 'Pupil', 'Student', 'Miembro', 'Pupil administrator', '']
  ])('[TA11] %s is a pupil’s', (says) => {
    const [person] = read(`Nombre;Apellidos;Rol\nLuz;Ferrer;${says}`).people;
    expect(person?.role.is).toBe(says.includes('admin') ? 'pupil-admin' : 'pupil');
  });

  test.each([
    ...['1er. Apellido;2do. Apellido', '1º Apellido;2º Apellido', 'Primer apellido;Segundo apellido'],
    ...['Apellido paterno;Apellido materno', 'Apellido 1;Apellido 2', 'Primero apellido;Segundo apellido'],
    ...[
      'Apellido;Apellido',
      'Cognom 1;Cognom 2',
      '1.º apellido;2.º apellido',
      'Lehen abizena;Bigarren abizena'
    ]
  ])('[TA9] %s: the second surname is kept', (families) => {
    expectRight(read(`Nombre;${families}\nLuz;Ferrer;Oliva`), [['Luz', 'Ferrer Oliva']]);
  });
});

describe('lists that ask', () => {
  test('[TA13] rows that tell another order than the others are asked about, each with both readings', () => {
    const text = 'Luz Ferrer\nAna Gil\nRey Ada\nEva Puig';
    const reading = read(text);
    expect(asks(reading)).toEqual([undefined, undefined, 'order', undefined]);
    expect(reading.people[2]?.ask).toMatchObject({
      readings: [
        { given: 'Rey', family: 'Ada' },
        { given: 'Ada', family: 'Rey' }
      ]
    });
    const answered = read(text, { ...noChoices, rows: new Map([[2, 'family-first']]) });
    expectRight(answered, [luz, ['Ana', 'Gil'], ['Ada', 'Rey'], ['Eva', 'Puig']]);
  });

  test('[TA13] where nothing tells which half is the given name, that is asked once', () => {
    const text = 'Xab;Yor\nZun;Wek';
    const reading = read(text);
    expect([reading.asks, ...asks(reading)]).toEqual(['order', 'list', 'list']);
    expectRight(read(text, { ...noChoices, agreed: true }), [
      ['Xab', 'Yor'],
      ['Zun', 'Wek']
    ]);
    expectRight(read(text, { ...withSwap(noChoices, reading.columns), agreed: true }), [
      ['Yor', 'Xab'],
      ['Wek', 'Zun']
    ]);
  });

  test('[TA14] what one row has too much is told with it', () => {
    const reading = read('Ferrer, Luz\nGil, Iker, 2A\nRey, Ana');
    expect(asks(reading)).toEqual([undefined, 'order', undefined]);
    expect(reading.people[1]?.ask).toMatchObject({ over: '2A' });
  });

  test.each(['Foo;Bar', 'firstone;secondone', 'Clase de Marta;', '[x];[y]'])(
    '[TA12] %s: a first row that resembles no name is asked about',
    (first) => {
      const text = `${first}\nLuz;Ferrer\nAna;Rey\nIker;Gil`;
      expect(asks(read(text))).toEqual(['no-name', undefined, undefined, undefined]);
      const left = read(text, { ...noChoices, rows: new Map([[0, 'no-pupil']]) });
      expectRight(left, [luz, ['Ana', 'Rey'], iker]);
      expect(left.left).toHaveLength(1);
    }
  );

  test('[TA12] also before one pupil', () => {
    expect(asks(read('Foo;Bar\nLuz;Ferrer'))).toEqual(['no-name', undefined]);
  });

  test('[TA14] two whole names in a line of halves are asked about, never merged', () => {
    const text = 'Rey, Eva\nLuz Ferrer, Iker Gil\nSanz, Ada';
    const reading = read(text);
    expect(asks(reading)).toEqual([undefined, 'several', undefined]);
    expect(names(read(text, { ...noChoices, rows: new Map([[1, 'several']]) }))).toEqual([
      ...[['Eva', 'Rey'], luz, iker, ['Ada', 'Sanz']]
    ]);
  });

  test('[TA12] columns that were guessed are said, changed and swapped', () => {
    const text = 'Ferrer\tOliva\tLuz\nSalinas\tOro\tIker';
    const guessed = read(text);
    expectRight(read(text, { ...noChoices, agreed: true }), [
      ['Luz', 'Ferrer Oliva'],
      ['Iker', 'Salinas Oro']
    ]);
    const changed = { ...withField(noChoices, guessed.columns, 1, 'group'), agreed: true };
    const reading = read(text, changed);
    expectRight(reading, [luz, ['Iker', 'Salinas']]);
    expect(reading.people.map(({ group }) => group)).toEqual(['Oliva', 'Oro']);
    expect(names(read(text, withSwap(noChoices, guessed.columns)))[0]).toEqual(['Ferrer Oliva', 'Luz']);
  });

  test('[TA12] what is chosen for a column is of no other one, and no half stands beside a whole name', () => {
    const { columns } = read('Nombre;Apellidos;Otro\nLuz;Ferrer;x');
    const given = withField(noChoices, columns, 2, 'given');
    expect([...given.fields.values()]).toEqual([undefined, 'family', 'given']);
    const whole = withField(noChoices, columns, 2, 'name');
    expect([...whole.fields.values()]).toEqual([undefined, undefined, 'name']);
  });

  test('[TA14] lines that name nobody are told', () => {
    const reading = read('Nombre;Apellidos;Notas\nLuz;Ferrer;x\n;;sin nombre\nIker;Gil;');
    expectRight(reading, [luz, iker]);
    expect(reading.left).toEqual(['sin nombre']);
  });
});
