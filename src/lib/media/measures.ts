/** What a walk finds out of what can be seen and heard. */
export interface Measures {
  /** In pixels, as they are stored; zero where there is only sound. */
  readonly width: number;
  readonly height: number;
  /** Pictures; zero where there is only sound. */
  readonly frames: number;
  /** Undefined where the file does not tell. */
  readonly seconds?: number;
  readonly sound: boolean;
}

/** Of a picture; with the time that they take, where several follow one another. */
export function pictures([width, height]: readonly [number, number], frames = 1, seconds = 0): Measures {
  const measures = { width, height, frames, sound: false };
  return frames > 1 ? { ...measures, seconds } : measures;
}
