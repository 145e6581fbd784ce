import { decode } from './decode.ts';
import { delimiterIn } from './delimiter-in.ts';
import type { Encoding } from './encodings.ts';
import { unescapeFormula } from './formulas.ts';
import { unescapedLetters } from './html.ts';
import { tableLimits } from './limits.ts';
import { recordsOf } from './records.ts';
import { unreadable, type Unreadable } from './unreadable.ts';

/** A table as it was read: every row as long as it is, no row empty, no space at an end of a cell. */
export interface Table {
  readonly rows: readonly (readonly string[])[];
  /** What stands between the cells. */
  readonly delimiter: string;
  /** Most commas between two cells have a space behind them: as one writes "Cano Robles, Ángel". */
  readonly commaNames: boolean;
  readonly encoding: Encoding;
  /** The file does not say in which encoding it is (TA1). */
  readonly guessed: boolean;
}

/** Excel's own first line, which says what stands between the cells. */
const said = /^sep=(.)(?:\r\n|\n|\r)/i;

/**
 * TA1–TA5: the table in a file's bytes.
 *
 * @param chosen the encoding, where somebody said which one
 */
export function readTable(bytes: Uint8Array, chosen?: Encoding): Table | Unreadable {
  const decoded = decode(bytes, chosen);
  return 'unreadable' in decoded ? decoded : readDelimited(decoded.text, decoded);
}

/**
 * TA3–TA5: the table in a text: pasted from a spreadsheet (tabs), or with semicolons, bars or commas between the cells,
 * which is found out; cells may be quoted (RFC 4180).
 */
export function readDelimited(
  input: string,
  { encoding, guessed }: Pick<Table, 'encoding' | 'guessed'> = { encoding: 'utf-8', guessed: false }
): Table | Unreadable {
  if (input.length > tableLimits.bytes) return unreadable('too-large', { limit: tableLimits.bytes });
  const marked = unescapedLetters(input.replace(/^\ufeff/, ''));
  const own = said.exec(marked);
  const text = own ? marked.slice(own[0].length) : marked;
  const delimiter = own?.[1] ?? delimiterIn(text);
  const data = recordsOf(text, delimiter);
  const rows: string[][] = [];
  const second = data.flatMap(([, cell]) => cell ?? []);
  const spaced = second.filter((cell) => /^\s/.test(cell)).length;
  const commaNames = delimiter === ',' && spaced * 2 > second.length;
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
  return { rows, delimiter, commaNames, encoding, guessed };
}
