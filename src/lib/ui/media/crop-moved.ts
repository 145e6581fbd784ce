import type { Crop } from '#lib/capture/picture-edits.ts';

/** What of a frame is moved: a corner, or all of it. */
export type CropPart = 'all' | 'top-left' | 'top-right' | 'bottom-left' | 'bottom-right';

/** Less than this part of the picture's width or height is never left. */
export const leastCrop = 0.1;

/** MK1: the frame after a part of it moved by parts of the picture's width and height. It stays within the picture. */
export function cropMoved(crop: Crop, part: CropPart, across: number, down: number): Crop {
  const { left, top, width, height } = crop;
  if (part === 'all') {
    return {
      left: between(left + across, 0, 1 - width),
      top: between(top + down, 0, 1 - height),
      width,
      height
    };
  }
  const atLeft = part.endsWith('left');
  const atTop = part.startsWith('top');
  const [right, bottom] = [left + width, top + height];
  const newLeft = atLeft ? between(left + across, 0, right - leastCrop) : left;
  const newTop = atTop ? between(top + down, 0, bottom - leastCrop) : top;
  const newRight = atLeft ? right : between(right + across, left + leastCrop, 1);
  const newBottom = atTop ? bottom : between(bottom + down, top + leastCrop, 1);
  return { left: newLeft, top: newTop, width: newRight - newLeft, height: newBottom - newTop };
}

function between(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}
