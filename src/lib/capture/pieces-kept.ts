/** So many pieces are being kept at once: storing one is mostly waiting. */
const atOnce = 3;

/**
 * Cuts bytes that come in any lengths into pieces of one length, the last of which may be shorter, and has them kept, a few
 * at once. Their buffers go round: there are never more than those that are being kept and the one that is filled.
 */
export class PiecesKept {
  readonly #pieceBytes: number;
  readonly #keep: (piece: ArrayBuffer, index: number) => Promise<ArrayBuffer>;
  /** Those on their way to be kept; each resolves with its index and its buffer. */
  readonly #keeping = new Map<number, Promise<readonly [number, ArrayBuffer]>>();
  #piece: Uint8Array<ArrayBuffer>;
  #filled = 0;
  #index = 0;

  /** @param keep resolves when the piece is kept, with a buffer of its length that can be filled again */
  constructor(pieceBytes: number, keep: (piece: ArrayBuffer, index: number) => Promise<ArrayBuffer>) {
    this.#pieceBytes = pieceBytes;
    this.#keep = keep;
    this.#piece = new Uint8Array(pieceBytes);
  }

  /**
   * Resolves when there is room for more; the bytes are copied by then.
   *
   * @throws whatever `keep` throws
   */
  async add(bytes: Uint8Array): Promise<void> {
    for (let at = 0; at < bytes.length;) {
      const part = bytes.subarray(at, at + this.#pieceBytes - this.#filled);
      this.#piece.set(part, this.#filled);
      this.#filled += part.length;
      at += part.length;
      if (this.#filled < this.#pieceBytes) continue;
      this.#give(this.#piece.buffer);
      this.#piece = new Uint8Array((await this.#room()) ?? new ArrayBuffer(this.#pieceBytes));
      this.#filled = 0;
    }
  }

  /**
   * Resolves when all of it is kept.
   *
   * @throws whatever `keep` throws
   */
  async end(): Promise<void> {
    if (this.#filled > 0) this.#give(this.#piece.buffer.slice(0, this.#filled));
    await Promise.all(this.#keeping.values());
  }

  #give(piece: ArrayBuffer): void {
    const index = this.#index++;
    const kept = this.#keep(piece, index).then((buffer) => [index, buffer] as const);
    // Whoever waits next is told; nobody may be waiting at this moment.
    kept.catch(() => undefined);
    this.#keeping.set(index, kept);
  }

  /** The first buffer that comes back, once as many are on their way as may be. */
  async #room(): Promise<ArrayBuffer | undefined> {
    if (this.#keeping.size < atOnce) return undefined;
    const [index, buffer] = await Promise.race(this.#keeping.values());
    this.#keeping.delete(index);
    return buffer;
  }
}
