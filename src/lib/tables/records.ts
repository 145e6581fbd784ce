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
  const quoted = singlyQuoted(text, delimiter);
  if (quoted) return quoted;
  const { data, errors } = Papa.parse<string[]>(text, { delimiter, preview, skipEmptyLines: 'greedy' });
  const records = errors.some(({ type }) => type === 'Quotes') ? lineByLine(text, delimiter) : data;
  if (delimiter === '|') return withoutFrame(records);
  const whole =
    records.length > 1 && records.every(([cell = '', ...more]) => more.length === 0 && !/[\r\n]/.test(cell));
  if (!whole) return records;
  const inside = delimiterIn(records.flat().join('\n'));
  const parted = records.every(([cell = '']) => cell.includes(inside));
  return parted ? records.map(([cell = '']) => recordOf(cell, inside)) : records;
}

/** A cell in single quotation marks that close before the next cell alone: what stands inside is an apostrophe. */
const single = String.raw`['‘]((?:(?!['’] *(?:SIGN|$)).)*)['’]`;
const double = '"((?:[^"]|"")*)"';

/**
 * TA4: the cells of lines that are written in single quotation marks, as programs and databases do: those of each line
 * are quoted or have no mark where they begin, and most are; undefined: nobody wrote them so.
 */
function singlyQuoted(text: string, delimiter: string): readonly (readonly string[])[] | undefined {
  if (!/['‘]/.test(text)) return undefined;
  const sign = delimiter === '|' ? '\\|' : delimiter;
  const plain = `([^'"‘${sign}](?:(?!${sign}).)*|)`;
  const cell = new RegExp(` *(?:${single.replace('SIGN', sign)}|${double}|${plain}) *(?:(${sign})|$)`, 'uy');
  const records: string[][] = [];
  let [quoted, others] = [0, 0];
  for (const line of linesOf(text)) {
    const record: string[] = [];
    cell.lastIndex = 0;
    for (let more = true; more;) {
      const found = cell.exec(line);
      if (!found) return undefined;
      const [, marked, doubled, bare = '', next] = found;
      if (marked === undefined && bare !== '') others++;
      if (marked !== undefined) quoted++;
      const inside = marked?.replace(/''|\\'/g, "'") ?? doubled?.replaceAll('""', '"') ?? bare;
      record.push(inside.trim());
      more = next !== undefined;
    }
    records.push(record);
  }
  return records.length > 1 && quoted > others ? records.slice(0, preview) : undefined;
}

function linesOf(text: string): readonly string[] {
  return text.split(/\r\n|\n|\r/).filter((line) => line.trim() !== '');
}

function lineByLine(text: string, delimiter: string): readonly (readonly string[])[] {
  return linesOf(text)
    .slice(0, preview)
    .map((line) => recordOf(line, delimiter));
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
