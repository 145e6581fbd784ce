import type { Edit } from './edit.ts';
import { mediaLimits } from './limits.ts';
import type { Source } from './source.ts';
import { broken, Unwalkable } from './unwalkable.ts';

/**
 * One way through a file: reads it in pieces, counts what is looked at, and notes what is to be edited. Whatever is asked
 * for beyond the end ends the walk as `broken`, whatever is too much as `too-much`.
 */
export class Walk {
  readonly length: number;
  readonly #source: Source;
  readonly #unread: boolean;
  #piece: Uint8Array = new Uint8Array();
  #pieceFrom = 0;
  #parts = 0;
  #units = 0;
  readonly #edits: Edit[] = [];

  /** @param unread whether what is to be empty in any case is overwritten without being looked at */
  constructor(source: Source, unread: boolean) {
    this.#source = source;
    this.#unread = unread;
    this.length = source.length;
  }

  /** What is to be edited, in the order of the file; what is overwritten as a whole is not edited inside. */
  edits(): readonly Edit[] {
    const edits: Edit[] = [];
    for (const edit of this.#edits.toSorted((a, b) => a.from - b.from || b.to - a.to)) {
      const last = edits.at(-1);
      if (!last || last.to <= edit.from) edits.push(edit);
      else if (last.instead || last.to < edit.to) broken();
    }
    return edits;
  }

  /** Counts a part that is looked at. */
  part(): void {
    this.#parts += 1;
    if (this.#parts > mediaLimits.parts) throw new Unwalkable('too-much');
  }

  /** Counts a unit of a picture. */
  unit(): void {
    this.#units += 1;
    if (this.#units > mediaLimits.units) throw new Unwalkable('too-much');
  }

  /** The bytes from `from` to before `to`, at most a piece of them; good until the next are asked for. */
  async bytes(from: number, to: number): Promise<Uint8Array> {
    if (from < 0 || to < from || to > this.length) broken();
    if (to - from > mediaLimits.piece) throw new Unwalkable('too-much');
    if (from < this.#pieceFrom || to > this.#pieceFrom + this.#piece.length) await this.#load(from);
    return this.#piece.subarray(from - this.#pieceFrom, to - this.#pieceFrom);
  }

  async view(from: number, to: number): Promise<DataView> {
    const { buffer, byteOffset, byteLength } = await this.bytes(from, to);
    return new DataView(buffer, byteOffset, byteLength);
  }

  /** As many of the bytes from `from` to before `to` as are at hand, at least one. */
  async some(from: number, to: number): Promise<Uint8Array> {
    if (from >= to) broken();
    await this.bytes(from, from + 1);
    const end = Math.min(to, this.#pieceFrom + this.#piece.length);
    return this.#piece.subarray(from - this.#pieceFrom, end - this.#pieceFrom);
  }

  leaveOut(from: number, to: number): void {
    const last = this.#edits.at(-1);
    const goesOn = last?.instead?.length === 0 && last.to === from;
    if (goesOn) this.#edits.pop();
    this.#note({ from: goesOn ? last.from : from, to, instead: new Uint8Array() });
  }

  /** Sees to it that these bytes stand from `from` on. */
  async put(from: number, bytes: readonly number[]): Promise<void> {
    const there = await this.bytes(from, from + bytes.length);
    if (bytes.some((byte, at) => byte !== there[at])) {
      this.#note({ from, to: from + bytes.length, instead: Uint8Array.from(bytes) });
    }
  }

  /** Sees to it that zeros stand from `from` to before `to`. */
  async zero(from: number, to: number): Promise<void> {
    if (to > this.length) broken();
    for (let at = from; at < to;) {
      const part = await this.some(at, to);
      if (part.some((byte) => byte !== 0)) return this.#note({ from, to });
      at += part.length;
    }
  }

  /** The same, for what may be as long as the file. */
  async empty(from: number, to: number): Promise<void> {
    if (!this.#unread) return this.zero(from, to);
    if (to > this.length) broken();
    this.#note({ from, to });
  }

  #note(edit: Edit): void {
    if (this.#edits.length >= mediaLimits.edits) throw new Unwalkable('too-much');
    this.#edits.push(edit);
  }

  async #load(from: number): Promise<void> {
    const to = Math.min(from + mediaLimits.piece, this.length);
    this.#piece = await this.#source.read(from, to);
    this.#pieceFrom = from;
    if (this.#piece.length !== to - from) broken();
  }
}
