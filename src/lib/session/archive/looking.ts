import type { CommandArgs } from '#lib/domain/commands/command.ts';
import type { PageId } from '#lib/domain/ids.ts';
import type { ArchivedMedia } from './archived-media.ts';
import type { ArchivedPage } from './archived-page.ts';
import type { LookingAnswer, LookingQuestion } from './looking-worker.ts';
import type { NewIds } from './new-ids.ts';

type Told = Exclude<LookingAnswer, { readonly is: 'read' | 'failed' }>;

/**
 * FA7: looks at pages and media of an archive in a worker, so that the screen answers meanwhile. One question at a time.
 * What failed there fails here under the same name; whatever ends it, `close` ends the worker.
 */
export class Looking {
  readonly #worker = new Worker(new URL('./looking-worker.ts', import.meta.url), { type: 'module' });

  constructor(ids: NewIds) {
    this.#say({ is: 'ids', ids });
  }

  /** FA5: as `pageHere`. The bytes are the worker's afterwards. */
  async page(document: Uint8Array<ArrayBuffer>): Promise<ArchivedPage | undefined> {
    const told = await this.#ask({ is: 'page', document }, () => undefined, [document.buffer]);
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
    const told = await this.#ask({ is: 'media', media, page }, read);
    return told.is === 'media' ? told.args : undefined;
  }

  close(): void {
    this.#worker.terminate();
  }

  #ask(question: LookingQuestion, read: () => void, transfer: Transferable[] = []): Promise<Told> {
    return new Promise((resolve, reject) => {
      this.#worker.onerror = ({ message }) => reject(new Error(message));
      this.#worker.onmessage = ({ data }: MessageEvent<LookingAnswer>) => {
        if (data.is === 'failed') reject(new DOMException(data.message, data.name));
        else if (data.is !== 'read') resolve(data);
        else
          try {
            read();
          } catch (error) {
            reject(error instanceof Error ? error : new Error('ended', { cause: error }));
          }
      };
      this.#say(question, transfer);
    });
  }

  #say(question: LookingQuestion, transfer: Transferable[] = []): void {
    this.#worker.postMessage(question, transfer);
  }
}
