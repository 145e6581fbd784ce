import type { Bcrypt } from '#lib/crypto/sealed-key.ts';

/** So many at once: a classroom tablet has few fast cores, and the screen needs one of them. */
const threads = 2;

/** What waits for a worker that is free. */
interface Asked {
  readonly question: { readonly password: string; readonly salt: string };
  readonly resolve: (hash: string) => void;
  readonly reject: (error: Error) => void;
}

/**
 * Computes bcrypt for many passwords in a few workers, which live until it is closed: a worker for each would cost more
 * than a computation on a quick device. Whoever makes a pool closes it.
 */
export class BcryptPool {
  readonly #idle: Worker[] = [];
  readonly #all: Worker[] = [];
  readonly #asked: Asked[] = [];

  constructor() {
    for (let thread = 0; thread < threads; thread++) {
      const worker = new Worker(new URL('./bcrypt-worker.ts', import.meta.url), { type: 'module' });
      this.#all.push(worker);
      this.#idle.push(worker);
    }
  }

  readonly bcrypt: Bcrypt = (password, salt) =>
    new Promise((resolve, reject) => {
      this.#asked.push({ question: { password, salt }, resolve, reject });
      this.#next();
    });

  /** Ends the workers; what was asked and not answered is never answered. */
  close(): void {
    for (const worker of this.#all) worker.terminate();
    this.#asked.length = 0;
    this.#idle.length = 0;
  }

  #next(): void {
    const worker = this.#idle.pop();
    if (!worker) return;
    const asked = this.#asked.shift();
    if (!asked) {
      this.#idle.push(worker);
      return;
    }
    worker.onmessage = (event: MessageEvent<string>) => {
      this.#idle.push(worker);
      asked.resolve(event.data);
      this.#next();
    };
    worker.onerror = (event) => {
      asked.reject(new Error('bcrypt worker failed', { cause: event.message }));
    };
    worker.postMessage(asked.question);
  }
}
