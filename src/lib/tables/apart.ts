import type { ListChoices } from './choices.ts';
import type { Entry } from './entries.ts';
import { isWhole, type Field } from './field.ts';
import { severalIn, type Several } from './several.ts';
import { tidied } from './tidy.ts';

/** Where names stand in a row, and each pupil's part of every such cell. */
interface Parts {
  readonly is: Several['is'];
  readonly columns: readonly number[];
  readonly pupils: readonly (readonly string[])[];
}

/**
 * TA14: the rows below a header, those apart in which one cell names several pupils, or the cells of both halves have as
 * many lines: one a pupil, with all else that the row says. Where it is not sure that is asked.
 */
export function apart(
  entries: readonly Entry[],
  fields: readonly (Field | undefined)[],
  { rows }: ListChoices
): readonly Entry[] {
  return entries.flatMap((entry): readonly Entry[] => {
    const { is, columns, pupils } = partsOf(entry, fields);
    const said = rows.get(entry.row);
    if (is === 'no' || said === 'pupil') return [entry];
    if (is === 'maybe' && said !== 'several') {
      return [{ ...entry, ask: { is: 'several', names: pupils.map((parts) => parts.join(' ')) } }];
    }
    return pupils.map((parts, part) => {
      const own = (cells: readonly string[]): readonly string[] =>
        cells.map((cell, at) => (columns.includes(at) ? tidied(parts[columns.indexOf(at)] ?? '') : cell));
      return { ...entry, part, cells: own(entry.cells), raw: own(entry.raw) };
    });
  });
}

function partsOf({ raw }: Entry, fields: readonly (Field | undefined)[]): Parts {
  const whole = fields.findIndex(isWhole);
  if (whole >= 0) {
    const { names, is } = severalWithin(raw[whole] ?? '');
    return { is, columns: [whole], pupils: names.map((name) => [name]) };
  }
  const columns = [fields.indexOf('given'), fields.indexOf('family')];
  const [given = [], family = []] = columns.map((at) => linesOf(raw[at] ?? ''));
  const [least, most] = [Math.min(given.length, family.length), Math.max(given.length, family.length)];
  // Two lines each may be the two words of each half.
  const is = least < 2 ? 'no' : least > 2 && least === most ? 'sure' : 'maybe';
  const pupils = Array.from({ length: most }, (_, at) => [given[at] ?? '', family[at] ?? '']);
  return { is, columns, pupils };
}

/** Names in one cell: by its lines, by an *and*, or by commas that part more than the halves of one name. */
function severalWithin(cell: string): Several {
  const found = severalIn([cell], true);
  if (found.is !== 'no') return found;
  const parts = cell.split(/\s*,\s*/).filter((part) => part !== '');
  return parts.length > 1 ? severalIn(parts, parts.length > 2) : found;
}

function linesOf(cell: string): readonly string[] {
  return cell.split(/[\r\n]+/).filter((line) => line.trim() !== '');
}
