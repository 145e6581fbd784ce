/** MK6: how loud it is that the microphone hears, so that a child sees that it is heard. `close` lets go of it. */
export class SoundLevel {
  readonly #context = new AudioContext();
  readonly #analyser = this.#context.createAnalyser();
  readonly #samples: Float32Array<ArrayBuffer>;

  constructor(stream: MediaStream) {
    this.#analyser.fftSize = 1024;
    this.#samples = new Float32Array(this.#analyser.fftSize);
    this.#context.createMediaStreamSource(stream).connect(this.#analyser);
    // iPads begin with a context that waits for a tap, which there just was.
    void this.#context.resume();
  }

  /** From 0 (silent) to 1 (too loud); a voice before the tablet is about the middle. */
  read(): number {
    this.#analyser.getFloatTimeDomainData(this.#samples);
    const power = this.#samples.reduce((sum, sample) => sum + sample * sample, 0) / this.#samples.length;
    // From -60 decibels to none.
    const decibels = 10 * Math.log10(Math.max(power, 1e-6));
    return Math.min(1, Math.max(0, 1 + decibels / 60));
  }

  close(): void {
    void this.#context.close();
  }
}
