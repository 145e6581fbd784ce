import type { CommandArgs } from '#lib/domain/commands/command.ts';
import type { PageId } from '#lib/domain/ids.ts';
import { lookedMedia, type ArchivedMedia } from './archived-media.ts';
import { pageHere, type ArchivedPage } from './archived-page.ts';
import type { LookingAnswer, LookingQuestion } from './looking-worker.ts';
import type { NewIds } from './new-ids.ts';

type Told = Exclude<LookingAnswer, { readonly is: 'ready' | 'read' | 'failed' }>;

/**
 * FA7: looks at pages and media of an archive in a worker, so that the screen answers meanwhile. One question at a time.
 * What failed there fails here under the same name; whatever ends it, `close` ends the worker. Where its script cannot be
 * loaded (no network, and the app is not wholly stored yet) the same is done here.
 */
export class Looking {
  readonly #ids: NewIds;
  readonly #worker: Worker | undefined;

  private constructor(ids: NewIds, worker: Worker | undefined) {
    this.#ids = ids;
    this.#worker = worker;
    worker?.postMessage({ is: 'ids', ids } satisfies LookingQuestion);
  }

  /** @param stop aborts when nobody waits for it any more */
  static async begin(ids: NewIds, stop: AbortSignal): Promise<Looking> {
    const worker = new Worker(new URL('./looking-worker.ts', import.meta.url), { type: 'module' });
    const isThere = await new Promise<boolean>((resolve) => {
      worker.onmessage = () => resolve(true);
      worker.onerror = () => resolve(false);
      stop.addEventListener('abort', () => resolve(false));
    });
    if (!isThere) worker.terminate();
    return new Looking(ids, isThere ? worker : undefined);
  }

  /** FA5: as `pageHere`. The bytes are the worker's afterwards. */
  async page(document: Uint8Array<ArrayBuffer>): Promise<ArchivedPage | undefined> {
    if (!this.#worker) return pageHere(document, this.#ids);
    const told = await ask(this.#worker, { is: 'page', document }, () => undefined, [document.buffer]);
    return told.is === 'page' ? told.page : undefined;
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
    const told = await ask(this.#worker, { is: 'media', media, page }, read);
    return told.is === 'media' ? told.args : undefined;
  }

  close(): void {
    this.#worker?.terminate();
  }
}

function ask(
  worker: Worker,
  question: LookingQuestion,
  read: () => void,
  transfer: Transferable[] = []
): Promise<Told> {
  return new Promise((resolve, reject) => {
    worker.onerror = ({ message }) => reject(new Error(message));
    worker.onmessage = ({ data }: MessageEvent<Exclude<LookingAnswer, { readonly is: 'ready' }>>) => {
      if (data.is === 'failed') reject(new DOMException(data.message, data.name));
      else if (data.is !== 'read') resolve(data);
      else
        try {
          read();
        } catch (error) {
          reject(error instanceof Error ? error : new Error('ended', { cause: error }));
        }
    };
    worker.postMessage(question, transfer);
  });
}
