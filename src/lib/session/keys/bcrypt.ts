import type { Bcrypt } from '#lib/crypto/sealed-key.ts';

/** Computes bcrypt in a worker that lives for this one computation, and takes the password with it. */
export const bcryptInWorker: Bcrypt = (password, salt) =>
  new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./bcrypt-worker.ts', import.meta.url), { type: 'module' });
    worker.addEventListener('message', (event: MessageEvent<string>) => {
      worker.terminate();
      resolve(event.data);
    });
    worker.addEventListener('error', (event) => {
      worker.terminate();
      reject(new Error('bcrypt worker failed', { cause: event.message }));
    });
    worker.postMessage({ password, salt });
  });
