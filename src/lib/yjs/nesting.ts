import * as Y from 'yjs';

type Structs = ReturnType<typeof Y.decodeUpdate>['structs'];

/**
 * How deep what an update holds stands in each other at most: what stands in the page itself is one deep. Told before it is
 * put together: what that costs goes by the square of it. Undefined where an item stands beside or in itself.
 */
export function deepest(structs: Structs): number | undefined {
  const clients = new Map<number, Structs[number][]>();
  for (const struct of structs) {
    const all = clients.get(struct.id.client) ?? [];
    all.push(struct);
    clients.set(struct.id.client, all);
  }
  const depths = new Map<Structs[number], number>();
  let most = 0;
  for (const struct of structs) {
    const depth = depthOf(struct, clients, depths);
    if (depth === undefined) return undefined;
    most = Math.max(most, depth);
  }
  return most;
}

function depthOf(
  struct: Structs[number],
  clients: ReadonlyMap<number, Structs>,
  depths: Map<Structs[number], number>
): number | undefined {
  const on = new Map<Structs[number], 0 | 1>();
  let at: Structs[number] | undefined = struct;
  while (at && !depths.has(at)) {
    // It stands, by way of others, beside or in itself.
    if (on.has(at)) return undefined;
    const item: Y.Item | undefined = at instanceof Y.Item ? at : undefined;
    const beside: Y.ID | null = item ? (item.origin ?? item.rightOrigin) : null;
    const within: Y.ID | null = !beside && item?.parent instanceof Y.ID ? item.parent : null;
    on.set(at, beside ? 0 : 1);
    const next: Y.ID | null = beside ?? within;
    at = next ? structAt(clients.get(next.client) ?? [], next.clock) : undefined;
  }
  let depth = at ? (depths.get(at) ?? 0) : 0;
  for (const [one, deeper] of [...on].reverse()) {
    depth += deeper;
    depths.set(one, depth);
  }
  return depth;
}

function structAt(structs: Structs, clock: number): Structs[number] | undefined {
  let [from, to] = [0, structs.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((structs[middle]?.id.clock ?? Infinity) <= clock) from = middle + 1;
    else to = middle;
  }
  return structs[from - 1];
}
