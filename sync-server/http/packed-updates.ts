import { promisify } from 'node:util';
import { constants, crc32, deflateRaw } from 'node:zlib';
import { joinUpdates, lengthOf } from '#lib/protocol/document-answer.ts';

/** Packs so that another piece may follow, or as the last one. */
export type Pack = (bytes: Uint8Array, isLast: boolean) => Promise<Buffer>;

/** RFC 1952 §2.3: deflate, without name, time or flags. */
const header = Uint8Array.of(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255);

/** Updates from this size on are packed once for whoever is given them; bytes. */
const worthKeeping = 16 * 1024;

/** A quick level: of a document's keys and ids a slow one leaves hardly less. */
const level = 1;

/**
 * RM22: what readers are missing as one gzip (RFC 1952), of which the large parts are packed once. A state that a
 * thousand tablets are given is one buffer for as long as it holds (`ServedState`), and what is packed of it goes with
 * it. Deflate may be cut into pieces that end on a byte (RFC 1951, an empty stored block), so pieces that were packed
 * apart stand in one stream.
 */
export class PackedUpdates {
  readonly #pack: Pack;
  readonly #kept = new WeakMap<Uint8Array, Promise<Buffer>>();

  constructor(pack: Pack = packPiece) {
    this.#pack = pack;
  }

  /** The answer that `joinUpdates` makes of these updates, as gzip. */
  async gzip(updates: readonly Uint8Array[]): Promise<Uint8Array<ArrayBuffer>> {
    const parts = await Promise.all(updates.map((update) => this.#part(update)));
    const sums = new DataView(new ArrayBuffer(8));
    const [sum, length] = sumOf(updates);
    sums.setUint32(0, sum, true);
    sums.setUint32(4, length, true);
    const end = await this.#pack(new Uint8Array(), true);
    return new Uint8Array(Buffer.concat([header, ...parts, end, new Uint8Array(sums.buffer)]));
  }

  #part(update: Uint8Array): Promise<Buffer> {
    if (update.length < worthKeeping) return this.#piece(update);
    const known = this.#kept.get(update);
    if (known) return known;
    const packing = this.#piece(update);
    this.#kept.set(update, packing);
    packing.catch(() => this.#kept.delete(update));
    return packing;
  }

  #piece(update: Uint8Array): Promise<Buffer> {
    return this.#pack(joinUpdates([update]), false);
  }
}

const deflate = promisify(deflateRaw);

function packPiece(bytes: Uint8Array, isLast: boolean): Promise<Buffer> {
  return deflate(bytes, { level, finishFlush: isLast ? constants.Z_FINISH : constants.Z_FULL_FLUSH });
}

/** CRC-32 and length, modulo 2³², of what `joinUpdates` makes of them (RFC 1952 §2.3.1). */
function sumOf(updates: readonly Uint8Array[]): readonly [sum: number, length: number] {
  let [sum, length] = [0, 0];
  for (const update of updates) {
    sum = crc32(update, crc32(lengthOf(update), sum));
    length += update.length + 4;
  }
  return [sum, length % 2 ** 32];
}
