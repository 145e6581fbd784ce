import type { Crop, PictureEdits } from './picture-edits.ts';

const next = [1, 2, 3, 0] as const;

/** MK2: the same edits with the picture turned a quarter clockwise: what was cut and covered stays so. */
export function turnedEdits({ turns, crop, blurred }: PictureEdits): PictureEdits {
  return {
    turns: next[turns],
    ...(crop ? { crop: turnedCrop(crop) } : {}),
    blurred: blurred.map(({ radius, points }) => ({
      radius,
      points: points.map(([x, y]) => [1 - y, x] as const)
    }))
  };
}

function turnedCrop({ left, top, width, height }: Crop): Crop {
  return { left: 1 - top - height, top: left, width: height, height: width };
}
