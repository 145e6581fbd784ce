/**
 * What the relay answers where no socket passes (NW10): Yjs updates to be applied in order, each behind its length in
 * four bytes, the highest first.
 */
export function joinUpdates(updates: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const joined = new Uint8Array(updates.reduce((sum, update) => sum + 4 + update.length, 0));
  let at = 0;
  for (const update of updates) {
    joined.set(lengthOf(update), at);
    joined.set(update, at + 4);
    at += 4 + update.length;
  }
  return joined;
}

/** The four bytes that an update stands behind: its length. */
export function lengthOf(update: Uint8Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, update.length);
  return bytes;
}

/**
 * The updates of such an answer.
 *
 * @throws RangeError when it is none
 */
export function partUpdates(joined: Uint8Array): readonly Uint8Array[] {
  const view = new DataView(joined.buffer, joined.byteOffset, joined.byteLength);
  const updates: Uint8Array[] = [];
  for (let at = 0; at < joined.length;) {
    const length = view.getUint32(at);
    if (at + 4 + length > joined.length) throw new RangeError('an update is cut off');
    updates.push(joined.subarray(at + 4, at + 4 + length));
    at += 4 + length;
  }
  return updates;
}

/** What is answered for one of many rooms: what is missing there, or why nothing is given. */
export type RoomAnswer =
  | {
      readonly is: 'updates';
      /** PG8: how far the page has come with them; 0 where it is no page. */
      readonly progress: number;
      readonly updates: readonly Uint8Array[];
    }
  /** `later`: the answer is full, or there are no more bytes for now: to be asked for again. */
  | { readonly is: Nothing };

const kinds = ['updates', 'not-permitted', 'not-found', 'other-generation', 'later'] as const;
type Nothing = Exclude<(typeof kinds)[number], 'updates'>;

/**
 * What the relay answers to whoever asks for many rooms at once, one after the other as they were asked for: a byte that
 * says which kind of answer it is; with updates eight bytes for how far the page has come and four for their length
 * follow, the highest first, then the updates like those of a single room.
 */
export function joinAnswers(answers: readonly RoomAnswer[]): Uint8Array<ArrayBuffer> {
  const parts = answers.map((answer) => joinAnswer(answer));
  const joined = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

/**
 * The answers, in the order in which the rooms were asked for.
 *
 * @throws RangeError when it is none such
 */
export function partAnswers(joined: Uint8Array): readonly RoomAnswer[] {
  const view = new DataView(joined.buffer, joined.byteOffset, joined.byteLength);
  const answers: RoomAnswer[] = [];
  for (let at = 0; at < joined.length;) {
    const is = kinds[view.getUint8(at)];
    if (is === undefined) throw new RangeError('an answer of no known kind');
    at += 1;
    if (is !== 'updates') {
      answers.push({ is });
      continue;
    }
    const progress = Number(view.getBigUint64(at));
    const [from, length] = [at + 12, view.getUint32(at + 8)];
    if (from + length > joined.length) throw new RangeError('an answer is cut off');
    answers.push({ is, progress, updates: partUpdates(joined.subarray(from, from + length)) });
    at = from + length;
  }
  return answers;
}

function joinAnswer(answer: RoomAnswer): Uint8Array {
  const kind = kinds.indexOf(answer.is);
  if (answer.is !== 'updates') return Uint8Array.of(kind);
  const updates = joinUpdates(answer.updates);
  const joined = new Uint8Array(13 + updates.length);
  const view = new DataView(joined.buffer);
  view.setUint8(0, kind);
  view.setBigUint64(1, BigInt(answer.progress));
  view.setUint32(9, updates.length);
  joined.set(updates, 13);
  return joined;
}
