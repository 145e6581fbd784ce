/** MK6: so many seconds a film or a sound has at most. */
export const mostSeconds = 300;

export type RecordedKind = 'film' | 'sound';

/** The first of them that the browser writes: MP4, which all tablets play, before WebM. */
const types: Readonly<Record<RecordedKind, readonly string[]>> = {
  film: [
    'video/mp4;codecs=avc1.42E01F,mp4a.40.2',
    'video/mp4;codecs=avc1,mp4a.40.2',
    'video/webm;codecs=vp8,opus',
    'video/webm'
  ],
  sound: ['audio/mp4;codecs=mp4a.40.2', 'audio/webm;codecs=opus', 'audio/webm']
};

/** A class's film of five minutes stays below 100 MB. In bits a second. */
const rates = { videoBitsPerSecond: 2_500_000, audioBitsPerSecond: 96_000 } as const;

interface Ears {
  /**
   * Told about four times a second once there is something of it, in seconds, without pauses: on a weak tablet the first
   * frame takes a while, and who stopped before it would have nothing.
   */
  readonly onpassed: (seconds: number) => void;
  /** Told once, when it ends: by `stop`, at its longest, or because the device was taken away. */
  readonly onended: (made: Blob, seconds: number) => void;
}

/** MK6: a film or a sound while it is recorded. It never outlives its longest; `abandon` ends it and gives nothing. */
export class Recording {
  readonly #recorder: MediaRecorder;
  readonly #pieces: Blob[] = [];
  readonly #ears: Ears;
  readonly #most: number;
  readonly #timer: ReturnType<typeof setInterval>;
  /** Milliseconds before the last pause; and when it went on. The clock runs from the first piece on. */
  #before = 0;
  #since: number | undefined;
  #abandoned = false;

  /**
   * Begins at once. Fails where the browser records nothing of this kind.
   *
   * @param most in seconds
   */
  constructor(stream: MediaStream, kind: RecordedKind, ears: Ears, most = mostSeconds) {
    const mimeType = types[kind].find((type) => MediaRecorder.isTypeSupported(type));
    this.#recorder = new MediaRecorder(stream, { ...(mimeType ? { mimeType } : {}), ...rates });
    this.#ears = ears;
    this.#most = most;
    this.#recorder.ondataavailable = ({ data }) => this.#keep(data);
    this.#recorder.onstop = () => this.#ended();
    // In milliseconds. In pieces: what is there when the device is taken away is kept.
    this.#recorder.start(250);
    this.#timer = setInterval(() => this.#passed(), 250);
  }

  /** Without pauses. */
  get seconds(): number {
    const going = this.#since === undefined ? 0 : performance.now() - this.#since;
    return (this.#before + going) / 1000;
  }

  pause(): void {
    if (this.#recorder.state !== 'recording') return;
    this.#recorder.pause();
    this.#hold();
  }

  goOn(): void {
    if (this.#recorder.state !== 'paused') return;
    this.#recorder.resume();
    if (this.#pieces.length > 0) this.#since = performance.now();
  }

  stop(): void {
    if (this.#recorder.state !== 'inactive') this.#recorder.stop();
    this.#hold();
  }

  abandon(): void {
    this.#abandoned = true;
    this.stop();
  }

  #keep(piece: Blob): void {
    if (piece.size === 0) return;
    this.#pieces.push(piece);
    if (this.#pieces.length === 1 && this.#recorder.state === 'recording') this.#since = performance.now();
  }

  #passed(): void {
    if (this.#pieces.length === 0) return;
    this.#ears.onpassed(this.seconds);
    if (this.seconds >= this.#most) this.stop();
  }

  #hold(): void {
    this.#before = this.seconds * 1000;
    this.#since = undefined;
  }

  #ended(): void {
    clearInterval(this.#timer);
    this.#hold();
    if (this.#abandoned) return;
    const type = this.#recorder.mimeType;
    this.#ears.onended(new Blob(this.#pieces, { type }), Math.min(this.seconds, this.#most));
  }
}
