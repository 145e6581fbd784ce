/** MK1: what was done to a picture by hand before anything of it is stored. */
export interface PictureEdits {
  /** Quarter turns clockwise, over what the camera said. */
  readonly turns: 0 | 1 | 2 | 3;
  /** Of the turned picture, in parts of its width and height (0..1). */
  readonly crop?: Crop;
  /** Strokes of the blur brush, in parts of the turned, uncropped picture. */
  readonly blurred: readonly BlurStroke[];
}

export interface Crop {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export interface BlurStroke {
  /** In parts of the picture's longer edge. */
  readonly radius: number;
  /** Across and down, in parts of the picture's width and height. */
  readonly points: readonly (readonly [number, number])[];
}

/** The picture as it came. */
export const noEdits: PictureEdits = { turns: 0, blurred: [] };
