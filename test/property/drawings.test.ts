import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { drawingColours, mostDrawingBytes, readDrawing, type Drawing } from '#lib/capture/drawing.ts';
import { fittedDrawing, thinned } from '#lib/capture/fitted-drawing.ts';

const seeded = { seed: 14, numRuns: 100 } as const;

const point = fc.tuple(fc.integer({ min: 0, max: 2048 }), fc.integer({ min: 0, max: 1536 }));
const stroke = fc.record({
  tool: fc.constantFrom('pen', 'eraser'),
  colour: fc.constantFrom(...(Object.keys(drawingColours) as (keyof typeof drawingColours)[])),
  width: fc.integer({ min: 1, max: 60 }),
  points: fc
    .array(fc.tuple(point, fc.integer({ min: 1, max: 9 })), { minLength: 1, maxLength: 60 })
    .map((all) => all.flatMap(([[x, y], pressed]) => [x, y, pressed]))
});
const drawing: fc.Arbitrary<Drawing> = fc.record({
  version: fc.constant(1),
  width: fc.constant(2048),
  height: fc.constant(1536),
  strokes: fc.array(stroke, { maxLength: 20 })
});

/** How far a point lies from the nearest part of a line. */
function away([x, y]: readonly [number, number], points: readonly number[]): number {
  const found: number[] = [];
  for (let at = 0; at * 3 < points.length; at++) {
    const [ax = 0, ay = 0] = points.slice(at * 3);
    const [, , , bx = ax, by = ay] = points.slice(at * 3);
    const length = (bx - ax) ** 2 + (by - ay) ** 2;
    const along = length === 0 ? 0 : ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / length;
    const near = Math.min(1, Math.max(0, along));
    found.push(Math.hypot(x - ax - near * (bx - ax), y - ay - near * (by - ay)));
  }
  return Math.min(...found);
}

describe('a drawing that is kept', () => {
  test('[MK7] read again it is what was written', () => {
    fc.assert(
      fc.property(drawing, (one) => {
        expect(readDrawing(JSON.stringify(one))).toEqual(one);
      }),
      seeded
    );
  });

  test('[MK7] thinned, a line begins and ends where it did, and no point of it lies farther away than is allowed', () => {
    fc.assert(
      fc.property(stroke, fc.constantFrom(1, 4, 8), (one, tolerance) => {
        const thin = thinned(one, tolerance).points;
        expect(thin.slice(0, 3)).toEqual(one.points.slice(0, 3));
        expect(thin.slice(-3)).toEqual(one.points.slice(-3));
        for (let at = 0; at < one.points.length; at += 3) {
          const [x = 0, y = 0] = one.points.slice(at);
          expect(away([x, y], thin)).toBeLessThanOrEqual(tolerance + 1e-9);
        }
      }),
      seeded
    );
  });

  test('[MK7] a straight line is two points, however slowly it was drawn', () => {
    const points = Array.from({ length: 500 }, (_, at) => [at, 2 * at, 5]).flat();
    expect(thinned({ tool: 'pen', colour: 'black', width: 5, points }, 1).points).toEqual([
      ...[0, 0, 5],
      ...[499, 998, 5]
    ]);
  });

  test('[MK7] many rounds are thinned until they fit, and what cannot fit is not kept', () => {
    const round = (steps: number): Drawing['strokes'][number] => ({
      tool: 'pen',
      colour: 'blue',
      width: 14,
      points: Array.from({ length: steps }, (_, at) => [
        Math.round(1000 + 700 * Math.cos(at / 20)),
        Math.round(800 + 700 * Math.sin(at / 20)),
        5
      ]).flat()
    });
    const of = (lines: number): Drawing => ({
      version: 1,
      width: 2048,
      height: 1536,
      strokes: Array.from({ length: lines }, () => round(400))
    });
    const fitted = fittedDrawing(of(40));
    expect(JSON.stringify(of(40)).length).toBeGreaterThan(mostDrawingBytes);
    expect(JSON.stringify(fitted).length).toBeLessThanOrEqual(mostDrawingBytes);
    expect(fitted?.strokes.length).toBe(40);
    expect(fittedDrawing(of(400))).toBeUndefined();
  });

  test.each([
    ['no JSON', '{'],
    ['nothing', 'null'],
    ['another version', '{"version":2,"width":10,"height":10,"strokes":[]}'],
    ['a sheet without end', '{"version":1,"width":1e9,"height":10,"strokes":[]}'],
    ['a colour that is a method', stroked({ colour: 'toString' })],
    ['half a point', stroked({ points: [1, 2] })],
    ['points that are no numbers', stroked({ points: [1, 2, '3'] })],
    ['a width of nothing', stroked({ width: 0 })],
    ['more than 64 KB', stroked({ points: Array.from({ length: 60_000 }, () => 1) })]
  ])('[MK7] %s is no drawing', (_, text) => {
    expect(readDrawing(text)).toBeUndefined();
  });
});

function stroked(changed: Readonly<Record<string, unknown>>): string {
  const good = { tool: 'pen', colour: 'red', width: 5, points: [1, 2, 3] };
  return JSON.stringify({ version: 1, width: 10, height: 10, strokes: [{ ...good, ...changed }] });
}
