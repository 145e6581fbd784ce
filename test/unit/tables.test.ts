import { describe, expect, test } from 'vitest';
import { alternativesFor } from '#lib/tables/alternatives.ts';
import { decode } from '#lib/tables/decode.ts';
import type { Encoding } from '#lib/tables/encodings.ts';
import { tableLimits } from '#lib/tables/limits.ts';
import { readDelimited, readTable, type Table } from '#lib/tables/read-table.ts';
import type { Unreadable, UnreadableCode } from '#lib/tables/unreadable.ts';
import { delimiterOf, writeTable } from '#lib/tables/write-table.ts';
import { bytesIn } from '../support/encode.ts';

const bytes = (...codes: number[]): Uint8Array => new Uint8Array(codes);
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

function utf16(text: string, littleEndian: boolean): Uint8Array {
  const view = new DataView(new ArrayBuffer(text.length * 2));
  for (let at = 0; at < text.length; at++) view.setUint16(at * 2, text.charCodeAt(at), littleEndian);
  return new Uint8Array(view.buffer);
}

/** Latin-1 letters stand in Windows-1252 at their own numbers. */
const windows1252 = (text: string): Uint8Array => bytes(...[...text].map((sign) => sign.charCodeAt(0)));

function rowsOf(table: Table | Unreadable): readonly (readonly string[])[] {
  if ('unreadable' in table) throw new Error(table.unreadable);
  return table.rows;
}

describe('bytes', () => {
  const list = 'Nombre;Apellidos\r\nBegoña;Núñez Peña\r\n';
  const rows = [
    ['Nombre', 'Apellidos'],
    ['Begoña', 'Núñez Peña']
  ];

  test.each([
    ['UTF-8', utf8(list), 'utf-8'],
    ['UTF-8 with its mark', utf8(`\ufeff${list}`), 'utf-8'],
    ['UTF-16 LE with its mark', utf16(`\ufeff${list}`, true), 'utf-16le'],
    ['UTF-16 BE with its mark', utf16(`\ufeff${list}`, false), 'utf-16be'],
    ['UTF-16 LE without', utf16(list, true), 'utf-16le'],
    ['UTF-16 BE without', utf16(list, false), 'utf-16be'],
    ['Windows-1252', windows1252(list), 'windows-1252']
  ])('[TA1] %s', (_, file, encoding) => {
    expect(decode(file)).toMatchObject({ encoding });
    expect(rowsOf(readTable(file))).toEqual(rows);
  });

  test('[TA1] Greek and Polish in UTF-16 without a mark', () => {
    const text = 'Ελένη;Παπαδοπούλου\nŁukasz;Żółkiewski\n';
    for (const little of [true, false]) {
      expect(rowsOf(readTable(utf16(text, little)))).toEqual([
        ['Ελένη', 'Παπαδοπούλου'],
        ['Łukasz', 'Żółkiewski']
      ]);
    }
  });

  test.each<[string, Uint8Array, UnreadableCode]>([
    ['nothing', bytes(), 'empty'],
    ['a workbook (xlsx, ods)', bytes(0x50, 0x4b, 3, 4, 20, 0, 6, 0), 'spreadsheet'],
    ['an old workbook (xls)', bytes(0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1), 'spreadsheet'],
    ['a picture (PNG)', bytes(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13), 'binary'],
    ['zeros among the letters', utf8('Ana;García\0\0\0;x'), 'binary'],
    ['control signs', utf8('Ana;García\u0007'), 'binary']
  ])('[TA2] %s', (_, file, unreadable) => {
    expect(readTable(file)).toEqual({ unreadable });
  });

  const spanish = 'Nombre;Apellidos\nBegoña;Muñoz\nÁngel;García';
  const polish = 'Małgorzata;Dąbrowska\nŁukasz;Żółkiewski';
  test.each<[string, Encoding]>([
    ...(['windows-1252', 'cp850', 'macintosh'] as const).flatMap((encoding): [string, Encoding][] => [
      [spanish, encoding],
      ['Luz;Muñoz', encoding],
      ['José;Gil', encoding],
      ['João;Simões\nInês;Conceição', encoding],
      ['Hélène;Lefèvre\nFrançois;Bézier', encoding],
      ['Jürgen;Müller\nJörg;Weiß', encoding],
      ['Núria;Solà\nÈlia;Güell', encoding],
      ['Niccolò;Cantù', encoding],
      ['Øyvind;Sørensen\nÅse;Bø', encoding],
      ['Chloë;Daniël', encoding]
    ]),
    ['Guðrún;Sigurðardóttir\nÞórður;Jónsson\nÝmir;Ægisson', 'windows-1252'],
    ['Şükrü;Yıldız\nİbrahim;Doğan\nÇağla;Öztürk', 'windows-1254'],
    ['Ayşe;Kaya\nElif;Işık', 'windows-1254'],
    ['Rūta;Žukauskienė\nŠarūnas;Jankauskas\nEglė;Paukštytė', 'windows-1257'],
    ['Jānis;Bērziņš\nLīga;Kalniņa\nĢirts;Ozoliņš', 'windows-1257'],
    ['Jürgen;Müller\nÕnne;Pärnänen', 'windows-1252'],
    ['Ana;O’Brien', 'windows-1252'],
    ...(['windows-1250', 'iso-8859-2'] as const).flatMap((encoding): [string, Encoding][] => [
      [polish, encoding],
      ['Jan;Gdański', encoding],
      ['Jiří;Dvořák\nTomáš;Novák\nŽofie;Růžičková', encoding],
      ['Ivana;Kovačić\nŽeljko;Šimić', encoding],
      ['Erzsébet;Erdős\nGyörgy;Kőváry', encoding],
      ['Cătălin;Bălan\nIoana;Munteanu', encoding],
      ['Ľubica;Hraško', encoding]
    ]),
    ...(['windows-1253', 'iso-8859-7'] as const).map((encoding): [string, Encoding] => [
      ...(['Ελένη;Παπαδοπούλου\nΆννα;Ξυδάκη', encoding] as const)
    ]),
    ['Имя;Фамилия\nИван;Петров\nЕлена;Кузнецова', 'windows-1251'],
    ['Олена;Шевченко\nІгор;Коваленко', 'windows-1251'],
    ['Георги;Димитров\nЙорданка;Стоянова', 'windows-1251']
  ])('[TA1] %j in %s', (text, encoding) => {
    expect(decode(bytesIn(text, encoding))).toMatchObject({ text, guessed: true });
  });

  test('[TA1] one stray byte does not spoil the other accents', () => {
    const bytes = utf8('Begoña;Núñez\nÁngel;Garc#a');
    bytes[bytes.indexOf('#'.charCodeAt(0))] = 0xed;
    expect(decode(bytes)).toMatchObject({ text: 'Begoña;Núñez\nÁngel;Garc\ufffda', encoding: 'utf-8' });
  });

  test('[TA17] words of a file as each encoding reads them, those that make the same of them once', () => {
    const found = alternativesFor(bytesIn(spanish, 'windows-1252'), 'windows-1252');
    expect(found[0]).toEqual({ encoding: 'windows-1252', sample: 'Begoña, Muñoz, Ángel' });
    expect(found.find(({ encoding }) => encoding === 'windows-1250')?.sample).toBe('Begońa, Muńoz, Ángel');
    expect(new Set(found.map(({ sample }) => sample)).size).toBe(found.length);
    const chosen = readTable(bytesIn(spanish, 'windows-1252'), 'windows-1250');
    expect(rowsOf(chosen)[1]).toEqual(['Begońa', 'Muńoz']);
  });

  test('[TA2] chance is never taken for a list', () => {
    let seed = 7;
    const chance = new Uint8Array(64 * 1024).map(
      () => (seed = (seed * 1103515245 + 12345) & 0x7fffffff) >> 16
    );
    expect(readTable(chance)).toEqual({ unreadable: 'binary' });
  });
});

describe('cells', () => {
  test.each([
    ['tab, as pasted', 'Ana\tGarcía López\nLuis\tPérez'],
    ['semicolon', 'Ana;García López\r\nLuis;Pérez\r\n'],
    ['comma', 'Ana,García López\nLuis,Pérez\n'],
    ['bar', 'Ana|García López\nLuis|Pérez\n'],
    ['what Excel says', 'sep=|\r\nAna|García López\r\nLuis|Pérez'],
    ['lines that end as on an old Mac', 'Ana;García López\rLuis;Pérez']
  ])('[TA3] %s', (_, text) => {
    expect(rowsOf(readDelimited(text))).toEqual([
      ['Ana', 'García López'],
      ['Luis', 'Pérez']
    ]);
  });

  test('[TA3] a semicolon in use is not beaten by commas inside the cells', () => {
    expect(rowsOf(readDelimited('Alumno;Curso\nCano, Ángel;5.º, A\nPuig, Eva;5.º, B'))).toEqual([
      ['Alumno', 'Curso'],
      ['Cano, Ángel', '5.º, A'],
      ['Puig, Eva', '5.º, B']
    ]);
  });

  test('[TA4] quoted cells, and lines with nothing in them', () => {
    const text = 'a;"b;c";"d ""e"""\r\n\r\n ; ;\r\n"f\r\ng";h;i\r\n';
    expect(rowsOf(readDelimited(text))).toEqual([
      ['a', 'b;c', 'd "e"'],
      ['f\r\ng', 'h', 'i']
    ]);
  });

  test('[TA5] 50 MB, 10 000 columns, too many rows, a quotation mark that is never closed: each is refused', () => {
    const codes = [
      readTable(new Uint8Array(50 * 1024 * 1024)),
      readDelimited('Ana;García\n'.repeat(1_000_000)),
      readDelimited(Array.from({ length: 10_000 }, (_, at) => `c${at}`).join(';')),
      readDelimited('Ana;García\n'.repeat(tableLimits.rows + 2)),
      readDelimited(`Ana;"García\n${'Luis;Pérez\n'.repeat(5_000)}`),
      readDelimited(`Ana;García\n${'x'.repeat(4_000_000)}`)
    ];
    expect(codes).toEqual([
      { unreadable: 'too-large', limit: tableLimits.bytes },
      { unreadable: 'too-large', limit: tableLimits.bytes },
      { unreadable: 'too-many-columns', limit: tableLimits.columns, line: 1 },
      { unreadable: 'too-many-rows', limit: tableLimits.rows },
      { unreadable: 'too-many-rows', limit: tableLimits.rows },
      { unreadable: 'cell-too-long', limit: tableLimits.cell, line: 2 }
    ]);
  });

  test('[TA5] as many rows as may be are read, with a header too', () => {
    const list = `Nombre;Apellidos\n${'Ana;García\n'.repeat(tableLimits.rows)}`;
    expect(rowsOf(readDelimited(list)).length).toBe(tableLimits.rows + 1);
  });

  test.each(['', '\n\n', ' \t \n\t'])('[TA4] nothing at all is no list: %j', (text) => {
    expect(readDelimited(text)).toEqual({ unreadable: 'empty' });
  });
});

describe('writing', () => {
  const text = (file: Uint8Array): string => new TextDecoder('utf-8', { ignoreBOM: true }).decode(file);

  test('[TA6] UTF-8 with its mark, CR LF, the delimiter of the language', () => {
    const rows = [
      ['a', 'b'],
      ['ñ', 'c;d']
    ];
    expect(text(writeTable(rows, ';'))).toBe('\ufeffa;b\r\nñ;"c;d"\r\n');
    expect(text(writeTable(rows, ','))).toBe('\ufeffa,b\r\nñ,"c;d"\r\n');
    expect(['es-ES', 'de', 'el', 'tr', 'pl', 'en-GB', 'en-US'].map(delimiterOf)).toEqual([
      ...[';', ';', ';', ';', ';', ',', ',']
    ]);
  });

  test.each(['=cmd()', '+1', '-1', '@SUM(A1)', '\tx', '\rx', '=HYPERLINK("http://x";"y")', '＝1'])(
    '[TA8] a spreadsheet computes nothing of %j, and reading gives it back',
    (cell) => {
      const file = writeTable([['x', cell]], ';');
      expect(text(file)).toContain(`'${cell.slice(0, 2).replace('"', '""')}`);
      expect(rowsOf(readTable(file))).toEqual([['x', cell.trim()]]);
    }
  );

  test('[TA8] an apostrophe that was there stays, before a formula too', () => {
    const rows = [["'hola", "'=1", "''=1", "D'Ors", "'"]];
    expect(rowsOf(readTable(writeTable(rows, ';')))).toEqual(rows);
  });
});
