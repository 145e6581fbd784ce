import type { SpacePut } from '#lib/domain/puts.ts';
import { movedTo, putMoved } from '#lib/domain/pages.ts';
import { guarded } from '#relay/guarded.ts';
import { forLog } from '#relay/log.ts';
import type { PageIn } from '#relay/storage/page-store.ts';
import type { Lock } from '../truth/lock.ts';
import type { Writer } from './writer.ts';
import { writeTold } from './write-records.ts';

/** PG8: milliseconds between two times at which it is told which pages have moved. */
export const tellMovedEvery = 10_000;

/**
 * PG8: tells those who follow the records of a TwinSpace in which pages something was written: for all pages at once, so
 * that however many type, each document is written once in ten seconds. Which pages these are is stored with the edits,
 * so nothing is left out when the relay ends in between.
 */
export class MovedPages {
  readonly #writer: Omit<Writer, 'onPoint'>;
  readonly #lock: Lock;
  #timer: NodeJS.Timeout | undefined;

  constructor(writer: Omit<Writer, 'onPoint'>, lock: Lock) {
    this.#writer = writer;
    this.#lock = lock;
  }

  /** Tells at once what the relay before this one had not told yet. */
  start(): void {
    const tell = guarded(this.#writer.log, 'moved-pages', () => this.tell());
    tell();
    this.#timer = setInterval(tell, tellMovedEvery).unref();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  /** Tells what is to be told now. */
  tell(): Promise<void> {
    return this.#lock.run(async () => {
      const { storage, log } = this.#writer;
      const moved = await storage.pages.moved();
      if (moved.length === 0) return;
      const [puts, told]: [SpacePut[], PageIn[]] = [[], []];
      for (const at of moved) {
        try {
          puts.push(...(await this.#putsFor(at)));
          told.push(at);
        } catch (error) {
          // One page that cannot be read keeps no other from being told of.
          log.error({ event: 'moved-page-failed', ...forLog(error) });
        }
      }
      await writeTold(this.#writer, puts, (updates) =>
        storage.together(async (within) => {
          await within.documents.append(updates);
          await within.pages.told(told);
        })
      );
    });
  }

  async #putsFor({ space, page }: PageIn): Promise<readonly SpacePut[]> {
    const { truth } = this.#writer;
    const state = (await truth.space(space))?.state;
    if (!state) return [];
    const { progress } = await truth.pages.of(space, page);
    // An edit may have said nothing new.
    if (progress === movedTo(state, page)) return [];
    return putMoved(state, page, progress).map((put) => ({ ...put, space }));
  }
}
