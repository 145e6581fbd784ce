/** The values in parts: a database binds only so many at once. */
export function* inParts<Value>(values: readonly Value[]): Generator<readonly Value[]> {
  for (let from = 0; from < values.length; from += 500) yield values.slice(from, from + 500);
}
