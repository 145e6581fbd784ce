/** The names in the order in which they stand. One that is left out does not compile. */
export function everyName<Name extends string>(names: Readonly<Record<Name, true>>): readonly Name[] {
  return Object.keys(names) as Name[];
}
