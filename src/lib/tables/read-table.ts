import Papa from 'papaparse';
import { decode, type Decoded } from './decode.ts';
import { delimiterIn } from './delimiter-in.ts';
import { unescapeFormula } from './formulas.ts';
import { tableLimits } from './limits.ts';
import { unreadable, type Unreadable } from './unreadable.ts';

/** A table as it was read: every row as long as it is, no row empty, no space at an end of a cell. */
export interface Table {
  readonly rows: readonly (readonly string[])[];
  /** Every comma between two cells has a space behind it: as one writes "Cano Robles, Ángel". */
  readonly commaNames: boolean;
  readonly encoding: Decoded['encoding'];
}

/** Excel's own first line, which says what stands between the cells. */
const said = /^sep=(.)(?:\r\n|\n|\r)/i;

/** TA1–TA5: the table in a file's bytes. */
export function readTable(bytes: Uint8Array): Table | Unreadable {
  const decoded = decode(bytes);
  return 'unreadable' in decoded ? decoded : readDelimited(decoded.text, decoded.encoding);
}

/**
 * TA3–TA5: the table in a text: pasted from a spreadsheet (tabs), or with semicolons or commas between the cells,
 * which is found out; cells may be quoted (RFC 4180).
 */
export function readDelimited(input: string, encoding: Decoded['encoding'] = 'utf-8'): Table | Unreadable {
  if (input.length > tableLimits.bytes) return unreadable('too-large', { limit: tableLimits.bytes });
  const marked = input.replace(/^\ufeff/, '');
  const own = said.exec(marked);
  const text = own ? marked.slice(own[0].length) : marked;
  const delimiter = own?.[1] ?? delimiterIn(text);
  const { data } = Papa.parse<string[]>(text, {
    delimiter,
    // A header and one row too many are read, to know that there is more.
    preview: tableLimits.rows + 2,
    skipEmptyLines: 'greedy'
  });
  const rows: string[][] = [];
  const commaNames =
    delimiter === ',' && data.every(([, second = ' ', third]) => /^\s/.test(second) && !third);
  for (const [at, record] of data.entries()) {
    if (record.length > tableLimits.columns) {
      return unreadable('too-many-columns', { limit: tableLimits.columns, line: at + 1 });
    }
    if (record.some((cell) => cell.length > tableLimits.cell)) {
      return unreadable('cell-too-long', { limit: tableLimits.cell, line: at + 1 });
    }
    rows.push(record.map((cell) => unescapeFormula(cell).trim()));
  }
  if (rows.length === 0) return unreadable('empty');
  if (rows.length > tableLimits.rows + 1) {
    return unreadable('too-many-rows', { limit: tableLimits.rows });
  }
  return { rows, commaNames, encoding };
}
