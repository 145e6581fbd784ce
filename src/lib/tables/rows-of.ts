import Papa from 'papaparse';
import type { Table } from './read-table.ts';
import type { Rows } from './columns.ts';

/**
 * TA16: the rows of a table with one pupil a line: a cell over several lines, as an unclosed quotation mark makes one, is
 * parted again where the lines have cells of their own, or where the table has one column only.
 */
export function rowsOf({ rows, delimiter }: Table): Rows {
  const narrow = rows.every((row) => row.length === 1);
  return rows.flatMap((row) => {
    const swallowed = row.some((cell) => /[\r\n]/.test(cell) && (narrow || cell.includes(delimiter)));
    if (!swallowed) return [row];
    const text = row.join(delimiter).replaceAll('"', '');
    const { data } = Papa.parse<string[]>(text, { delimiter, quoteChar: '\0', skipEmptyLines: 'greedy' });
    return data.map((cells) => cells.map((cell) => cell.trim()));
  });
}
