import type { Compilable, CompiledQuery, Kysely } from 'kysely';
import type { Tables } from './tables.ts';

/** Stands in a statement for a value that is known when it is run. */
class Blank {
  readonly name: PropertyKey;

  constructor(name: PropertyKey) {
    this.name = name;
  }
}

/**
 * A statement of the hot way, built and compiled once for each kind of database and not for each change: that costs
 * several times what running it does.
 *
 * @param build the statement, with a blank in the place of each value
 * @returns runs it, in a transaction or not, and gives its rows
 */
export function statement<Values extends object, Row = unknown>(
  build: (
    db: Kysely<Tables>,
    blank: <Name extends keyof Values>(name: Name) => Values[Name]
  ) => Compilable<Row>
): (db: Kysely<Tables>, values: Values) => Promise<readonly Row[]> {
  const compiled = new WeakMap<object, CompiledQuery<Row>>();
  return async (db, values) => {
    const { adapter } = db.getExecutor();
    // Of whatever type the value will be: it is put in its place before anything looks at it.
    const made = compiled.get(adapter) ?? build(db, (name) => new Blank(name) as never).compile();
    compiled.set(adapter, made);
    const parameters = made.parameters.map((one) =>
      one instanceof Blank ? values[one.name as keyof Values] : one
    );
    return (await db.executeQuery<Row>({ ...made, parameters })).rows;
  };
}
