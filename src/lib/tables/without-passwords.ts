import Papa from 'papaparse';
import { headingOf } from './heading.ts';
import { readDelimited } from './read-table.ts';
import { readList } from './reading.ts';

/**
 * CL19: a list as it may be kept: the text as it is, or, where columns of it are of passwords, its cells without
 * these. Empty where it cannot be read: nobody knows then what stands in it.
 */
export function withoutPasswords(text: string): string {
  const table = readDelimited(text);
  if ('unreadable' in table) return '';
  const { columns } = readList(table);
  const secret = new Set(
    columns.flatMap(({ at, heading, field }) =>
      field === 'password' || headingOf(heading) === 'password' ? [at] : []
    )
  );
  if (secret.size === 0) return text;
  const rows = table.rows.map((row) => row.filter((_, at) => !secret.has(at)));
  return Papa.unparse(rows, { delimiter: table.delimiter, newline: '\n' });
}
