/** Everything that a column may be of, in the order in which it is offered. */
export const fields = [
  ...(['given', 'given2', 'family', 'family2', 'name', 'name-family-first'] as const),
  ...(['username', 'password', 'display', 'role', 'level', 'group'] as const)
] as const;

/**
 * What a column is of: `given2` and `family2` go on with the first of their kind; `name` and `name-family-first` hold
 * whole names; `level` stands before the group.
 */
export type Field = (typeof fields)[number];

/** The fields of which a name is made. */
export const nameFields: ReadonlySet<Field> = new Set(fields.slice(0, 6));

/** Says whether something is a whole name. */
export function isWhole(field: string | undefined): field is 'name' | 'name-family-first' {
  return field === 'name' || field === 'name-family-first';
}
