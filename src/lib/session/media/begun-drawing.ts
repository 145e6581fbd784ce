import { readDrawing, type Drawing } from '#lib/capture/drawing.ts';
import type { PageId } from '#lib/domain/ids.ts';
import { exceptStorage } from '#lib/store/storage-failure.ts';
import type { Bench } from '../work/bench.ts';

/**
 * MK9: a drawing for a page, kept on this device under whoever draws it, line by line, until it is put into the page or
 * given up. A device that has no room for it draws all the same.
 */
export class BegunDrawing {
  readonly #work: Bench;
  readonly #page: PageId;
  /** What is to be kept next; undefined: nothing of it. */
  #next: Drawing | undefined;
  #writing: Promise<void> | undefined;

  constructor(work: Bench, page: PageId) {
    this.#work = work;
    this.#page = page;
  }

  /** What was drawn before; undefined: nothing, or nothing that can be read. */
  async read(): Promise<Drawing | undefined> {
    await this.#writing;
    const row = await this.#work.app.db.drawings.get([this.#work.me.account, this.#page]);
    return row && readDrawing(row.text, Infinity);
  }

  /** Keeps it as it is now; one without lines is none. */
  keep(drawing: Drawing): void {
    this.#write(drawing.strokes.length > 0 ? drawing : undefined);
  }

  /** It was put into the page, or given up. */
  drop(): void {
    this.#write(undefined);
  }

  #write(drawing: Drawing | undefined): void {
    this.#next = drawing;
    // Whoever draws faster than the device writes has the last of it written.
    this.#writing ??= Promise.resolve()
      .then(() => this.#store())
      .catch(exceptStorage)
      .finally(() => (this.#writing = undefined));
  }

  async #store(): Promise<void> {
    const { app, me, today } = this.#work;
    const at = { account: me.account, page: this.#page };
    let stored: Drawing | undefined | null = null;
    while (stored !== this.#next) {
      stored = this.#next;
      if (stored) await app.db.drawings.put({ ...at, text: JSON.stringify(stored), on: today });
      else await app.db.drawings.delete([at.account, at.page]);
    }
  }
}
