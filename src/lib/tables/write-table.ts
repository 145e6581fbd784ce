import Papa from 'papaparse';
import { formulaBeginning } from './formulas.ts';

/** TA6: what a spreadsheet in these conventions expects between cells: a semicolon where the decimal sign is a comma. */
export function delimiterOf(tag: string): ';' | ',' {
  const parts = new Intl.NumberFormat(tag).formatToParts(1.5);
  return parts.some(({ type, value }) => type === 'decimal' && value === ',') ? ';' : ',';
}

/**
 * TA6–TA8: a table as a spreadsheet opens it with a double click: UTF-8 with its mark, lines that end with CR LF, cells
 * quoted where they must be (RFC 4180), and nothing in them that it would compute.
 */
export function writeTable(
  rows: readonly (readonly string[])[],
  delimiter: ';' | ','
): Uint8Array<ArrayBuffer> {
  const text = Papa.unparse(rows as string[][], {
    delimiter,
    newline: '\r\n',
    // Whatever could be taken for a delimiter is quoted, so that a reader finds out which one is.
    quotes: (cell) => /[\t;,|]/.test(String(cell)),
    escapeFormulae: formulaBeginning
  });
  return new TextEncoder().encode(`\ufeff${text}\r\n`);
}
