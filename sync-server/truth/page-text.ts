import * as Y from 'yjs';
import { plusDays, type CalendarDate } from '#lib/domain/dates.ts';
import type { AccountId } from '#lib/domain/ids.ts';
import { applyTelling, forgetFound, foundDays, keepFound, relayClient } from '#lib/yjs/found-again.ts';
import { editLimits, inspectEdit, type EditFault } from '#lib/yjs/inspect.ts';
import { pageDocument } from '#lib/yjs/page-document.ts';
import { progressOf } from '#lib/yjs/page-progress.ts';
import { pageTree, type Part } from '#lib/yjs/page-tree.ts';
import { runsOfParts } from '#lib/yjs/runs-of-parts.ts';
import type { PageWriter } from '#relay/storage/page-store.ts';
import { Answers } from './answers.ts';

/** A page as it is stored. */
export interface StoredText {
  readonly updates: readonly Uint8Array[];
  readonly writers: readonly PageWriter[];
}

/** Stored updates are put together once they take so many times the bytes of the page, and more than so many bytes. */
const [compactAt, compactFloor] = [2, 64 * 1024];

/**
 * The text of one page in memory. An edit is looked at on what came before it (`problem`), written (`write`), and told
 * to readers once it is stored (`stored`): until then `isAhead`, and readers wait. Whoever cannot store what was written
 * throws the whole away and loads it again.
 */
export class PageText {
  readonly #doc = pageDocument();
  readonly #writers = new Map<number, PageWriter>();
  /** Bytes of the page: at most so many, for what was added since it was encoded may have taken something away. */
  #most: number;
  #whole: Uint8Array | undefined;
  #progress: number | undefined;
  readonly #answers = new Answers();
  #ahead = 0;
  #waiting: (() => void)[] = [];
  #storedBytes: number;
  /** PG10: of whom there is a version from before, and of which day. */
  readonly kept = new Map<AccountId, CalendarDate>();

  constructor({ updates, writers }: StoredText) {
    this.#doc.transact(() => {
      for (const update of updates) Y.applyUpdate(this.#doc, update);
    });
    for (const one of writers) this.#writers.set(one.client, one);
    this.#doc.clientID = relayClient;
    this.#storedBytes = updates.reduce((sum, { length }) => sum + length, 0);
    this.#most = this.#storedBytes;
  }

  /** Bytes of the page as it is, encoded; at most. */
  get size(): number {
    return this.#most;
  }

  /** Nobody has ever written in it. */
  get isEmpty(): boolean {
    return this.#writers.size === 0;
  }

  /** There is more in it than what is stored. */
  get isAhead(): boolean {
    return this.#ahead > 0;
  }

  /** As it is now, as one update, with what is not stored yet. */
  whole(): Uint8Array {
    return this.#encode();
  }

  /** PG5: as it is read, with what is not stored yet. */
  parts(): readonly Part[] {
    return pageTree(this.#doc);
  }

  /** PG11: whose what stands in it now is, with how many signs of theirs stand there; blanks are nobody's. */
  writtenBy(): ReadonlyMap<AccountId, number> {
    const signs = new Map<AccountId, number>();
    for (const { text, client } of runsOfParts(pageTree(this.#doc, { clients: true })).flat()) {
      const by = client === undefined ? undefined : this.#writers.get(client)?.actor;
      const share = text.replaceAll(/\s/g, '').length;
      if (by !== undefined && share > 0) signs.set(by, (signs.get(by) ?? 0) + share);
    }
    return signs;
  }

  /** PG8: how far it has come. Not while it is ahead. */
  get progress(): number {
    if (this.isAhead) throw new Error('read before it was stored');
    return (this.#progress ??= progressOf(this.#doc));
  }

  /** PG3: why this edit does not go into the page, as it stands with what was written before. */
  problem(update: Uint8Array, { client, actor, device }: PageWriter): EditFault | undefined {
    const whose = this.#writers.get(client);
    if (client === relayClient) return 'foreign-client';
    if (whose && (whose.actor !== actor || whose.device !== device)) return 'foreign-client';
    if (this.#most + update.length > editLimits.page) this.#most = this.#encode().length;
    return inspectEdit(update, { doc: this.#doc, bytes: this.#most }, client);
  }

  /** PG3: whose this clientID is here; undefined while nobody has written under it. */
  writer(client: number): PageWriter | undefined {
    return this.#writers.get(client);
  }

  /** Whether this writer has written here before. */
  knows({ client }: PageWriter): boolean {
    return this.#writers.has(client);
  }

  /**
   * Writes an edit that was looked at, and under the relay's own clientID which words it made homeless (PG12).
   *
   * @returns what is to be stored with it, in order; `stored` is told of each
   */
  write(update: Uint8Array, writer: PageWriter, on: CalendarDate): readonly Uint8Array[] {
    this.#writers.set(writer.client, writer);
    const own = this.#keepFound(applyTelling(this.#doc, update), on);
    return this.#written([update, ...own]);
  }

  /** PA13: forgets what lost its place in it. The answer is as that of `write`. */
  forgetFound(): readonly Uint8Array[] {
    const own = forgetFound(this.#doc);
    return own ? this.#written([own]) : [];
  }

  /** What was written is stored, and readers may have it. */
  stored(update: Uint8Array): void {
    this.#ahead -= 1;
    this.#storedBytes += update.length;
    if (this.#ahead > 0) return;
    for (const go of this.#waiting.splice(0)) go();
  }

  /** It will never be stored: whoever waits for that looks again at what is loaded anew. */
  drop(): void {
    this.#ahead = 0;
    for (const go of this.#waiting.splice(0)) go();
    this.#doc.destroy();
  }

  /** Resolves once nothing in it waits to be stored; look again afterwards. */
  async settled(): Promise<void> {
    if (this.isAhead) await new Promise<void>((go) => this.#waiting.push(go));
  }

  /**
   * The updates, in order, that a reader with this state vector is missing; at least one, which may say nothing. Not
   * while it is ahead.
   *
   * @param mayEncode asked before something is encoded for this reader; on no it is given the whole
   * @throws where the bytes are no state vector
   */
  missing(stateVector: Uint8Array, mayEncode: () => boolean): readonly Uint8Array[] {
    if (this.isAhead) throw new Error('read before it was stored');
    const has = Y.decodeStateVector(stateVector);
    if (has.size === 0) return [this.#encode()];
    const before = this.#answers.get(stateVector);
    if (before) return [before];
    if (!mayEncode()) return [this.#encode()];
    const answer = Y.encodeStateAsUpdate(this.#doc, stateVector);
    this.#answers.keep(stateVector, answer);
    return [answer];
  }

  /** All of it as one update, where what is stored of it is much larger; undefined where that gains little. */
  compacted(): Uint8Array | undefined {
    if (this.isAhead || this.#storedBytes < compactFloor) return undefined;
    const whole = this.#encode();
    if (this.#storedBytes < whole.length * compactAt) return undefined;
    this.#storedBytes = whole.length;
    return whole;
  }

  #written(updates: readonly Uint8Array[]): readonly Uint8Array[] {
    this.#whole = undefined;
    this.#progress = undefined;
    this.#answers.clear();
    this.#ahead += updates.length;
    this.#most += updates.reduce((sum, { length }) => sum + length, 0);
    return updates;
  }

  #keepFound(lost: ReturnType<typeof applyTelling>, on: CalendarDate): readonly Uint8Array[] {
    if (lost.length === 0) return [];
    const found = lost.flatMap(({ client, ...words }) => {
      const by = this.#writers.get(client)?.actor;
      return by === undefined ? [] : [{ ...words, by, on }];
    });
    const own = keepFound(this.#doc, found, plusDays(on, -foundDays));
    return own ? [own] : [];
  }

  #encode(): Uint8Array {
    this.#whole ??= Y.encodeStateAsUpdate(this.#doc);
    this.#most = this.#whole.length;
    return this.#whole;
  }
}
