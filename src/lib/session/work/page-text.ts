/** A text with which a page begins: updates that are written one on the other under one clientID, each an edit. */
export interface PageText {
  readonly client: number;
  readonly updates: readonly Uint8Array<ArrayBuffer>[];
}
