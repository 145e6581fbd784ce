import * as Y from 'yjs';
import { pageRoot } from './page-schema.ts';

/** An edit as it can be made anew. */
export interface Reminted {
  /** Undefined where nothing of it has a place in the page of today. */
  readonly update: Uint8Array<ArrayBuffer> | undefined;
  /** What was typed where the page of today has no place: whole lines, readable; empty: nothing. */
  readonly left: string;
}

type Decoded = ReturnType<typeof Y.decodeUpdate>;

/**
 * WR6: what an edit did, done anew on the page as it is today, under another clientID: each of its parts with the same
 * content and the nearest neighbours that are still there. What stood inside something that is not there is left over.
 *
 * @param update the edit: one client's structs in order, and what it deletes (PG3)
 * @param before a document in which it stands, with all that it hangs on
 * @param today the page without it; not touched
 * @param client the clientID of the new edit: of which `today` may have structs already, which it follows on
 */
export function remint(update: Uint8Array, before: Y.Doc, today: Y.Doc, client: number): Reminted {
  return new Reminting(Y.decodeUpdate(update), before, today, client).all();
}

/** What an edit says, readable: what it typed and did not take away again, line by line. */
export function wordsIn(update: Uint8Array): string {
  const { structs, ds } = Y.decodeUpdate(update);
  const items = structs.filter((struct) => struct instanceof Y.Item);
  return linesOf(items, (clock) => isDeleted(ds, items[0]?.id.client ?? 0, clock));
}

class Reminting {
  readonly #items: readonly Y.Item[];
  readonly #ds: Decoded['ds'];
  readonly #before: Y.Doc;
  readonly #today: Y.Doc;
  readonly #client: number;
  /** Of each item that has a place its new clock, by its old one. */
  readonly #clocks = new Map<number, number>();
  #next: number;

  constructor({ structs, ds }: Decoded, before: Y.Doc, today: Y.Doc, client: number) {
    this.#items = structs.filter((struct) => struct instanceof Y.Item);
    this.#ds = ds;
    this.#before = before;
    this.#today = today;
    this.#client = client;
    this.#next = Y.getState(today.store, client);
  }

  all(): Reminted {
    const begin = this.#next;
    const made: Y.Item[] = [];
    const left: Y.Item[] = [];
    for (const item of this.#items) {
      const anew = this.#anew(item);
      if (!anew) {
        left.push(item);
        continue;
      }
      made.push(anew);
      this.#clocks.set(item.id.clock, this.#next);
      this.#next += item.length;
    }
    const deletes = this.#deletes();
    const own = this.#items[0]?.id.client ?? 0;
    const words = linesOf(left, (clock) => isDeleted(this.#ds, own, clock));
    if (made.length === 0 && deletes.size === 0) return { update: undefined, left: words };
    return { update: encoded(this.#client, begin, made, deletes), left: words };
  }

  /** The item with its new neighbours; undefined where it has no place. */
  #anew(item: Y.Item): Y.Item | undefined {
    const there = itemAt(this.#before, item.id);
    if (!there || !(there.parent instanceof Y.AbstractType)) return undefined;
    const parent = this.#parentOf(there.parent);
    if (parent === undefined) return undefined;
    const origin = this.#near(item.origin, (other) => this.#lastKnown(other) ?? other.left?.lastId);
    const rightOrigin = this.#near(item.rightOrigin, ({ right }) => right?.id);
    const id = Y.createID(this.#client, this.#next);
    return new Y.Item(
      ...[id, null, origin, null, rightOrigin],
      // The types want one that is in a document; written is only where it stands.
      ...[parent as unknown as Y.ID, there.parentSub, item.content]
    );
  }

  /** Where something stands that stood in this: in the page itself, or in what still is in it. */
  #parentOf(type: Y.AbstractType<unknown>): Y.ID | string | undefined {
    if (!type._item) return pageRoot;
    const own = this.#own(type._item.id);
    if (own !== undefined) return own ?? undefined;
    const now = itemAt(this.#today, type._item.id);
    return now && !now.deleted ? type._item.id : undefined;
  }

  /** The neighbour, or the nearest one further on that has a place. */
  #near(id: Y.ID | null, next: (item: Y.Item) => Y.ID | undefined): Y.ID | null {
    for (let at: Y.ID | null | undefined = id; at;) {
      const own = this.#own(at);
      if (own) return own;
      if (own === undefined && itemAt(this.#today, at)) return at;
      const item: Y.Item | undefined = itemAt(this.#before, at);
      at = item && next(item);
    }
    return null;
  }

  /** Items that follow on each other are one: of it only the beginning may still be there. */
  #lastKnown({ id }: Y.Item): Y.ID | undefined {
    const end = Y.getState(this.#today.store, id.client);
    return end > id.clock && this.#own(Y.createID(id.client, end - 1)) === undefined
      ? Y.createID(id.client, end - 1)
      : undefined;
  }

  /** The new id of what the edit itself wrote; null where that has no place; undefined for what it did not write. */
  #own({ client, clock }: Y.ID): Y.ID | null | undefined {
    const item = this.#items.find((one) => one.id.client === client && holds(one, clock));
    if (!item) return undefined;
    const anew = this.#clocks.get(item.id.clock);
    return anew === undefined ? null : Y.createID(this.#client, anew + clock - item.id.clock);
  }

  #deletes(): ReadonlyMap<number, readonly Range[]> {
    const deletes = new Map<number, Range[]>();
    const add = (client: number, range: Range): void => {
      deletes.set(client, [...(deletes.get(client) ?? []), range]);
    };
    for (const [client, ranges] of this.#ds.clients) {
      for (const { clock, len } of ranges) {
        const end = Math.min(clock + len, Y.getState(this.#today.store, client));
        const own = this.#items.filter(({ id }) => id.client === client);
        const first = own[0]?.id.clock ?? Infinity;
        if (clock < Math.min(end, first)) add(client, { clock, len: Math.min(end, first) - clock });
        for (const item of own) {
          const [from, to] = [
            Math.max(clock, item.id.clock),
            Math.min(clock + len, item.id.clock + item.length)
          ];
          const anew = this.#clocks.get(item.id.clock);
          if (from < to && anew !== undefined)
            add(this.#client, { clock: anew + from - item.id.clock, len: to - from });
        }
      }
    }
    return deletes;
  }
}

interface Range {
  readonly clock: number;
  readonly len: number;
}

function holds({ id, length }: Y.Item, clock: number): boolean {
  return id.clock <= clock && clock < id.clock + length;
}

/** What the document has there; undefined for what it does not know, or has forgotten. */
function itemAt(doc: Y.Doc, { client, clock }: Y.ID): Y.Item | undefined {
  if (clock >= Y.getState(doc.store, client)) return undefined;
  const structs = doc.store.clients.get(client) ?? [];
  const struct = structs[Y.findIndexSS(structs, clock)];
  return struct instanceof Y.Item ? struct : undefined;
}

/** An update of version 1 (Yjs): the structs of one client, then what is deleted. */
function encoded(
  client: number,
  begin: number,
  items: readonly Y.Item[],
  deletes: ReadonlyMap<number, readonly Range[]>
): Uint8Array<ArrayBuffer> {
  const encoder = new Y.UpdateEncoderV1();
  encoder.writeLen(items.length > 0 ? 1 : 0);
  if (items.length > 0) {
    encoder.writeLen(items.length);
    encoder.writeClient(client);
    encoder.writeLen(begin);
    for (const item of items) item.write(encoder, 0);
  }
  encoder.writeLen(deletes.size);
  for (const [of, ranges] of deletes) {
    encoder.writeLen(of);
    encoder.writeLen(ranges.length);
    for (const { clock, len } of ranges) {
      encoder.writeDsClock(clock);
      encoder.writeDsLen(len);
    }
  }
  return new Uint8Array(encoder.toUint8Array());
}

/** The text in these items, in the order in which it was typed, a line for each run and each new block. */
function linesOf(items: readonly Y.Item[], deleted: (clock: number) => boolean): string {
  const lines: string[] = [];
  let last: Y.ID | undefined;
  for (const { id, length, origin, content } of items) {
    if (!(content instanceof Y.ContentString)) continue;
    const goesOn = last !== undefined && origin !== null && Y.compareIDs(origin, last);
    last = Y.createID(id.client, id.clock + length - 1);
    const text = [...content.str.split('')].filter((_, at) => !deleted(id.clock + at)).join('');
    if (goesOn) lines.push((lines.pop() ?? '') + text);
    else lines.push(text);
  }
  return lines.filter((line) => line !== '').join('\n');
}

function isDeleted({ clients }: Decoded['ds'], client: number, at: number): boolean {
  return (clients.get(client) ?? []).some(({ clock, len }) => clock <= at && at < clock + len);
}
