import { describe, expect, test } from 'vitest';
import { noChoices, type RowAnswer } from '#lib/tables/choices.ts';
import { readDelimited, type Table } from '#lib/tables/read-table.ts';
import { readList, type Reading } from '#lib/tables/reading.ts';
import { roleOf } from '#lib/tables/role-of.ts';
import type { Unreadable } from '#lib/tables/unreadable.ts';

/** Lists as people put them together: from two files, with a line for the teacher, with what the header does not say. */
function read(text: string, rows: ReadonlyMap<number, RowAnswer> = new Map()): Reading {
  const table: Table | Unreadable = readDelimited(text);
  if ('unreadable' in table) throw new Error(table.unreadable);
  return readList(table, { ...noChoices, rows });
}

/** Given name, family name, and what is asked. */
const says = ({ people }: Reading): readonly string[] =>
  people.map(({ given, family, ask }) => `${given}|${family}${ask ? ` ?${ask.is}` : ''}`);

const [luz, iker, ana] = ['Luz|Ferrer', 'Iker|Gil', 'Ana|Rey'];

describe('lines that name no pupil, wherever they stand', () => {
  test.each([
    ...[
      'Firma del tutor',
      'Profesora Marta Sanz',
      'Tutora Marta Sanz',
      'Maestro: Jon Sanz',
      'Teacher Ms Smith'
    ],
    ...[
      'Sra. Marta Sanz',
      'Dña. Marta Sanz',
      'Mrs Smith',
      'Clase B',
      'Segundo B',
      'Grupo azul',
      'Total alumnos'
    ],
    ...['En Madrid a 3 de mayo', 'Página 2', 'Ana Gil 2B', 'Curso siguiente', 'Alumnos nuevos']
  ])('[TA14] %s is asked about', (line) => {
    const text = `Luz Ferrer\nIker Gil\n${line}\nAna Rey`;
    expect(says(read(text))).toEqual([luz, iker, expect.stringMatching(/ \?(?:no-name|order)$/), ana]);
    expect(says(read(text, new Map([[2, 'no-pupil']])))).toEqual([luz, iker, ana]);
    expect(says(read(`${line}\nLuz Ferrer\nIker Gil\nAna Rey`)).slice(-3)).toEqual([luz, iker, ana]);
  });

  test('[TA14] under a header, too; whoever is said to be a pupil is asked the rest', () => {
    const text = 'Nombre;Apellidos\nLuz;Ferrer\nPágina 1 de 2;\nIker;Gil';
    expect(says(read(text))).toEqual([luz, 'Página|1 de 2 ?no-name', iker]);
    expect(says(read(text, new Map([[2, 'pupil']])))[1]).toBe('Página|1 de 2 ?order');
  });

  test('[TA14] a number behind the name of a few is told with it, and is no part of it', () => {
    expect(says(read('Ferrer, Luz\nGil, Iker - 2B\nRey, Ana'))[1]).toMatch(/\?no-name$/);
  });
});

describe('several in one line', () => {
  test.each([
    'Luz Ferrer, Iker Gil y Ana Rey',
    'Luz Ferrer, Iker Gil, y Ana Rey',
    'Luz Ferrer, Iker Gil and Ana Rey',
    'Luz Ferrer, Iker Gil et Ana Rey',
    'Luz Ferrer,\nIker Gil y\nAna Rey',
    'Luz Ferrer y Iker Gil\nAna Rey',
    'Luz Ferrer & Iker Gil\nAna Rey'
  ])('[TA14] %j', (text) => expect(says(read(text))).toEqual([luz, iker, ana]));

  test('[TA10, TA14] a family name of two halves is no second pupil', () => {
    expect(says(read('José Ortega y Gasset\nAna Costa e Silva\nLuz Puig i Cadafalch'))).toEqual([
      'José|Ortega y Gasset',
      'Ana|Costa e Silva',
      'Luz|Puig i Cadafalch'
    ]);
  });
});

describe('files that were joined', () => {
  test('[TA9] a header with its columns in another order counts for the rows below it', () => {
    const reading = read('Apellidos;Nombre\nFerrer;Luz\nNombre;Apellidos\nIker;Gil');
    expect(says(reading)).toEqual([luz, iker]);
    expect(reading.repeated).toBe(1);
  });

  test('[TA9] and so does one that has more columns, or other words for them', () => {
    const reading = read(
      'Apellidos;Nombre\nFerrer;Luz\nFirst name;Last name;Class;E-mail\nIker;Gil;2A;i@x.example'
    );
    expect(says(reading)).toEqual([luz, iker]);
    expect(reading.people.map(({ group }) => group)).toEqual(['', '2A']);
    expect(reading.columns.filter(({ field }) => !field).map(({ heading }) => heading)).toEqual(['E-mail']);
  });

  test('[TA9] two classes side by side are two pupils a line', () => {
    const text = 'Nombre;Apellidos;;Nombre;Apellidos\nLuz;Ferrer;;Iker;Gil\nAna;Rey;;;';
    expect(says(read(text))).toEqual([luz, iker, ana]);
    const group = 'Alumno;Grupo;Alumno;Grupo\nFerrer, Luz;2A;Grupo azul;2B\nGil, Iker;2A;Rey, Ana;2B';
    expect(says(read(group, new Map([[2, 'no-pupil']])))).toEqual([luz, iker, ana]);
  });

  test('[TA11] who is whose mother is no role of the pupil', () => {
    const { people } = read('Nombre;Apellidos;Familiar\nLuz;Ferrer;Madre\nIker;Gil;Padre');
    expect(people.map(({ role }) => role.is)).toEqual(['pupil', 'pupil']);
  });

  test('[TA9] a header of two lines, the second one more exact', () => {
    const reading = read('Alumno;;Grupo\nApellidos;Nombre;\nFerrer;Luz;2A\nGil;Iker;2A');
    expect(says(reading)).toEqual([luz, iker]);
    expect(reading.people.map(({ group }) => group)).toEqual(['2A', '2A']);
  });
});

describe('what the header does not say', () => {
  test.each([
    ['Nombre;Apellidos\nLuz;Ferrer;Oliva\nIker;Gil'],
    ['Nombre;Apellidos;Grupo\nLuz;Ferrer;Oliva;2A\nIker;Gil;Rey;2A'],
    ['Nombre,Apellidos\nLuz,Ferrer, Oliva']
  ])(
    '[TA12] %j: cells beyond it keep everybody from being ready until somebody said what they are',
    (text) => {
      expect(read(text).asks).toBe('columns');
    }
  );

  test.each([
    ...[
      'Luz Ferrer (2A)\nIker Gil (2B)',
      'Luz Ferrer 7 años\nIker Gil 8 años',
      'Luz Ferrer <l@x.example>\nIker Gil'
    ],
    ...['FERRER OLIVA   LUZ   2A\nGIL REY   IKER   2A', 'Ferrer/Luz\nGil/Iker', 'luz.ferrer.1\niker.gil.2']
  ])('[TA12] %j: names with more in their cells are shown, and asked about', (text) => {
    const reading = read(text);
    expect([reading.asks, reading.people.length]).toEqual(['columns', 2]);
  });

  test.each([
    ['Nombre;Apellidos\nFerrer;Luz\nGil;Iker\nRey;Ana'],
    ['Nombre y apellidos\nFerrer Oliva Luz\nGil Rey Iker'],
    ['First name,Last name\nFerrer,Luz\nGil,Iker\nZyb,Xor']
  ])('[TA13] %j: a header that the names below it speak against is asked about', (text) => {
    expect(read(text).asks).toBe('order');
  });

  test('[TA13] one family name that is a given name elsewhere is none of that', () => {
    expect(read('Nombre;Apellidos\nKyllian;Thomas\nLuz;Ferrer').asks).toBeUndefined();
  });

  test('[TA13] a row in which the cells stand the other way is asked about', () => {
    expect(says(read('Nombre,Apellidos,Grupo\nLuz,Ferrer Oliva,2A\nGil Rey, Iker,2A\nAna,Rey,2A'))).toEqual([
      ...['Luz|Ferrer Oliva', 'Gil Rey|Iker ?order', 'Ana|Rey']
    ]);
  });

  test('[TA13] a whole name in a cell for given names is asked about', () => {
    expect(says(read('Nombre;Apellidos\nLuz;Ferrer\nIker Gil;\nAna;Rey'))).toEqual([
      luz,
      'Iker|Gil ?order',
      ana
    ]);
  });

  test('[TA13] a dash between the halves of a name parts them, one inside of a family name does not', () => {
    expect(says(read('Ferrer - Luz\nGil - Iker'))).toEqual([luz, iker]);
    expect(says(read('Ferrer Oliva – Luz\nGil Rey – Iker'))).toEqual(['Luz|Ferrer Oliva', 'Iker|Gil Rey']);
    expect(says(read('Ana Cano - Robles\nIker Gil - Rey'))).toEqual(['Ana|Cano-Robles', 'Iker|Gil-Rey']);
    expect(read('Xab - Yor\nZun - Wek').asks).toBe('order');
  });

  test('[TA9] two words for the family name are no two surnames', () => {
    const reading = read('Nom d’usage;Nom de famille;Prénom\nFERRER;OLIVA;Luz');
    expect(says(reading)).toEqual(['Luz|FERRER']);
    expect(reading.columns.filter(({ field }) => !field).map(({ heading }) => heading)).toEqual([
      'Nom de famille'
    ]);
  });

  test('[TA13] the half in capitals is the family name', () => {
    expect(says(read('ZYBEK Xorin\nVUTRON Qual\nTHOMAS Kyll'))).toEqual([
      'Xorin|ZYBEK',
      'Qual|VUTRON',
      'Kyll|THOMAS'
    ]);
    expect(says(read('Élève;Classe\nZYBEK Xorin;6A\nDE LA VUT Qual;6A'))).toEqual([
      'Xorin|ZYBEK',
      'Qual|DE LA VUT'
    ]);
    expect(says(read('Xorin ZYBEK\nQual VUTRON'))).toEqual(['Xorin|ZYBEK', 'Qual|VUTRON']);
  });

  test('[TA9] a whole name beside its own family name is whole', () => {
    expect(says(read('Nombre completo;Apellidos\nLuz Ferrer Oliva;Ferrer Oliva\nAna Gil;Gil'))).toEqual([
      'Luz|Ferrer Oliva',
      'Ana|Gil'
    ]);
    expect(says(read('Nombre completo;Apellidos\nLuz Eva;Ferrer\nAna;Gil'))).toEqual([
      'Luz Eva|Ferrer',
      'Ana|Gil'
    ]);
  });

  test('[TA9] the Dutch word between given and family name is not lost', () => {
    const text = 'Achternaam;Tussenvoegsel;Voornaam;Klas\nBerg;van der;Jan;2A\nBakker;;Sem;2A';
    expect(says(read(text))).toEqual(['Jan|van der Berg', 'Sem|Bakker']);
    expect(says(read('Roepnaam;Tussenv.;Achternaam\nJan;de;Vries'))).toEqual(['Jan|de Vries']);
  });

  test.each([
    ['Apelidos e nome;Unidade\nFerrer Oliva, Luz;2A', 'Luz|Ferrer Oliva'],
    ['Nr. crt.;Numele și prenumele;Clasa\n1;Ferrer Luz;2A', 'Luz|Ferrer'],
    ['Nr. crt.;Numele;Inițiala tatălui;Prenumele\n1;Ferrer;M;Luz', luz],
    ['Legal Surname,Legal Forename,Preferred Forename,Reg\nFerrer,Luz,Lu,2B', luz],
    [
      'person_id,first_name,middle_name,last_name,grade_level,email_address,sis_username\n1,Luz,,Ferrer,2,l@x.example,lf',
      luz
    ],
    ['NOM DE NAISSANCE;PRENOM(S);NE(E) LE;NIVEAU\nFerrer;Luz;12/03/2015;CE1', luz],
    ['Pr.;Alunno;Data di nascita\n1;FERRER LUZ;12/03/2015\n2;GIL IKER;13/03/2015', 'LUZ|FERRER'],
    ['Orden;Alumno/a;Fecha nac.;Nº Exp.\n1;Ferrer Oliva, Luz;12/03/2015;123', 'Luz|Ferrer Oliva'],
    ['Презиме и име;Одељење\nПетровић Ана;2-1\nЈовић Милица;2-1', 'Ана|Петровић'],
    ['Elevnavn;Klasse\nNordmann, Kari;2A', 'Kari|Nordmann'],
    ['Jrk;Ees- ja perekonnanimi;Klass\n1;Luz Ferrer;2A', luz],
    ['ФИО;Класс\nИванов Иван Иванович;2А', 'Иван Иванович|Иванов'],
    ['Tanuló neve;Osztály\nZsombory Xunde;2.a', 'Xunde|Zsombory']
  ])('[TA9] %j', (text, first) => {
    const reading = read(text);
    expect([reading.asks, says(reading)[0]]).toEqual([undefined, first]);
  });
});

describe('lines that begin with a sign', () => {
  test.each([
    ...['[ ] Luz Ferrer\n[x] Iker Gil', '- [ ] Luz Ferrer\n- [x] Iker Gil', '☐ Luz Ferrer\n☑ Iker Gil'],
    ...[
      'a) Luz Ferrer\nb) Iker Gil',
      '#1 Luz Ferrer\n#2 Iker Gil',
      '(1) Luz Ferrer\n(2) Iker Gil',
      '✓ Luz Ferrer\n✓ Iker Gil'
    ],
    ...['→ Luz Ferrer\n→ Iker Gil', 'nº 1 Luz Ferrer\nnº 2 Iker Gil']
  ])('[TA14] %j', (text) => expect(says(read(text))).toEqual([luz, iker]));
});

describe('roles', () => {
  test.each([
    ...['Madre de alumno', 'Tutor del alumno', 'Profesora de alumnos', 'student teacher', 'Student support'],
    ...[
      'Parent of pupil',
      'Schülervertretungslehrer',
      'Elternteil Schüler',
      'Mère d’élève',
      'Uczniowski opiekun'
    ]
  ])('[TA11] %s is none of a pupil’s, though a pupil is in the word', (says) => {
    expect(roleOf(says).is).toBeUndefined();
  });

  test.each(['Alumno (miembro)', 'Student / member', 'alumno/a', 'Alumnado', 'Alumno de 2.º A', 'Eleve'])(
    '[TA11] %s is a pupil’s',
    (says) => expect(roleOf(says).is).toBe('pupil')
  );

  test.each(['Perfil', 'Cargo', 'Puesto', 'Zzz', ''])(
    '[TA11] a column called “%s” that holds roles holds roles',
    (heading) => {
      const head = heading === '' ? '' : `Nombre;Apellidos;${heading}\n`;
      const { people } = read(`${head}Luz;Ferrer;Alumna\nIker;Gil;Alumno\nMarta;Sanz;Profesora`);
      expect(people.map(({ role }) => role.is)).toEqual(['pupil', 'pupil', undefined]);
    }
  );
});
