import * as Y from 'yjs';
import { Answers } from './answers.ts';

/** Updates since the state was encoded are kept up to so many bytes, or a quarter of the state where that is more. */
const fewest = 64 * 1024;

/** So many updates since are put together for those who are given everything: each is a frame of its own to them. */
const mostFrames = 32;

/** The update that says nothing. */
export const nothing = Uint8Array.of(0, 0);

/** A reader's state vector: the clock up to which it has each client's structs. */
type Vector = ReadonlyMap<number, number>;

/**
 * RM2, RM17: what readers of one document are given: its state, encoded once and kept, and the updates since. It holds
 * what is stored and nothing else, so it may be asked at any moment, also while a write is under way; and it is asked
 * without waiting, so whoever is given it and told of every later update misses nothing.
 *
 * Every update of the relay's advances the counter of the document, and with it this writer's clock: whoever has all
 * structs up to an update has its deletions, too.
 */
export class ServedState {
  readonly #doc: Y.Doc;
  #whole: Uint8Array;
  #vector: Vector;
  #since: { readonly upTo: number; readonly update: Uint8Array }[] = [];
  #sinceBytes = 0;
  /** The first so many of the updates since, as one. */
  #together: { readonly count: number; readonly update: Uint8Array } | undefined;
  readonly #answers = new Answers();
  /** Whether the document has more than what is stored. */
  #ahead = false;

  /**
   * @param doc as it is stored now
   * @param stored the updates that made it: where it is one, nothing has to be encoded
   */
  constructor(doc: Y.Doc, stored: readonly Uint8Array[] = []) {
    this.#doc = doc;
    const [whole, ...others] = stored;
    [this.#whole, this.#vector] = whole && others.length === 0 ? [whole, vectorOf(doc)] : encoded(doc);
  }

  /** Bytes of the state as it was encoded last. */
  get size(): number {
    return this.#whole.length;
  }

  /** PA13: nobody is given what was written before and stands no more. Where nothing waits to be stored. */
  bare(): void {
    this.#encode();
    this.#answers.clear();
  }

  /** A write has begun: the document has what is not stored yet. */
  begin(): void {
    this.#ahead = true;
  }

  /** The update is stored, and everybody may have it. */
  add(update: Uint8Array): void {
    this.#ahead = false;
    this.#since.push({ upTo: Y.getState(this.#doc.store, this.#doc.clientID), update });
    this.#sinceBytes += update.length;
    this.#answers.clear();
    // Nobody has asked for long: memory is bounded all the same.
    if (this.#sinceBytes > 2 * this.#most) this.#encode();
  }

  /**
   * The updates, in order, that a reader with this state vector is missing; at least one, which may say nothing.
   *
   * @param mayEncode asked before something is encoded for this reader; on no it is given more than it needs
   * @throws where the bytes are no state vector
   */
  missing(stateVector: Uint8Array, mayEncode: () => boolean): readonly Uint8Array[] {
    const has: Vector = Y.decodeStateVector(stateVector);
    if (this.#isBehind(has)) {
      const answer = this.#ahead ? undefined : this.#answer(stateVector, has, mayEncode);
      return answer ? [answer] : this.#all();
    }
    const clock = has.get(this.#doc.clientID) ?? 0;
    const missing = this.#since.filter(({ upTo }) => upTo > clock).map(({ update }) => update);
    if (missing.length === 0) return [nothing];
    return missing.length > mostFrames ? [this.#merged(stateVector, missing)] : missing;
  }

  get #most(): number {
    return Math.max(fewest, this.#whole.length / 4);
  }

  /** Whether the reader lacks something of the state that is kept. */
  #isBehind(has: Vector): boolean {
    for (const [client, clock] of this.#vector) if ((has.get(client) ?? 0) < clock) return true;
    return false;
  }

  #all(): readonly Uint8Array[] {
    if (this.#sinceBytes > this.#most && !this.#ahead) this.#encode();
    const { count = 0, update } = this.#together ?? {};
    const later = this.#since.slice(count).map((one) => one.update);
    if (update) later.unshift(update);
    if (later.length <= mostFrames) return [this.#whole, ...later];
    this.#together = { count: this.#since.length, update: Y.mergeUpdates(later) };
    return [this.#whole, this.#together.update];
  }

  #merged(stateVector: Uint8Array, missing: Uint8Array[]): Uint8Array {
    const before = this.#answers.get(stateVector);
    if (before) return before;
    const answer = Y.mergeUpdates(missing);
    this.#answers.keep(stateVector, answer);
    return answer;
  }

  /** What a reader is missing who has more than half; for others the whole costs no more than twice as much. */
  #answer(stateVector: Uint8Array, has: Vector, mayEncode: () => boolean): Uint8Array | undefined {
    let [all, known] = [0, 0];
    for (const [client, clock] of this.#vector) {
      all += clock;
      known += Math.min(clock, has.get(client) ?? 0);
    }
    if (known * 2 < all) return undefined;
    const before = this.#answers.get(stateVector);
    if (before) return before;
    if (!mayEncode()) return undefined;
    const answer = Y.encodeStateAsUpdate(this.#doc, stateVector);
    this.#answers.keep(stateVector, answer);
    return answer;
  }

  #encode(): void {
    [this.#whole, this.#vector] = encoded(this.#doc);
    this.#since = [];
    this.#sinceBytes = 0;
    this.#together = undefined;
  }
}

function encoded(doc: Y.Doc): [Uint8Array, Vector] {
  return [Y.encodeStateAsUpdate(doc), vectorOf(doc)];
}

function vectorOf(doc: Y.Doc): Vector {
  return Y.decodeStateVector(Y.encodeStateVector(doc));
}
