import type { MadePicture } from './draw-picture.ts';
import type { PictureAnswer, PictureQuestion } from './picture-worker.ts';
import { CaptureTrouble } from './trouble.ts';

/** Draws pictures anew, one after the other, in a worker that lives until it is closed. Whoever makes it closes it. */
export class Pictures {
  #worker: Worker | undefined;
  #turn: Promise<unknown> = Promise.resolve();
  #giveUp: (() => void) | undefined;

  /** @throws CaptureTrouble */
  draw(question: PictureQuestion): Promise<MadePicture> {
    const mine = this.#turn.then(() => this.#ask(question));
    this.#turn = mine.catch(() => undefined);
    return mine;
  }

  /** What is being drawn is given up. */
  close(): void {
    this.#worker?.terminate();
    this.#worker = undefined;
    this.#giveUp?.();
  }

  #ask(question: PictureQuestion): Promise<MadePicture> {
    this.#worker ??= new Worker(new URL('./picture-worker.ts', import.meta.url), { type: 'module' });
    const worker = this.#worker;
    return new Promise((resolve, reject) => {
      this.#giveUp = () => reject(new CaptureTrouble('unreadable'));
      worker.onmessage = ({ data }: MessageEvent<PictureAnswer>) => {
        if ('made' in data) resolve(data.made);
        else reject(new CaptureTrouble(data.trouble));
      };
      // The thread itself is gone, for want of memory: the next picture gets another.
      worker.onerror = ({ message }) => {
        worker.terminate();
        this.#worker = undefined;
        reject(new CaptureTrouble('too-large', { cause: message }));
      };
      worker.postMessage(question);
    });
  }
}
