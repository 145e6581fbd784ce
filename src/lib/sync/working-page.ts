import * as Y from 'yjs';
import type { Database } from '#lib/store/database.ts';
import { loadDocument } from '#lib/store/documents.ts';
import { pageDocument } from '#lib/yjs/page-document.ts';
import { textOf } from './followed-page.ts';

/** From where something came into a working document that nobody typed there. */
const told = Symbol('told');

/**
 * WR2: a page as it is seen and written here: what the relay has confirmed, and over it the edits that wait on this
 * device, whoever made them. Whoever makes it closes it.
 */
export class WorkingPage {
  /** What is deleted stays readable in it: an edit that takes words along can be told. */
  readonly doc = pageDocument({ keepDeleted: true });
  readonly #confirmed: Y.Doc;
  readonly #follow = (update: Uint8Array): void => Y.applyUpdate(this.doc, update, told);

  /** @param typed what somebody has just written here, as an update */
  constructor(
    confirmed: Y.Doc,
    pending: readonly Uint8Array[],
    typed: (update: Uint8Array<ArrayBuffer>) => void
  ) {
    this.#confirmed = confirmed;
    this.#follow(Y.encodeStateAsUpdate(confirmed));
    for (const update of pending) this.#follow(update);
    confirmed.on('update', this.#follow);
    this.doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== told) typed(new Uint8Array(update));
    });
  }

  /** An edit waits here now that was made elsewhere on this device. One that is in it already changes nothing. */
  add(update: Uint8Array): void {
    this.#follow(update);
  }

  /** WR1: the clientID of whoever writes here from now on. */
  set client(id: number) {
    this.doc.clientID = id;
  }

  close(): void {
    this.#confirmed.off('update', this.#follow);
    this.doc.destroy();
  }
}

/** The confirmed text of a page as it is stored here; whoever asks destroys it. */
export async function readPageText(db: Database, room: string): Promise<Y.Doc> {
  return textOf((await loadDocument(db, room)).updates);
}

/** A text with more over it; whoever asks destroys it. */
export function textOver(confirmed: Y.Doc, updates: readonly Uint8Array[]): Y.Doc {
  const doc = pageDocument({ keepDeleted: true });
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(confirmed));
  for (const update of updates) Y.applyUpdate(doc, update);
  return doc;
}

/** Several edits, one after the other, as one. */
export function mergeEdits(updates: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Y.mergeUpdates([...updates]));
}
