import type { EncodingAnswer, EncodingQuestion } from './encoding-worker.ts';

/** Milliseconds after which no thread is waited for any more: where its script is not stored, a network may be silent. */
const patience = 1_000;

/**
 * What stands on a canvas, as the bytes of a picture, encoded in a thread of its own. On the page's own thread Chromium
 * encodes JPEG and PNG only in the moments in which nothing else is to be done, and begins a second, ends seven seconds
 * late where a live picture leaves it none. Where there is no such thread, or its script does not come, it is done here.
 *
 * @param canvas is empty afterwards
 */
export async function encodedAside(canvas: OffscreenCanvas, options: ImageEncodeOptions): Promise<Blob> {
  const worker = await began();
  if (!worker) return canvas.convertToBlob(options);
  try {
    return await asked(worker, { picture: canvas.transferToImageBitmap(), options });
  } finally {
    worker.terminate();
  }
}

/** A worker that is there; undefined where none comes. */
function began(): Promise<Worker | undefined> {
  return new Promise((resolve) => {
    const worker = new Worker(new URL('./encoding-worker.ts', import.meta.url), { type: 'module' });
    const none = (): void => {
      clearTimeout(timer);
      worker.terminate();
      resolve(undefined);
    };
    const timer = setTimeout(none, patience);
    worker.onerror = none;
    // The first thing that it says is that it is there: only then is the picture given away.
    worker.onmessage = () => {
      clearTimeout(timer);
      resolve(worker);
    };
  });
}

function asked(worker: Worker, question: EncodingQuestion): Promise<Blob> {
  return new Promise((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<EncodingAnswer>) => {
      if (data instanceof Blob) resolve(data);
      else reject(new Error('This browser could not encode a picture.'));
    };
    worker.onerror = ({ message }) =>
      reject(new Error('The thread that encodes is gone.', { cause: message }));
    worker.postMessage(question, [question.picture]);
  });
}
