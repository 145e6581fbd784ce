import { CaptureTrouble, type Trouble } from './trouble.ts';
import { walkRecording, type WalkedRecording } from './walk-recording.ts';

/** What a recording worker is asked, and told: a piece is kept, and its buffer is free again. */
export type RecordingQuestion =
  | { readonly is: 'walk'; readonly recording: Blob; readonly pieceBytes: number }
  | { readonly is: 'kept'; readonly piece: ArrayBuffer; readonly index: number };

export type RecordingAnswer =
  | { readonly is: 'piece'; readonly piece: ArrayBuffer; readonly index: number }
  | { readonly is: 'walked'; readonly walked: WalkedRecording }
  | { readonly is: 'trouble'; readonly trouble: Trouble };

/** Who waits until which piece is kept. */
const waiting = new Map<number, (piece: ArrayBuffer) => void>();

/** Hands a piece over, and waits until it is kept. */
function keep(piece: ArrayBuffer, index: number): Promise<ArrayBuffer> {
  return new Promise((resolve) => {
    waiting.set(index, resolve);
    postMessage({ is: 'piece', piece, index } satisfies RecordingAnswer, { transfer: [piece] });
  });
}

/** Walks one film or sound in a thread of its own. */
addEventListener('message', ({ data }: MessageEvent<RecordingQuestion>) => {
  if (data.is === 'kept') {
    waiting.get(data.index)?.(data.piece);
    waiting.delete(data.index);
    return;
  }
  walkRecording(data.recording, data.pieceBytes, keep).then(
    (walked) => postMessage({ is: 'walked', walked } satisfies RecordingAnswer),
    (error: unknown) => {
      const trouble = error instanceof CaptureTrouble ? error.trouble : 'unreadable';
      postMessage({ is: 'trouble', trouble } satisfies RecordingAnswer);
    }
  );
});
