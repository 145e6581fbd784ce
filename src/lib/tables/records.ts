import Papa from 'papaparse';
import { delimiterIn } from './delimiter-in.ts';
import { tableLimits } from './limits.ts';

/** A header and one row too many are read, to know that there is more. */
const preview = tableLimits.rows + 2;

/**
 * TA4, TA16: the cells of a text, line by line, as RFC 4180 has it; a quotation mark that is never closed, or closed
 * in the middle of a cell, is a sign like others and swallows no lines. Lines that are quoted whole are parted, too.
 */
export function recordsOf(text: string, delimiter: string): readonly (readonly string[])[] {
  const quoteChar = isQuotedSingly(text, delimiter) ? "'" : '"';
  const { data, errors } = Papa.parse<string[]>(text, {
    delimiter,
    preview,
    quoteChar,
    skipEmptyLines: 'greedy'
  });
  const records = errors.some(({ type }) => type === 'Quotes') ? lineByLine(text, delimiter) : data;
  if (delimiter === '|') return withoutFrame(records);
  const whole =
    records.length > 1 && records.every(([cell = '', ...more]) => more.length === 0 && !/[\r\n]/.test(cell));
  if (!whole) return records;
  const inside = delimiterIn(records.flat().join('\n'));
  const parted = records.every(([cell = '']) => cell.includes(inside));
  return parted ? records.map(([cell = '']) => recordOf(cell, inside)) : records;
}

/** Says whether each cell of each line stands in single quotation marks: nobody's name is written so. */
function isQuotedSingly(text: string, delimiter: string): boolean {
  const cell = "'[^']*'";
  const sign = delimiter === '|' ? '\\|' : delimiter;
  const line = new RegExp(`^${cell}(?:${sign}\\s?${cell})*$`);
  const lines = text.split(/\r\n|\n|\r/).filter((one) => one.trim() !== '');
  return lines.length > 1 && lines.every((one) => line.test(one.trim()));
}

function lineByLine(text: string, delimiter: string): readonly (readonly string[])[] {
  const lines = text.split(/\r\n|\n|\r/).filter((line) => line.trim() !== '');
  return lines.slice(0, preview).map((line) => recordOf(line, delimiter));
}

function recordOf(line: string, delimiter: string): readonly string[] {
  const { data, errors } = Papa.parse<string[]>(line, { delimiter });
  if (!errors.some(({ type }) => type === 'Quotes')) return data[0] ?? [];
  return line.replaceAll('"', '').split(delimiter);
}

/** A table drawn with bars has them at both ends of its lines, and one line of dashes. */
function withoutFrame(records: readonly (readonly string[])[]): readonly (readonly string[])[] {
  const drawn = records.filter((record) => record.some((cell) => !/^[\s:=+-]*$/.test(cell)));
  const framed = drawn.every((record) => record[0]?.trim() === '' && record.at(-1)?.trim() === '');
  return framed ? drawn.map((record) => record.slice(1, -1)) : drawn;
}
