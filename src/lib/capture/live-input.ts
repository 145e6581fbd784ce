/** What is asked of the device. */
export interface WantedInput {
  /** Which way it looks; undefined: no camera. A device with one camera gives that one. */
  readonly camera?: 'front' | 'back';
  /** The longer edge that is wished for, in pixels. */
  readonly longest?: number;
  readonly microphone: boolean;
}

/**
 * Why there is no picture or sound: somebody said no; the device has none; another app has it; this browser or this
 * address gives none at all.
 */
export type InputRefused = 'denied' | 'none' | 'busy' | 'unsupported';

const reasons: Readonly<Record<string, InputRefused>> = {
  NotAllowedError: 'denied',
  SecurityError: 'denied',
  NotFoundError: 'none',
  OverconstrainedError: 'none',
  NotReadableError: 'busy',
  AbortError: 'busy'
};

/**
 * MK5: camera and microphone, or why not. Whoever gets the stream stops its tracks. A film without a microphone has no
 * sound; it is better than none.
 */
export async function openInput(wanted: WantedInput): Promise<MediaStream | InputRefused> {
  const answer = await ask(wanted);
  const withoutSound = wanted.camera !== undefined && wanted.microphone && answer === 'none';
  return withoutSound ? ask({ ...wanted, microphone: false }) : answer;
}

/** How many cameras there are. Before somebody said yes, browsers tell of one at most. */
export async function countCameras(): Promise<number> {
  const devices = await navigator.mediaDevices.enumerateDevices();
  return devices.filter(({ kind }) => kind === 'videoinput').length;
}

async function ask({ camera, longest = 1280, microphone }: WantedInput): Promise<MediaStream | InputRefused> {
  // Only where the address is secure is there such a thing at all.
  const devices: MediaDevices | undefined = navigator.mediaDevices;
  if (devices === undefined) return 'unsupported';
  const facingMode = camera === 'front' ? 'user' : 'environment';
  try {
    return await devices.getUserMedia({
      audio: microphone,
      video: camera === undefined ? false : { facingMode, width: { ideal: longest } }
    });
  } catch (cause) {
    return reasons[cause instanceof DOMException ? cause.name : ''] ?? 'unsupported';
  }
}

/** MK5: the light of the camera goes out, and the microphone is closed. */
export function stopInput(stream: MediaStream | undefined): void {
  for (const track of stream?.getTracks() ?? []) track.stop();
}
