import * as Y from 'yjs';
import { newLine } from './new-line.ts';
import { pageRoot } from './page-schema.ts';

/** The map in a page's document in which the relay, and nobody else, keeps what lost its place. */
const foundRoot = 'found';

/** The clientID under which the relay writes there; no edit may bear it. */
export const relayClient = 1;

/** Characters that are kept of the line above. */
const mostBelow = 80;

/** PG12: for so many days it stays. */
export const foundDays = 30;

/** PG12: words that were written in a page and lost their place in it. */
export interface FoundWords {
  readonly text: string;
  /** The account whose words they are. */
  readonly by: string;
  /** The calendar day (ISO 8601) on which they lost it. */
  readonly on: string;
  /** The line above the one in which they stood; empty: none is known. */
  readonly below: string;
  /** Of what somebody typed: the clientID and clock of its first character, and those that would follow the last. */
  readonly from?: string;
  readonly next?: string;
}

/** The same with the name of its entry. */
export interface FoundEntry extends FoundWords {
  readonly key: string;
}

/** Words that an edit made homeless. */
interface Lost {
  readonly key: string;
  readonly text: string;
  readonly client: number;
  readonly below: string;
  readonly from?: string;
  readonly next?: string;
}

/** The same while it is put together. */
interface Typed {
  readonly client: number;
  text: string;
  readonly below: string;
  readonly from?: string;
  next?: string;
}

/**
 * PG12: applies an edit, and tells which words it made homeless: those of others that went with what it deleted and that
 * its author had never seen, and its own that it put into what somebody has deleted. Both can be told exactly (F31): they
 * are deleted now, and the edit does not name them.
 */
export function applyTelling(doc: Y.Doc, update: Uint8Array): readonly Lost[] {
  const { structs, ds } = Y.decodeUpdate(update);
  const named = new Named(ds);
  const lost = new Map<string, Typed>();
  const begun = (item: Y.Item): Typed => {
    const { client, clock } = item.id;
    const line = item.parent instanceof Y.AbstractType ? item.parent._item : null;
    const from = `${client}:${clock}`;
    const words = { client, text: '', below: line ? lineAbove(line) : '', from, next: from };
    lost.set(from, words);
    return words;
  };
  const take = (item: Y.Item, text: string): void => {
    // The runs of one line are one entry.
    const line = item.parent instanceof Y.AbstractType ? item.parent._item : null;
    const { client, clock } = line?.id ?? item.id;
    const key = `${item.id.client}:${client}:${clock}`;
    const before = lost.get(key);
    if (before) before.text += text;
    else lost.set(key, { client: item.id.client, text, below: line ? lineAbove(line) : '' });
  };
  /** Of a run of text what is deleted, and not because the edit says so. */
  const unnamed = ({ id, content }: Y.Item): string => {
    if (!(content instanceof Y.ContentString)) return '';
    const gone = (_: string, at: number): boolean =>
      !named.has(id.client, id.clock + at) && isGone(doc, Y.createID(id.client, id.clock + at));
    return content.str.split('').filter(gone).join('');
  };
  const own = new Set(structs.map(({ id }) => id.client));
  doc.once('afterTransaction', (transaction: Y.Transaction) => {
    Y.iterateDeletedStructs(transaction, transaction.deleteSet, (struct) => {
      if (!(struct instanceof Y.Item) || own.has(struct.id.client)) return;
      const text = unnamed(struct);
      if (text !== '') take(struct, text);
    });
    // What was typed in one go is one entry, also where its line is forgotten already.
    let run: { readonly words: Typed; readonly end: Y.ID } | undefined;
    for (const struct of structs) {
      if (!(struct instanceof Y.Item)) continue;
      const text = unnamed(struct);
      if (text === '') continue;
      const { client, clock } = struct.id;
      const goesOn = run !== undefined && struct.origin !== null && Y.compareIDs(struct.origin, run.end);
      const words: Typed = goesOn && run ? run.words : begun(there(doc, struct.id) ?? struct);
      words.text += text;
      words.next = `${client}:${clock + struct.length}`;
      run = { words, end: Y.createID(client, clock + struct.length - 1) };
    }
  });
  Y.applyUpdate(doc, update);
  return [...lost].map(([key, words]) => ({ key, ...words }));
}

/**
 * PG12: keeps words that lost their place, and forgets what was kept for long enough. Only the relay does.
 *
 * @returns what was written; undefined where nothing was
 */
export function keepFound(doc: Y.Doc, found: readonly FoundEntry[], oldest: string): Uint8Array | undefined {
  const map = doc.getMap<FoundWords>(foundRoot);
  return writtenBy(doc, () => {
    for (const [key, { on }] of map.entries()) if (on < oldest) map.delete(key);
    for (const { key, ...words } of found) {
      const before = [...map.entries()].find(([, { next }]) => next !== undefined && next === words.from);
      if (before)
        map.set(before[0], {
          ...before[1],
          ...words,
          text: before[1].text + words.text,
          below: before[1].below
        });
      else map.set(`${key}:${map.size}`, words);
    }
  });
}

/** PA13: forgets all that lost its place. Only the relay does. The answer is as that of `keepFound`. */
export function forgetFound(doc: Y.Doc): Uint8Array | undefined {
  return writtenBy(doc, () => doc.getMap(foundRoot).clear());
}

function writtenBy(doc: Y.Doc, act: () => void): Uint8Array | undefined {
  let written: Uint8Array | undefined;
  const take = (update: Uint8Array): void => void (written = update);
  doc.on('update', take);
  doc.transact(act);
  doc.off('update', take);
  return written;
}

/** PG12: what lost its place in this page, the last first. */
export function foundIn(doc: Y.Doc): readonly FoundEntry[] {
  const entries: FoundEntry[] = [];
  for (const [key, value] of doc.getMap<Partial<FoundWords>>(foundRoot).entries()) {
    const { text = '', by = '', on = '', below = '' } = value;
    entries.push({ key, text, by, on, below });
  }
  return entries.sort((one, other) => other.on.localeCompare(one.on));
}

/** Puts an entry back as a line of its own, below the one below which it stood, or at the end. An edit like any other. */
export function putBack(doc: Y.Doc, { key, text, below }: FoundEntry): void {
  const body = doc.getXmlFragment(pageRoot);
  const lines = body.toArray();
  const above = below === '' ? -1 : lines.findIndex((line) => wordsOf(line).slice(0, mostBelow) === below);
  doc.transact(() => {
    body.insert(above < 0 ? lines.length : above + 1, [newLine(text)]);
    dropFound(doc, key);
  });
}

/** Takes an entry away: it was put back, or is not wanted. Part of an edit like any other. */
export function dropFound(doc: Y.Doc, key: string): void {
  doc.getMap(foundRoot).delete(key);
}

function there(doc: Y.Doc, { client, clock }: Y.ID): Y.Item | undefined {
  const structs = doc.store.clients.get(client) ?? [];
  const struct = structs[Y.findIndexSS(structs, clock)];
  return struct instanceof Y.Item ? struct : undefined;
}

function isGone(doc: Y.Doc, id: Y.ID): boolean {
  return there(doc, id)?.deleted ?? true;
}

/** The words of the nearest line above that is still there. */
function lineAbove(text: Y.Item): string {
  const block = text.parent instanceof Y.AbstractType ? text.parent._item : null;
  for (let above = block?.left ?? null; above; above = above.left) {
    if (above.deleted || !(above.content instanceof Y.ContentType)) continue;
    const { type } = above.content;
    const words = wordsOf(type);
    if (words !== '') return words.slice(0, mostBelow);
  }
  return '';
}

/** The words of a line as it stands in a page; empty where it is none. */
function wordsOf(line: unknown): string {
  const text = line instanceof Y.XmlElement ? line.get(0) : undefined;
  if (!(text instanceof Y.XmlText)) return '';
  const delta: readonly { readonly insert?: unknown }[] = text.toDelta();
  return delta.map(({ insert }) => (typeof insert === 'string' ? insert : '')).join('');
}

/** What an edit says is deleted, made ready to be asked character by character. */
class Named {
  readonly #clients = new Map<number, readonly { readonly clock: number; readonly end: number }[]>();

  constructor({ clients }: ReturnType<typeof Y.decodeUpdate>['ds']) {
    for (const [client, ranges] of clients) {
      const sorted = ranges.toSorted((one, other) => one.clock - other.clock);
      let end = 0;
      // Where they overlap, what begins later may end earlier.
      this.#clients.set(
        client,
        sorted.map(({ clock, len }) => ({ clock, end: (end = Math.max(end, clock + len)) }))
      );
    }
  }

  has(client: number, clock: number): boolean {
    const ranges = this.#clients.get(client) ?? [];
    let [from, to] = [0, ranges.length];
    while (from < to) {
      const middle = (from + to) >> 1;
      if ((ranges[middle]?.clock ?? Infinity) <= clock) from = middle + 1;
      else to = middle;
    }
    return clock < (ranges[from - 1]?.end ?? 0);
  }
}
