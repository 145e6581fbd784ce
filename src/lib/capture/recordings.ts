import type { RecordingAnswer, RecordingQuestion } from './recording-worker.ts';
import { CaptureTrouble } from './trouble.ts';
import type { WalkedRecording } from './walk-recording.ts';

/**
 * MT7: walks a film or a sound in a worker; a few pieces at once are handed over to be kept, as copies: their buffers are
 * filled again. However it ends, no piece is on its way any more.
 *
 * @param stop aborts when nobody wants it any more
 * @throws CaptureTrouble, and whatever `keep` throws
 */
export function walkInWorker(
  recording: Blob,
  pieceBytes: number,
  keep: (piece: ArrayBuffer, index: number) => Promise<void>,
  stop: AbortSignal
): Promise<WalkedRecording> {
  const worker = new Worker(new URL('./recording-worker.ts', import.meta.url), { type: 'module' });
  const say = (question: RecordingQuestion, transfer: Transferable[] = []): void =>
    worker.postMessage(question, transfer);
  const keeping = new Set<Promise<void>>();
  return new Promise<WalkedRecording>((resolve, reject) => {
    stop.addEventListener('abort', () => reject(new CaptureTrouble('unreadable')));
    worker.onmessage = ({ data }: MessageEvent<RecordingAnswer>) => {
      if (data.is === 'walked') resolve(data.walked);
      else if (data.is === 'trouble') reject(new CaptureTrouble(data.trouble));
      else {
        const { piece, index } = data;
        const kept = keep(piece, index).then(() => say({ is: 'kept', piece, index }, [piece]), reject);
        keeping.add(kept);
        void kept.finally(() => keeping.delete(kept));
      }
    };
    worker.onerror = ({ message }) => reject(new CaptureTrouble('unreadable', { cause: message }));
    say({ is: 'walk', recording, pieceBytes });
  }).finally(() => {
    worker.onmessage = null;
    worker.terminate();
    return Promise.all(keeping);
  });
}
