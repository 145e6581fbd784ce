/** The longest header of a frame: two bytes, eight of length, four of mask (RFC 6455 §5.2). */
const longestHeader = 14;

/**
 * Follows the frames of a follower by their headers, to know what has come of a message that is not whole yet (RM14).
 * `ws` reads the same bytes and judges them; this only counts.
 */
export class Unfinished {
  readonly #header = new Uint8Array(longestHeader);
  #headerBytes = 0;
  /** Of the frame whose header was read last: bytes that are still to come. */
  #left = 0;
  #frame = { control: false, last: true };
  #parts = 0;
  #bytes = 0;

  /** Bytes of a frame or a message that has begun; 0 when there is none. */
  get bytes(): number {
    return this.#bytes + this.#headerBytes + (this.#parts > 0 || this.#left > 0 ? 1 : 0);
  }

  /** What has come. */
  take(chunk: Uint8Array): void {
    for (let at = 0; at < chunk.length;) {
      if (this.#left > 0) {
        const here = Math.min(this.#left, chunk.length - at);
        this.#left -= here;
        at += here;
        if (!this.#frame.control) this.#bytes += here;
      } else {
        this.#header[this.#headerBytes++] = chunk[at++] ?? 0;
        const length = this.#payload();
        if (length === undefined) continue;
        const [first = 0] = this.#header;
        // Control frames come between the parts of a message (§5.4).
        this.#frame = { control: (first & 8) !== 0, last: (first & 128) !== 0 };
        this.#headerBytes = 0;
        this.#left = length;
        if (!this.#frame.control) this.#parts += 1;
      }
      if (this.#left === 0 && this.#headerBytes === 0 && !this.#frame.control && this.#frame.last) {
        this.#parts = 0;
        this.#bytes = 0;
      }
    }
  }

  /** The length that the header names, once it is whole. */
  #payload(): number | undefined {
    const [, second = 0] = this.#header;
    const masked = (second & 128) !== 0 ? 4 : 0;
    const short = second & 127;
    const wide = short === 126 ? 2 : short === 127 ? 8 : 0;
    if (this.#headerBytes < 2 + wide + masked) return undefined;
    if (wide === 0) return short;
    let length = 0;
    for (let at = 2; at < 2 + wide; at++) length = length * 256 + (this.#header[at] ?? 0);
    return length;
  }
}
