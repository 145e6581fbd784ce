import { CaptureTrouble, type Trouble } from './trouble.ts';
import { walkRecording, type WalkedRecording } from './walk-recording.ts';

/** What a recording worker is asked, and told: the piece before is kept, and its buffer is free again. */
export type RecordingQuestion =
  | { readonly is: 'walk'; readonly recording: Blob; readonly pieceBytes: number }
  | { readonly is: 'kept'; readonly piece: ArrayBuffer };

export type RecordingAnswer =
  | { readonly is: 'piece'; readonly piece: ArrayBuffer; readonly index: number }
  | { readonly is: 'walked'; readonly walked: WalkedRecording }
  | { readonly is: 'trouble'; readonly trouble: Trouble };

let kept: ((piece: ArrayBuffer) => void) | undefined;

/** Hands a piece over, and waits until there is room for the next one. */
function keep(piece: ArrayBuffer, index: number): Promise<ArrayBuffer> {
  return new Promise((resolve) => {
    kept = resolve;
    postMessage({ is: 'piece', piece, index } satisfies RecordingAnswer, { transfer: [piece] });
  });
}

/** Walks one film or sound in a thread of its own. */
addEventListener('message', ({ data }: MessageEvent<RecordingQuestion>) => {
  if (data.is === 'kept') {
    kept?.(data.piece);
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
