import type { CommandArgs } from '#lib/domain/commands/command.ts';
import type { PageId } from '#lib/domain/ids.ts';
import type { Database } from '#lib/store/database.ts';
import { keepPieces } from '#lib/store/media-files.ts';
import { lookedMedia, type ArchivedMedia } from './archived-media.ts';
import { pageHere, type ArchivedPage } from './archived-page.ts';
import type {
  AnswerTo,
  AnyAnswer,
  LookingAnswer,
  LookingMessage,
  LookingQuestion
} from './looking-worker.ts';
import type { NewIds } from './new-ids.ts';

/** Whoever waits for an answer of the worker. */
interface Waiting {
  readonly read: () => void;
  readonly done: (answer: AnyAnswer) => void;
  readonly failed: (error: Error) => void;
  /** What ended it here: told once the worker has ended it, too. */
  ended?: Error;
}

/**
 * FA7: looks at pages and media of an archive in a worker, and keeps their pieces there, so that the screen answers
 * meanwhile. What failed there fails here under the same name; whatever ends it, `close` ends the worker. Where its
 * script cannot be loaded (no network, and the app is not wholly stored yet) the same is done here.
 */
export class Looking {
  readonly #db: Database;
  readonly #ids: NewIds;
  readonly #worker: Worker | undefined;
  readonly #waiting = new Map<number, Waiting>();
  #asked = 0;

  private constructor(db: Database, ids: NewIds, worker: Worker | undefined) {
    this.#db = db;
    this.#ids = ids;
    this.#worker = worker;
    if (!worker) return;
    worker.onmessage = ({ data }: MessageEvent<LookingAnswer>) => this.#told(data);
    worker.onerror = ({ message }) => {
      for (const { failed } of this.#waiting.values()) failed(new Error(message));
      this.#waiting.clear();
    };
    worker.postMessage({ is: 'begin', ids, database: db.name } satisfies LookingMessage);
  }

  /**
   * @param db where pieces are kept
   * @param stop aborts when nobody waits for it any more
   */
  static async begin(db: Database, ids: NewIds, stop: AbortSignal): Promise<Looking> {
    const worker = new Worker(new URL('./looking-worker.ts', import.meta.url), { type: 'module' });
    const isThere = await new Promise<boolean>((resolve) => {
      worker.onmessage = () => resolve(true);
      worker.onerror = () => resolve(false);
      stop.addEventListener('abort', () => resolve(false));
    });
    if (!isThere) worker.terminate();
    return new Looking(db, ids, isThere ? worker : undefined);
  }

  /** FA5: as `pageHere`. The bytes are the worker's afterwards. */
  async page(document: Uint8Array<ArrayBuffer>): Promise<ArchivedPage | undefined> {
    if (!this.#worker) return pageHere(document, this.#ids);
    return this.#ask(this.#worker, { is: 'page', document }, () => undefined, [document.buffer]);
  }

  /**
   * FA6: as `lookedMedia`.
   *
   * @param read is called with each piece; what it throws ends it
   */
  async media(
    media: ArchivedMedia,
    page: PageId | undefined,
    read: () => void
  ): Promise<CommandArgs['media.add'] | undefined> {
    if (!this.#worker) return lookedMedia(media, page, read);
    return this.#ask(this.#worker, { is: 'media', media, page }, read);
  }

  /**
   * MT1: as `keepPieces`.
   *
   * @param read is called with each piece; what it throws ends it
   */
  async keep(file: string, bytes: Blob, read: () => void): Promise<void> {
    if (!this.#worker) return keepPieces(this.#db, file, bytes, read);
    await this.#ask(this.#worker, { is: 'keep', file, bytes }, read);
  }

  close(): void {
    this.#worker?.terminate();
  }

  #ask<Kind extends keyof AnswerTo>(
    worker: Worker,
    question: LookingQuestion & { readonly is: Kind },
    read: () => void,
    transfer: Transferable[] = []
  ): Promise<AnswerTo[Kind]> {
    const number = this.#asked++;
    return new Promise<AnswerTo[Kind]>((resolve, failed) => {
      // A question is answered with what is asked for.
      const done = (answer: AnyAnswer): void => resolve(answer as AnswerTo[Kind]);
      this.#waiting.set(number, { read, done, failed });
      worker.postMessage({ is: 'ask', number, question } satisfies LookingMessage, transfer);
    });
  }

  #told(data: LookingAnswer): void {
    if (data.is === 'ready') return;
    const waiting = this.#waiting.get(data.number);
    if (!waiting) return;
    if (data.is === 'read') {
      if (!waiting.ended) this.#read(data.number, waiting);
      return;
    }
    this.#waiting.delete(data.number);
    if (waiting.ended) waiting.failed(waiting.ended);
    else if (data.is === 'failed') waiting.failed(new DOMException(data.message, data.name));
    else waiting.done(data.answer);
  }

  #read(number: number, waiting: Waiting): void {
    try {
      waiting.read();
    } catch (error) {
      waiting.ended = error instanceof Error ? error : new Error('ended', { cause: error });
      this.#worker?.postMessage({ is: 'stop', number } satisfies LookingMessage);
    }
  }
}
