import { openInput, stopInput, type InputRefused, type WantedInput } from '#lib/capture/live-input.ts';
import { Recording, type RecordedKind } from '#lib/capture/recording.ts';

/** A film or a sound that was recorded, with an address under which it plays until it is let go of. */
export interface Recorded {
  readonly made: Blob;
  readonly seconds: number;
  readonly url: string;
}

type LiveState =
  | { readonly is: 'closed' }
  | { readonly is: 'opening' }
  | { readonly is: 'refused'; readonly why: InputRefused }
  /** Nothing came of a recording. */
  | { readonly is: 'nothing' }
  | { readonly is: 'live'; readonly stream: MediaStream }
  | { readonly is: 'recording'; readonly stream: MediaStream; readonly paused: boolean }
  | { readonly is: 'made'; readonly recorded: Recorded };

/** MK5, MK6: the camera or the microphone of a dialog, from the first asking to what was made. `close` ends all of it. */
export class LiveMedia {
  /** Which asking the last answer belongs to: an answer to an earlier one is closed at once. */
  #asked = 0;
  #recording: Recording | undefined;

  state = $state.raw<LiveState>({ is: 'closed' });
  /** Recorded so far; undefined: nothing yet, and who stops now has nothing. */
  seconds = $state<number>();

  async open(wanted: WantedInput): Promise<void> {
    this.close();
    const asked = this.#asked;
    this.state = { is: 'opening' };
    const answer = await openInput(wanted);
    if (asked !== this.#asked) {
      if (typeof answer !== 'string') stopInput(answer);
      return;
    }
    if (typeof answer === 'string') {
      this.state = { is: 'refused', why: answer };
      return;
    }
    this.state = { is: 'live', stream: answer };
    for (const track of answer.getTracks()) track.onended = () => this.#lost(answer);
  }

  /** @param most in seconds */
  record(kind: RecordedKind, most: number): void {
    if (this.state.is !== 'live') return;
    const { stream } = this.state;
    this.seconds = undefined;
    try {
      const ears = {
        onpassed: (seconds: number) => void (this.seconds = seconds),
        onended: (made: Blob, seconds: number) => this.#ended(stream, made, seconds)
      };
      this.#recording = new Recording(stream, kind, ears, most);
      this.state = { is: 'recording', stream, paused: false };
    } catch {
      // It shows what it sees, and records none of it.
      this.close();
      this.state = { is: 'refused', why: 'unsupported' };
    }
  }

  pause(): void {
    if (this.state.is !== 'recording') return;
    this.#recording?.pause();
    this.state = { ...this.state, paused: true };
  }

  goOn(): void {
    if (this.state.is !== 'recording') return;
    this.#recording?.goOn();
    this.state = { ...this.state, paused: false };
  }

  stop(): void {
    this.#recording?.stop();
  }

  /** MK5, MK6: nobody sees the dialog: what is being recorded ends and is kept, camera and microphone are closed. */
  hide(): void {
    if (this.state.is === 'recording') this.stop();
    else if (this.state.is === 'live' || this.state.is === 'opening') this.close();
  }

  /** Ends everything; what was made goes with it, but for who has it. */
  close(): void {
    this.#asked += 1;
    this.#recording?.abandon();
    this.#recording = undefined;
    if (this.state.is === 'live' || this.state.is === 'recording') stopInput(this.state.stream);
    if (this.state.is === 'made') URL.revokeObjectURL(this.state.recorded.url);
    this.state = { is: 'closed' };
  }

  #ended(stream: MediaStream, made: Blob, seconds: number): void {
    stopInput(stream);
    this.#recording = undefined;
    this.state =
      made.size === 0
        ? { is: 'nothing' }
        : { is: 'made', recorded: { made, seconds, url: URL.createObjectURL(made) } };
  }

  /** The device was taken away: what was recorded until then ends by itself. */
  #lost(stream: MediaStream): void {
    if (this.state.is === 'recording' && this.state.stream === stream) this.stop();
    if (this.state.is !== 'live' || this.state.stream !== stream) return;
    this.close();
    this.state = { is: 'refused', why: 'busy' };
  }
}
