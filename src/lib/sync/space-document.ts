import * as Y from 'yjs';
import type { SpaceDocument } from '#lib/domain/may-read.ts';
import { membersMaps, staffMaps } from '#lib/domain/state.ts';

/** One record of a followed document was written, or deleted (null). */
export interface Written {
  readonly map: string;
  readonly key: string;
  readonly value: unknown;
}

/**
 * A confirmed document: what the relay has written, and nothing else. Its maps are kept as plain JavaScript maps
 * beside it, record by record, so that reading 10 000 members costs nothing after the load.
 */
export class FollowedDocument {
  readonly doc = new Y.Doc({ gc: true });
  readonly maps: ReadonlyMap<string, Map<string, unknown>>;
  readonly #listeners = new Set<(written: readonly Written[]) => void>();

  constructor(document: SpaceDocument, updates: readonly Uint8Array[]) {
    for (const update of updates) Y.applyUpdate(this.doc, update, 'store');
    const names: readonly string[] = document === 'members' ? membersMaps : staffMaps;
    const all = new Set([...names, 'meta']);
    const maps = new Map<string, Map<string, unknown>>();
    for (const name of all) {
      const source = this.doc.getMap<unknown>(name);
      const plain = new Map<string, unknown>();
      source.forEach((value, key) => plain.set(key, value));
      maps.set(name, plain);
      source.observe((event) => {
        const written: Written[] = [];
        for (const key of event.keysChanged) {
          const value = source.get(key) ?? null;
          if (value === null) plain.delete(key);
          else plain.set(key, value);
          written.push({ map: name, key, value });
        }
        for (const listener of this.#listeners) listener(written);
      });
    }
    this.maps = maps;
  }

  /** The relay's counter: every accepted command of the TwinSpace advances it. 0 before the first. */
  get version(): number {
    const version = this.maps.get('meta')?.get('version');
    return typeof version === 'number' ? version : 0;
  }

  /** Calls for every batch of written records, until the answer is called. */
  listen(listener: (written: readonly Written[]) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  close(): void {
    this.#listeners.clear();
    this.doc.destroy();
  }
}
