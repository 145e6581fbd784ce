/**
 * What has one key in common, in the order in which it came. `Map.groupBy` of ES2024, which Safari has since 17.4 and the
 * oldest browsers of the README have not (BR5).
 */
export function grouped<T, Key>(all: Iterable<T>, keyOf: (one: T) => Key): Map<Key, T[]> {
  const groups = new Map<Key, T[]>();
  for (const one of all) {
    const key = keyOf(one);
    const group = groups.get(key);
    if (group) group.push(one);
    else groups.set(key, [one]);
  }
  return groups;
}
