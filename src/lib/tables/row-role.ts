import type { Field } from './field.ts';
import { flagIn, rolesByFlag } from './role-flags.ts';
import { rolesIn, type ListedRole } from './role-of.ts';

/**
 * TA11: the role of each row, by all columns that say something of it: where one of them says none of a pupil's the others
 * make none.
 */
export function rolesOf(
  header: readonly string[],
  fields: readonly (Field | undefined)[],
  rows: readonly (readonly string[])[]
): (cells: readonly string[]) => ListedRole {
  const columns = fields.flatMap((field, at) => {
    if (field !== 'role') return [];
    const [heading, cells] = [header[at] ?? '', rows.map((row) => row[at] ?? '')];
    const flag = flagIn(heading, cells);
    return [{ at, roleOf: flag ? rolesByFlag(flag, heading, cells) : rolesIn(cells) }];
  });
  return (cells) => {
    const roles = columns.map(({ at, roleOf }) => roleOf(cells[at] ?? ''));
    return (
      roles.find(({ is }) => is === undefined) ??
      roles.find(({ is }) => is === 'pupil-admin') ??
      roles[0] ?? { says: '', is: 'pupil' }
    );
  };
}
