import type { RecordingAnswer, RecordingQuestion } from './recording-worker.ts';
import { CaptureTrouble } from './trouble.ts';
import type { WalkedRecording } from './walk-recording.ts';

/**
 * MT7: walks a film or a sound in a worker; one piece after the other is handed over to be kept, as a copy: its buffer is
 * filled again.
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
  return new Promise<WalkedRecording>((resolve, reject) => {
    stop.addEventListener('abort', () => reject(new CaptureTrouble('unreadable')));
    worker.onmessage = ({ data }: MessageEvent<RecordingAnswer>) => {
      if (data.is === 'walked') resolve(data.walked);
      else if (data.is === 'trouble') reject(new CaptureTrouble(data.trouble));
      else {
        const { piece, index } = data;
        keep(piece, index).then(() => say({ is: 'kept', piece }, [piece]), reject);
      }
    };
    worker.onerror = ({ message }) => reject(new CaptureTrouble('unreadable', { cause: message }));
    say({ is: 'walk', recording, pieceBytes });
  }).finally(() => worker.terminate());
}
