import { afterEach, describe, expect, test, vi } from 'vitest';
import * as Y from 'yjs';
import type { PageId } from '#lib/domain/ids.ts';
import { foundIn, relayClient } from '#lib/yjs/found-again.ts';
import { editLimits } from '#lib/yjs/inspect.ts';
import { pageDocument } from '#lib/yjs/page-document.ts';
import { pageTree } from '#lib/yjs/page-tree.ts';
import type { PageWriter } from '#relay/storage/page-store.ts';
import { MovedPages, tellMovedEvery } from '#relay/gate/moved-pages.ts';
import type { Writer as GateWriter } from '#relay/gate/writer.ts';
import { Lock } from '#relay/truth/lock.ts';
import { PageText } from '#relay/truth/page-text.ts';
import { PageTexts } from '#relay/truth/page-texts.ts';
import { bodyOf, newBlock, updateOf } from '../support/page-edits.ts';
import { angel, pageId, rios, today, zoe, type Person } from '../support/cast.ts';

const nobody = Y.encodeStateVector(new Y.Doc());
const yes = (): boolean => true;

/** Somebody who writes in a page. */
class Writer {
  readonly doc = pageDocument({ keepDeleted: true });
  readonly ship: PageWriter;

  constructor(who: Person, client: number) {
    this.doc.clientID = client;
    this.ship = { client, actor: who.id, device: who.device.id };
  }

  /** A block more, as an edit. */
  adds(text: string): Uint8Array {
    return this.#does(() => bodyOf(this.doc).push([newBlock({}, text)]));
  }

  /** So many blocks less. */
  deletes(count: number): Uint8Array {
    return this.#does(() => bodyOf(this.doc).delete(0, count));
  }

  #does(act: () => void): Uint8Array {
    const update = updateOf(this.doc, act);
    if (!update) throw new Error('nothing was done');
    return update;
  }
}

function empty(): PageText {
  return new PageText({ updates: [], writers: [] });
}

/** The edit goes in, and is stored. */
function take(text: PageText, edit: Uint8Array, { ship }: Writer): void {
  expect(text.problem(edit, ship)).toBeUndefined();
  for (const update of text.write(edit, ship, today)) text.stored(update);
}

/** What a reader has who asks from this state. */
function read(text: PageText, from = nobody): readonly unknown[] {
  const doc = pageDocument();
  for (const update of text.missing(from, yes)) Y.applyUpdate(doc, update);
  return pageTree(doc).map((part) => ('runs' in part ? part.runs.map((run) => run.text).join('') : part.is));
}

describe('the text of a page on the relay', () => {
  test('[PG3] a clientID belongs to whoever wrote under it first, on that device', () => {
    const text = empty();
    const [hers, forged] = [new Writer(zoe, 7), new Writer(angel, 7)];
    take(text, hers.adds('Nace en Fontibre'), hers);
    expect(text.problem(forged.adds('x'), forged.ship)).toBe('foreign-client');
    expect(text.problem(hers.adds('y'), { ...hers.ship, device: angel.device.id })).toBe('foreign-client');
    const loaded = new PageText({ updates: [...text.missing(nobody, yes)], writers: [hers.ship] });
    expect(loaded.problem(forged.adds('x'), forged.ship)).toBe('foreign-client');
  });

  test('[PG3, GA21] each edit is looked at on what was written before it, stored or not', () => {
    const text = empty();
    const writer = new Writer(zoe, 7);
    const [first, second] = [writer.adds('uno'), writer.adds('dos')];
    expect(text.problem(second, writer.ship)).toBe('incomplete');
    text.write(first, writer.ship, today);
    expect(text.problem(second, writer.ship)).toBeUndefined();
    expect(text.problem(first, writer.ship)).toBe('incomplete');
  });

  test('[RM2, PG6] readers wait for what is not stored yet, and then have all of it', async () => {
    const text = empty();
    const writer = new Writer(zoe, 7);
    const edit = writer.adds('uno');
    text.write(edit, writer.ship, today);
    expect(() => text.missing(nobody, yes)).toThrow();
    const settled = text.settled();
    text.stored(edit);
    await settled;
    expect(read(text)).toEqual(['uno']);
  });

  test('[RM2, RM16] a reader is given what it lacks, or the whole where it may have nothing of its own', () => {
    const text = empty();
    const writer = new Writer(zoe, 7);
    take(text, writer.adds('uno'), writer);
    const [first = nobody] = text.missing(nobody, yes);
    const there = Y.encodeStateVectorFromUpdate(first);
    take(text, writer.adds('dos'), writer);
    const [whole] = text.missing(there, () => false);
    const [rest] = text.missing(there, yes);
    expect(rest?.length).toBeLessThan(whole?.length ?? 0);
    expect(text.missing(there, () => false)[0]).toBe(rest);
    expect(read(text)).toEqual(['uno', 'dos']);
  });

  test('[PG3] a page that is full says so, and what was taken out of it makes room', () => {
    const text = empty();
    const writer = new Writer(zoe, 7);
    const third = 'x'.repeat(editLimits.page / 3);
    for (const _ of [1, 2]) take(text, writer.adds(third), writer);
    expect(text.problem(new Writer(angel, 8).adds(third), new Writer(angel, 8).ship)).toBe('page-full');
    take(text, writer.deletes(2), writer);
    const other = new Writer(angel, 8);
    take(text, other.adds(third), other);
    expect(text.size).toBeLessThan(editLimits.page / 2);
  });

  test('[PG6] stored in many pieces, it is put together once that gains something', () => {
    const text = empty();
    const writer = new Writer(zoe, 7);
    expect(text.compacted()).toBeUndefined();
    for (let at = 0; at < 20; at++) {
      take(text, writer.adds('x'.repeat(8_000)), writer);
      take(text, writer.deletes(1), writer);
    }
    expect(text.compacted()?.length).toBeLessThan(2_000);
    expect(text.compacted()).toBeUndefined();
  });
});

describe('the texts of many pages', () => {
  function stored(loads: PageId[]) {
    const writer = new Writer(zoe, 7);
    const update = writer.adds('x'.repeat(1_000));
    const load = (_: unknown, document: string) => {
      loads.push(document.slice('page/'.length) as PageId);
      return Promise.resolve({ generation: 1, updates: [update] });
    };
    return { documents: { load }, pages: { writers: () => Promise.resolve([writer.ship]) } };
  }

  test('[PG6] a page is loaded once for all who ask, and forgotten when others were asked for since', async () => {
    const loads: PageId[] = [];
    const texts = new PageTexts(
      stored(loads) as unknown as ConstructorParameters<typeof PageTexts>[0],
      2_500
    );
    const [one, two, three] = [pageId('1'), pageId('2'), pageId('3')];
    await Promise.all([texts.of(rios, one), texts.of(rios, one)]);
    expect(loads).toEqual([one]);
    await texts.of(rios, two);
    await texts.of(rios, one);
    await texts.of(rios, three);
    expect(texts.load.pages).toBe(2);
    await texts.of(rios, one);
    await texts.of(rios, two);
    expect(loads).toEqual([one, two, three, two]);
  });

  test('[PG6, GA11] one that is not as it is stored is loaded again', async () => {
    const loads: PageId[] = [];
    const texts = new PageTexts(stored(loads) as unknown as ConstructorParameters<typeof PageTexts>[0]);
    const page = pageId('1');
    const text = await texts.of(rios, page);
    const other = new Writer(angel, 9);
    text.write(other.adds('not stored'), other.ship, today);
    const settled = text.settled();
    texts.forget(rios, page);
    await settled;
    expect(read(await texts.of(rios, page))).toEqual(['x'.repeat(1_000)]);
    expect(loads).toHaveLength(2);
  });
});

describe('when it is told which pages have moved', () => {
  afterEach(() => void vi.useRealTimers());

  test('[PG8] at once when the relay starts, then every ten seconds, until it stops', async () => {
    vi.useFakeTimers();
    const moved = vi.fn(() => Promise.resolve([]));
    const writer = { storage: { pages: { moved } } } as unknown as GateWriter;
    const pages = new MovedPages(writer, new Lock());
    pages.start();
    await vi.advanceTimersByTimeAsync(6 * tellMovedEvery);
    expect(tellMovedEvery).toBe(10_000);
    expect(moved).toHaveBeenCalledTimes(7);
    pages.stop();
    await vi.advanceTimersByTimeAsync(6 * tellMovedEvery);
    expect(moved).toHaveBeenCalledTimes(7);
  });
});

test('[PG12] words that lose their place are told with whose they are; nobody else bears the relay’s clientID', () => {
  const text = empty();
  const [hers, his] = [new Writer(zoe, 7), new Writer(angel, 8)];
  take(text, hers.adds('El Ebro'), hers);
  const shared = text.missing(nobody, yes);
  for (const update of shared) Y.applyUpdate(his.doc, update);
  const line = bodyOf(his.doc).get(0);
  const into = line instanceof Y.XmlElement ? line.get(0) : undefined;
  const writes = updateOf(his.doc, () => into instanceof Y.XmlText && into.insert(7, ' nace aquí'));
  const deletes = updateOf(hers.doc, () => bodyOf(hers.doc).delete(0, 1));
  if (!writes || !deletes) throw new Error('nothing was written');
  take(text, deletes, hers);
  take(text, writes, his);
  const reader = pageDocument();
  for (const update of text.missing(nobody, yes)) Y.applyUpdate(reader, update);
  expect(foundIn(reader)).toMatchObject([{ text: ' nace aquí', by: angel.id, on: today }]);
  const relay = new Writer(angel, relayClient);
  expect(text.problem(relay.adds('x'), relay.ship)).toBe('foreign-client');
});
