/**
 * What the relay answers where no socket passes (NW10): Yjs updates to be applied in order, each behind its length in
 * four bytes, the highest first.
 */
export function joinUpdates(updates: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const joined = new Uint8Array(updates.reduce((sum, update) => sum + 4 + update.length, 0));
  const view = new DataView(joined.buffer);
  let at = 0;
  for (const update of updates) {
    view.setUint32(at, update.length);
    joined.set(update, at + 4);
    at += 4 + update.length;
  }
  return joined;
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
