import { mediaLimits } from './limits.ts';
import type { Source } from './source.ts';

/** What stands in a file from `from` to before `to`, and what is to stand there instead; where nothing is said, as many zeros. */
export interface Edit {
  readonly from: number;
  readonly to: number;
  readonly instead?: Uint8Array;
}

/** In bytes: how long a file is once it has been edited. */
export function editedLength(length: number, edits: readonly Edit[]): number {
  return edits.reduce(
    (sum, { from, to, instead }) => (instead ? sum + instead.length - (to - from) : sum),
    length
  );
}

/**
 * MD2: the file as it is once it has been edited, in pieces of at most `mediaLimits.piece` bytes.
 *
 * @param edits in the order of the file, none over another, as `look` finds them
 */
export async function* edited(
  source: Source,
  edits: readonly Edit[]
): AsyncGenerator<Uint8Array, void, void> {
  let at = 0;
  for (const { from, to, instead } of edits) {
    yield* copied(source, at, from);
    if (!instead) yield* zeros(to - from);
    else if (instead.length > 0) yield instead;
    at = to;
  }
  yield* copied(source, at, source.length);
}

async function* copied(source: Source, from: number, to: number): AsyncGenerator<Uint8Array, void, void> {
  for (let at = from; at < to; at += mediaLimits.piece) {
    yield await source.read(at, Math.min(at + mediaLimits.piece, to));
  }
}

function* zeros(count: number): Generator<Uint8Array, void, void> {
  for (let left = count; left > 0; left -= mediaLimits.piece) {
    yield new Uint8Array(Math.min(left, mediaLimits.piece));
  }
}
