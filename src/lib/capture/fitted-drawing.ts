import { mostDrawingBytes, type Drawing, type DrawnStroke } from './drawing.ts';

/** How far a line may come to lie from where it was drawn, in units: what nobody sees. */
export const unseen = 1;
/** And how far where a drawing would not fit otherwise, one after the other. */
const tolerances = [unseen, 2, 4, 8] as const;

/**
 * MK7: the drawing with as few points as its lines need, so that it fits `mostDrawingBytes`; undefined where it does not
 * fit even so, and only its picture is kept.
 */
export function fittedDrawing(drawing: Drawing): Drawing | undefined {
  if (fits(drawing)) return drawing;
  for (const tolerance of tolerances) {
    const thin = { ...drawing, strokes: drawing.strokes.map((one) => thinned(one, tolerance)) };
    if (fits(thin)) return thin;
  }
  return undefined;
}

function fits(drawing: Drawing): boolean {
  return JSON.stringify(drawing).length <= mostDrawingBytes;
}

/** The line without the points that lie on the way between others (Ramer, Douglas and Peucker). */
export function thinned(stroke: DrawnStroke, tolerance: number): DrawnStroke {
  const { points } = stroke;
  const last = points.length / 3 - 1;
  if (last < 2) return stroke;
  const kept = new Set([0, last]);
  const open: (readonly [number, number])[] = [[0, last]];
  for (let span = open.pop(); span; span = open.pop()) {
    const [from, to] = span;
    const { at, distance } = farthest(points, from, to);
    if (distance <= tolerance) continue;
    kept.add(at);
    open.push([from, at], [at, to]);
  }
  const order = [...kept].sort((a, b) => a - b);
  return { ...stroke, points: order.flatMap((at) => points.slice(at * 3, at * 3 + 3)) };
}

/** The point between two others that lies farthest from the line through them; how hard it was pressed counts a little. */
function farthest(
  points: readonly number[],
  from: number,
  to: number
): { readonly at: number; readonly distance: number } {
  const of = (at: number): readonly [number, number, number] => [
    points[at * 3] ?? 0,
    points[at * 3 + 1] ?? 0,
    points[at * 3 + 2] ?? 0
  ];
  const [x, y, pressed] = of(from);
  const [dx, dy, more] = of(to).map((value, index) => value - (of(from)[index] ?? 0)) as [
    number,
    number,
    number
  ];
  const length = dx * dx + dy * dy;
  let found = { at: from, distance: 0 };
  for (let at = from + 1; at < to; at++) {
    const [px, py, force] = of(at);
    const along = length === 0 ? 0 : Math.min(1, Math.max(0, ((px - x) * dx + (py - y) * dy) / length));
    const aside = Math.hypot(px - x - along * dx, py - y - along * dy);
    const distance = aside + Math.abs(force - pressed - along * more) / 2;
    if (distance > found.distance) found = { at, distance };
  }
  return found;
}
