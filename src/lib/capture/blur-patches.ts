import type { BlurStroke } from './picture-edits.ts';

/** A part of the picture under strokes that touch one another, and into how few cells all that is in it is melted. */
export interface BlurPatch {
  readonly strokes: readonly BlurStroke[];
  /** In pixels of the turned picture, within it. */
  readonly box: Box;
  readonly columns: number;
  readonly rows: number;
}

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** MK2: what is covered by touching strokes is at most so many cells long: no face is known by them. */
export const mostCells = 6;
/** MK2: and no cell is smaller than this part of the picture's longer edge. */
export const leastCell = 1 / 24;

/**
 * The patches of a picture of this size, upright. Strokes whose boxes touch are one patch, so that a face that was
 * dabbed over with a small brush is melted like one that was covered at once.
 */
export function blurPatches(
  strokes: readonly BlurStroke[],
  width: number,
  height: number
): readonly BlurPatch[] {
  let groups: { readonly strokes: readonly BlurStroke[]; readonly box: Box }[] = [];
  for (const stroke of strokes) {
    const box = boxOf(stroke, width, height);
    if (box.right - box.left < 1 || box.bottom - box.top < 1) continue;
    let grown = { strokes: [stroke], box };
    // A patch that grew may touch one that it did not touch before.
    for (let met = true; met;) {
      const touching = groups.filter((one) => touches(one.box, grown.box));
      met = touching.length > 0;
      groups = groups.filter((one) => !touching.includes(one));
      grown = {
        strokes: [...touching.flatMap((one) => one.strokes), ...grown.strokes],
        box: touching.reduce((all, one) => around(all, one.box), grown.box)
      };
    }
    groups = [...groups, grown];
  }
  return groups.map((group) => ({ ...group, ...cellsOf(group.box, Math.max(width, height)) }));
}

function cellsOf(box: Box, longer: number): { readonly columns: number; readonly rows: number } {
  const [across, down] = [box.right - box.left, box.bottom - box.top];
  const cell = Math.max(longer * leastCell, Math.max(across, down) / mostCells);
  return { columns: Math.max(1, Math.round(across / cell)), rows: Math.max(1, Math.round(down / cell)) };
}

/** In whole pixels, so that no cell takes a part of one. */
function boxOf({ radius, points }: BlurStroke, width: number, height: number): Box {
  const reach = radius * Math.max(width, height);
  const across = points.map(([x]) => x * width);
  const down = points.map(([, y]) => y * height);
  return {
    left: Math.max(0, Math.floor(least(across) - reach)),
    top: Math.max(0, Math.floor(least(down) - reach)),
    right: Math.min(width, Math.ceil(most(across) + reach)),
    bottom: Math.min(height, Math.ceil(most(down) + reach))
  };
}

/** Not `Math.min(...)`: a long stroke has more points than a call may have arguments. */
function least(values: readonly number[]): number {
  return values.reduce((a, b) => Math.min(a, b), Infinity);
}

function most(values: readonly number[]): number {
  return values.reduce((a, b) => Math.max(a, b), -Infinity);
}

function touches(a: Box, b: Box): boolean {
  return a.left <= b.right && b.left <= a.right && a.top <= b.bottom && b.top <= a.bottom;
}

function around(a: Box, b: Box): Box {
  return {
    left: Math.min(a.left, b.left),
    top: Math.min(a.top, b.top),
    right: Math.max(a.right, b.right),
    bottom: Math.max(a.bottom, b.bottom)
  };
}
