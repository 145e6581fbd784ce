import * as Y from 'yjs';
import {
  attributeFits,
  elements,
  isElement,
  isPageText,
  markFits,
  pageRoot,
  topElements,
  type ElementName
} from './page-schema.ts';

/** Caps of one edit. */
export const editLimits = {
  /** Bytes of the encoded update. */
  bytes: 1024 * 1024,
  /** Structs in it: what it costs to look at and to put in. */
  structs: 20_000,
  /** Clients whose structs it deletes. */
  clients: 64,
  /** Bytes that a page may have, encoded: a follower that leaves twice as much unread is cut off. */
  page: 2 * 1024 * 1024
} as const;

/**
 * Why an edit is not put into a page.
 *
 * - `malformed`: not an update of version 1, or one that says what no editor says
 * - `incomplete`: hangs on something that the page does not have, or is there already
 * - `foreign-client`: writes under the clientID of somebody else
 * - `not-in-schema`: an element, mark, attribute, address or text that a page cannot have
 * - `too-large`: over a cap of one edit
 * - `page-full`: would make the page larger than a page may be
 */
export type EditFault =
  'malformed' | 'incomplete' | 'foreign-client' | 'not-in-schema' | 'too-large' | 'page-full';

/** What an edit is put into. */
export interface InspectedPage {
  readonly doc: Y.Doc;
  /** Of the document as it is, encoded. */
  readonly bytes: number;
}

/** Where an item stands: in the list of a parent, or as one of its attributes. `gone`: in what is deleted and forgotten. */
type Place =
  | {
      readonly parent: 'top' | 'text' | ElementName;
      readonly attribute: string | null;
      readonly of: Y.ID | null;
    }
  | 'gone';

class Fault extends Error {
  readonly fault: EditFault;
  constructor(fault: EditFault) {
    super(fault);
    this.fault = fault;
  }
}

/**
 * PG3: whether this edit may be put into the page, told before the page is touched: decoded, never applied. What passes
 * is whole (nothing of it waits for anything), comes from the one client alone, begins where that client's structs in the
 * page end, and leaves a page that the schema knows.
 *
 * @param client the clientID under which this author writes on this device in this session
 */
export function inspectEdit(update: Uint8Array, page: InspectedPage, client: number): EditFault | undefined {
  if (update.byteLength > editLimits.bytes) return 'too-large';
  if (page.bytes + update.byteLength > editLimits.page) return 'page-full';
  const decoded = decode(update);
  if (!decoded) return 'malformed';
  try {
    new Inspection(page.doc, client, decoded.structs).all(decoded.ds);
    return undefined;
  } catch (error) {
    if (error instanceof Fault) return error.fault;
    throw error;
  }
}

type Decoded = ReturnType<typeof Y.decodeUpdate>;
type Struct = Decoded['structs'][number];

/** The parts of an update; undefined where it is none: bytes end too early, or values are nested without end. */
function decode(update: Uint8Array): Decoded | undefined {
  try {
    return Y.decodeUpdate(update);
  } catch {
    return undefined;
  }
}

/** One look at one edit. */
class Inspection {
  readonly #doc: Y.Doc;
  readonly #client: number;
  readonly #structs: readonly Struct[];
  /** The edit's own items, each beginning where the one before it ends. */
  readonly #items: Y.Item[] = [];
  /** Where this client's structs in the page end. */
  readonly #start: number;
  /** Where the items stand that have been looked at so far. */
  readonly #places: Place[] = [];
  /** The attributes that new elements were given, by the element's clock. */
  readonly #given = new Map<number, { readonly element: ElementName; readonly names: Set<string> }>();

  constructor(doc: Y.Doc, client: number, structs: readonly Struct[]) {
    this.#doc = doc;
    this.#client = client;
    this.#structs = structs;
    this.#start = Y.getState(doc.store, client);
  }

  all(deletes: Decoded['ds']): void {
    if (this.#structs.length > editLimits.structs || deletes.clients.size > editLimits.clients) {
      throw new Fault('too-large');
    }
    const clock = this.#inOrder();
    for (const item of this.#items) this.#item(item);
    for (const { element, names } of this.#given.values()) {
      if (names.size !== Object.keys(elements[element].attributes).length) throw new Fault('not-in-schema');
    }
    for (const [client, ranges] of deletes.clients) {
      const end = client === this.#client ? clock : Y.getState(this.#doc.store, client);
      for (const { clock: from, len } of ranges) {
        if (len < 1) throw new Fault('malformed');
        if (from + len > end) throw new Fault('incomplete');
        mustNotSplit(this.#structAt(Y.createID(client, from), clock), from, 'before');
        const last = from + len - 1;
        mustNotSplit(this.#structAt(Y.createID(client, last), clock), last, 'after');
      }
    }
  }

  /** All of it is written by the one client, without a gap; the clock at which it ends. */
  #inOrder(): number {
    let clock = this.#start;
    for (const struct of this.#structs) {
      if (struct.id.client !== this.#client) throw new Fault('foreign-client');
      if (!(struct instanceof Y.Item) || struct.content instanceof Y.ContentDeleted)
        throw new Fault('malformed');
      if (struct.id.clock !== clock) throw new Fault('incomplete');
      if (struct.length < 1) throw new Fault('malformed');
      clock += struct.length;
      this.#items.push(struct);
    }
    return clock;
  }

  #item(item: Y.Item): void {
    const place = this.#placeOf(item);
    this.#places.push(place);
    if (place === 'gone') return this.#contentAnywhere(item.content);
    if (place.attribute !== null) return this.#attribute(item.content, place, place.attribute);
    this.#inList(item, place.parent);
  }

  /** As Yjs does it: what stands at the left says where, or else what stands at the right, or else the edit itself. */
  #placeOf(item: Y.Item): Place {
    const { origin, rightOrigin, parent, parentSub } = item;
    const left = origin && this.#beside(origin, 'after', item);
    const right = rightOrigin && this.#beside(rightOrigin, 'before', item);
    if (left === 'gone' || right === 'gone') return 'gone';
    if (left && right && !sameList(left, right)) throw new Fault('malformed');
    const place = left ?? right;
    if (place) return place;
    if (typeof parent === 'string') {
      if (parent !== pageRoot) throw new Fault('not-in-schema');
      return { parent: 'top', attribute: parentSub, of: null };
    }
    if (!(parent instanceof Y.ID)) throw new Fault('malformed');
    const content = this.#contentAt(parent, item);
    if (content === 'gone') return 'gone';
    if (!(content instanceof Y.ContentType)) throw new Fault('malformed');
    return { parent: kindOf(content), attribute: parentSub, of: parent };
  }

  /** Where the item stands to which this id belongs, at whose side the other one is put. */
  #beside(id: Y.ID, side: 'before' | 'after', put: Y.Item): Place {
    const own = this.#ownAt(id, put.id.clock);
    const item = own === undefined ? this.#known(id) : this.#items[own];
    mustNotSplit(item, id.clock, side);
    if (own !== undefined) return this.#places[own] ?? 'gone';
    if (!(item instanceof Y.Item) || !(item.parent instanceof Y.AbstractType)) return 'gone';
    return placeIn(item.parent, item.parentSub);
  }

  #contentAt(id: Y.ID, before: Y.Item): Y.Item['content'] | 'gone' {
    const own = this.#ownAt(id, before.id.clock);
    const item = own === undefined ? this.#known(id) : this.#items[own];
    if (own !== undefined && this.#places[own] === 'gone') return 'gone';
    if (!(item instanceof Y.Item) || item.content instanceof Y.ContentDeleted) return 'gone';
    if (item.id.clock !== id.clock) throw new Fault('malformed');
    return item.content;
  }

  /** Which of the edit's own structs has this id; undefined: none, the page must know it. */
  #ownAt(id: Y.ID, before: number): number | undefined {
    if (id.client !== this.#client || id.clock < this.#start) return undefined;
    if (id.clock >= before) throw new Fault('incomplete');
    // What is written on hangs on what was looked at last.
    const last = this.#places.length - 1;
    const end = this.#items[last];
    if (end && id.clock >= end.id.clock && id.clock < end.id.clock + end.length) return last;
    return Y.findIndexSS(this.#items, id.clock);
  }

  #structAt(id: Y.ID, before: number): Struct | undefined {
    const own = this.#ownAt(id, before);
    return own === undefined ? this.#known(id) : this.#items[own];
  }

  /** What the page has under this id. */
  #known(id: Y.ID): Y.Item | Y.GC {
    if (id.clock >= Y.getState(this.#doc.store, id.client)) throw new Fault('incomplete');
    const structs = this.#doc.store.clients.get(id.client) ?? [];
    const struct = structs[Y.findIndexSS(structs, id.clock)];
    if (!struct) throw new Fault('incomplete');
    return struct;
  }

  /** An item in the list of its parent: text in a text, an element where the schema has it. */
  #inList(item: Y.Item, parent: 'top' | 'text' | ElementName): void {
    const { content } = item;
    if (parent === 'text') {
      if (content instanceof Y.ContentType) throw new Fault('not-in-schema');
      return this.#inText(content);
    }
    if (!(content instanceof Y.ContentType)) throw new Fault('not-in-schema');
    const child = kindOf(content);
    if (child === 'text') {
      if (parent === 'top' || !elements[parent].text) throw new Fault('not-in-schema');
      return;
    }
    const held = parent === 'top' ? topElements : elements[parent].holds;
    if (!held.includes(child)) throw new Fault('not-in-schema');
    this.#given.set(item.id.clock, { element: child, names: new Set() });
  }

  #inText(content: Y.Item['content']): void {
    const fits =
      content instanceof Y.ContentString
        ? isPageText(content.str)
        : content instanceof Y.ContentFormat && markFits(content.key, content.value);
    if (!fits) throw new Fault('not-in-schema');
  }

  #attribute(content: Y.Item['content'], place: Exclude<Place, 'gone'>, name: string): void {
    const { parent, of } = place;
    if (parent === 'top' || parent === 'text') throw new Fault('not-in-schema');
    const [value, ...more]: unknown[] = content instanceof Y.ContentAny ? content.arr : [];
    if (more.length > 0 || !attributeFits(parent, name, value)) throw new Fault('not-in-schema');
    if (of?.client === this.#client) this.#given.get(of.clock)?.names.add(name);
  }

  /** What goes into something forgotten is forgotten, too: only what could stand in a page at all. */
  #contentAnywhere(content: Y.Item['content']): void {
    if (content instanceof Y.ContentAny) return;
    if (content instanceof Y.ContentType) void kindOf(content);
    else this.#inText(content);
  }
}

/** A character outside the first plane is two units of text: cut between them, pages would come to differ. */
function mustNotSplit(item: Struct | undefined, clock: number, side: 'before' | 'after'): void {
  if (!(item instanceof Y.Item) || !(item.content instanceof Y.ContentString)) return;
  const at = clock - item.id.clock + (side === 'after' ? 1 : 0);
  const left = item.content.str.charCodeAt(at - 1);
  if (!(left >= 0xd800 && left < 0xdc00)) return;
  const right = item.content.str.charCodeAt(at);
  if (right >= 0xdc00 && right < 0xe000) throw new Fault('malformed');
}

/** The name under which the schema knows this type. */
function kindOf(content: Y.ContentType): 'text' | ElementName {
  const { type } = content;
  if (type instanceof Y.XmlText) return 'text';
  if (type instanceof Y.XmlElement && isElement(type.nodeName)) return type.nodeName;
  throw new Fault('not-in-schema');
}

/** Where something stands whose parent in the page is this type. */
function placeIn(type: Y.AbstractType<unknown>, attribute: string | null): Place {
  const item = type._item;
  if (!item) return { parent: 'top', attribute, of: null };
  return item.content instanceof Y.ContentType
    ? { parent: kindOf(item.content), attribute, of: item.id }
    : 'gone';
}

function sameList(one: Place, other: Place): boolean {
  return (
    one !== 'gone' && other !== 'gone' && one.attribute === other.attribute && Y.compareIDs(one.of, other.of)
  );
}
