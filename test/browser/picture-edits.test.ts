import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { leastCell, mostCells } from '#lib/capture/blur-patches.ts';
import { drawEdited } from '#lib/capture/draw-edited.ts';
import { noEdits, type BlurStroke, type PictureEdits } from '#lib/capture/picture-edits.ts';
import { turnedEdits } from '#lib/capture/turned-edits.ts';

const [wide, high] = [240, 160];

/** A picture of which each pixel is given. */
async function painted(
  colour: (x: number, y: number) => readonly [number, number, number],
  [width, height] = [wide, high]
): Promise<ImageBitmap> {
  const data = new ImageData(width, height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) data.data.set([...colour(x, y), 255], (y * width + x) * 4);
  return createImageBitmap(data);
}

/** Each quarter in a colour of its own: red, green, blue, white from the left upper one, by rows. */
const quarters = (x: number, y: number): readonly [number, number, number] =>
  y < high / 2 ? (x < wide / 2 ? [255, 0, 0] : [0, 255, 0]) : x < wide / 2 ? [0, 0, 255] : [255, 255, 255];

/** As fine as can be: what a mild blur leaves as well as what it takes. */
const noise = (seed: number) => (x: number, y: number) => {
  const grey = (((x * 73 + y * 151 + seed) * 2_654_435_761) >>> 24) & 255;
  return [grey, 255 - grey, (grey * 7) & 255] as const;
};

function pixels(canvas: OffscreenCanvas): ImageData {
  const context = canvas.getContext('2d');
  if (!context) throw new Error('no canvas');
  return context.getImageData(0, 0, canvas.width, canvas.height);
}

function at({ data, width }: ImageData, x: number, y: number): readonly number[] {
  return [...data.slice((y * width + x) * 4, (y * width + x) * 4 + 4)];
}

/** The four corners of what was drawn, by rows. */
function corners(canvas: OffscreenCanvas): readonly (readonly number[])[] {
  const all = pixels(canvas);
  const [right, bottom] = [all.width - 3, all.height - 3];
  return [at(all, 2, 2), at(all, right, 2), at(all, 2, bottom), at(all, right, bottom)];
}

const [red, green, blue, white] = [
  [255, 0, 0, 255],
  [0, 255, 0, 255],
  [0, 0, 255, 255],
  [255, 255, 255, 255]
];

/** Pixels that lie below the strokes whole, away from their soft edge. */
function covered(strokes: readonly BlurStroke[], width: number, height: number): readonly [number, number][] {
  const found: [number, number][] = [];
  const longer = Math.max(width, height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const near = strokes.some(({ radius, points }) =>
        points.some(
          ([px, py]) => Math.hypot(px * width - x - 0.5, py * height - y - 0.5) < radius * longer - 2
        )
      );
      if (near) found.push([x, y]);
    }
  return found;
}

const part = fc.double({ min: 0, max: 1, noNaN: true });
const strokes: fc.Arbitrary<readonly BlurStroke[]> = fc.array(
  fc.record({
    radius: fc.double({ min: 0.02, max: 0.3, noNaN: true }),
    points: fc.array(fc.tuple(part, part), { minLength: 1, maxLength: 6 })
  }),
  { minLength: 1, maxLength: 4 }
);

describe('a picture that was worked on', () => {
  test('[MK1] without edits every pixel is as it came', async () => {
    const picture = await painted(noise(1));
    const drawn = pixels(drawEdited(picture, noEdits, 2560));
    expect([drawn.width, drawn.height]).toEqual([wide, high]);
    const wrong = [...drawn.data].findIndex((value, index) => {
      const pixel = index >> 2;
      const [r, g, b] = noise(1)(pixel % wide, Math.floor(pixel / wide));
      return value !== [r, g, b, 255][index & 3];
    });
    expect(wrong).toBe(-1);
  });

  test('[MK1] it gets smaller, never larger', async () => {
    const picture = await painted(quarters);
    const size = (longest: number): readonly number[] => {
      const { width, height } = drawEdited(picture, noEdits, longest);
      return [width, height];
    };
    expect(size(120)).toEqual([120, 80]);
    expect(size(5000)).toEqual([wide, high]);
    expect(corners(drawEdited(picture, noEdits, 120))).toEqual([red, green, blue, white]);
  });

  test.each([
    { turns: 0, corner: [red, green, blue, white] },
    { turns: 1, corner: [blue, red, white, green] },
    { turns: 2, corner: [white, blue, green, red] },
    { turns: 3, corner: [green, white, red, blue] }
  ] as const)('[MK1] turned $turns times', async ({ turns, corner }) => {
    const drawn = drawEdited(await painted(quarters), { turns, blurred: [] }, 2560);
    expect([drawn.width, drawn.height]).toEqual(turns % 2 === 0 ? [wide, high] : [high, wide]);
    expect(corners(drawn)).toEqual(corner);
  });

  test('[MK1] what is cut is cut of the turned picture', async () => {
    const crop = { left: 0.5, top: 0, width: 0.5, height: 0.5 };
    const drawn = drawEdited(await painted(quarters), { turns: 1, crop, blurred: [] }, 2560);
    expect([drawn.width, drawn.height]).toEqual([high / 2, wide / 2]);
    expect(corners(drawn)).toEqual([red, red, red, red]);
  });

  test('[MK1] turned on, it keeps what was cut, and after four turns everything is as before', async () => {
    const crop = { left: 0.1, top: 0.2, width: 0.3, height: 0.7 };
    const edits: PictureEdits = {
      turns: 0,
      crop,
      blurred: [{ radius: 0.1, points: [[0.25, 0.5]] }]
    };
    const once = turnedEdits(edits);
    expect(once.turns).toBe(1);
    expect(once.crop?.left).toBeCloseTo(0.1);
    expect(once.crop).toMatchObject({ top: 0.1, width: 0.7, height: 0.3 });
    expect(once.blurred[0]?.points).toEqual([[0.5, 0.25]]);
    const round = turnedEdits(turnedEdits(turnedEdits(once)));
    expect(round.turns).toBe(0);
    expect(round.crop?.left).toBeCloseTo(crop.left);
    expect(round.crop?.top).toBeCloseTo(crop.top);
  });
});

describe('the blur brush', () => {
  test('[MK2] two pictures that differ in every pixel, and in no cell, are the same below the strokes', async () => {
    await fc.assert(
      fc.asyncProperty(strokes, async (blurred) => {
        // A chessboard of single pixels and its contrary: grey from afar, opposite in each pixel.
        const board = (odd: number) => (x: number, y: number) => {
          const grey = (x + y + odd) % 2 === 0 ? 255 : 0;
          return [grey, grey, grey] as const;
        };
        const [one, other] = await Promise.all([painted(board(0)), painted(board(1))]);
        const edits: PictureEdits = { turns: 0, blurred };
        const [a, b] = [pixels(drawEdited(one, edits, 2560)), pixels(drawEdited(other, edits, 2560))];
        for (const [x, y] of covered(blurred, wide, high)) {
          expect(Math.abs((at(a, x, y)[0] ?? 0) - (at(b, x, y)[0] ?? 0))).toBeLessThan(24);
        }
      }),
      { seed: 14, numRuns: 40 }
    );
  });

  test('[MK2] below a stroke no pixel differs from its neighbour by more than a cell differs from the next', async () => {
    await fc.assert(
      fc.asyncProperty(strokes, fc.nat(1000), async (blurred, seed) => {
        const drawn = pixels(drawEdited(await painted(noise(seed)), { turns: 0, blurred }, 2560));
        // From cell to cell at most the whole range of a colour: by so much a pixel may differ from the next one.
        const steepest = (255 / (wide * leastCell)) * 2;
        const below = covered(blurred, wide, high);
        const inside = new Set(below.map(([x, y]) => y * wide + x));
        for (const [x, y] of below) {
          if (!inside.has(y * wide + x + 1) || x + 1 >= wide) continue;
          const [here, next] = [at(drawn, x, y), at(drawn, x + 1, y)];
          for (const channel of [0, 1, 2])
            expect(Math.abs((here[channel] ?? 0) - (next[channel] ?? 0))).toBeLessThanOrEqual(steepest);
        }
      }),
      { seed: 14, numRuns: 40 }
    );
  });

  test('[MK2] a face that is dabbed over with a small brush is melted like one that is covered at once', async () => {
    const dabs: BlurStroke[] = [];
    for (let x = 0.2; x <= 0.8; x += 0.04)
      for (let y = 0.1; y <= 0.9; y += 0.06) dabs.push({ radius: 0.04, points: [[x, y]] });
    // Stripes narrower than a cell of the whole and wider than the brush.
    const stripe = (x: number): readonly [number, number, number] =>
      Math.floor(x / 12) % 2 === 0 ? [255, 255, 255] : [0, 0, 0];
    const drawn = pixels(drawEdited(await painted(stripe), { turns: 0, blurred: dabs }, 2560));
    const cell = (0.64 * wide) / mostCells;
    expect(cell).toBeGreaterThan(24);
    const row = Array.from({ length: 120 }, (_, index) => at(drawn, 60 + index, 80)[0] ?? 0);
    expect(Math.max(...row) - Math.min(...row)).toBeLessThan(110);
  });

  test('[MK2] nothing of the picture shines through, be it transparent', async () => {
    const data = new ImageData(wide, high);
    for (let index = 0; index < wide * high; index++)
      data.data.set([index % 2 === 0 ? 255 : 0, 0, 0, index % 3 === 0 ? 255 : 0], index * 4);
    const stroke: BlurStroke = { radius: 0.2, points: [[0.5, 0.5]] };
    const drawn = pixels(drawEdited(await createImageBitmap(data), { turns: 0, blurred: [stroke] }, 2560));
    const alphas = covered([stroke], wide, high).map(([x, y]) => at(drawn, x, y)[3] ?? 0);
    expect(Math.max(...alphas) - Math.min(...alphas)).toBeLessThan(40);
  });

  test('[MK2] what lies beside the strokes stays sharp', async () => {
    const stroke: BlurStroke = { radius: 0.1, points: [[0.25, 0.5]] };
    const drawn = pixels(drawEdited(await painted(noise(3)), { turns: 0, blurred: [stroke] }, 2560));
    for (const [x, y] of [
      [200, 20],
      [120, 80],
      [60, 40]
    ] as const)
      expect(at(drawn, x, y)).toEqual([...noise(3)(x, y), 255]);
  });

  test('[MK2] cropped, the same is covered with the same', async () => {
    const blurred: readonly BlurStroke[] = [
      {
        radius: 0.1,
        points: [
          [0.5, 0.5],
          [0.6, 0.6]
        ]
      }
    ];
    const picture = await painted(noise(4));
    const whole = pixels(drawEdited(picture, { turns: 0, blurred }, 2560));
    const crop = { left: 0.25, top: 0.25, width: 0.5, height: 0.5 };
    const cut = pixels(drawEdited(picture, { turns: 0, crop, blurred }, 2560));
    for (let y = 0; y < cut.height; y++)
      for (let x = 0; x < cut.width; x++) {
        const [a, b] = [at(cut, x, y), at(whole, x + wide / 4, y + high / 4)];
        for (const channel of [0, 1, 2])
          expect(Math.abs((a[channel] ?? 0) - (b[channel] ?? 0))).toBeLessThanOrEqual(2);
      }
  });

  test('[MK2] turned, the same is covered with the same', async () => {
    let edits: PictureEdits = { turns: 0, blurred: [{ radius: 0.1, points: [[0.25, 0.3]] }] };
    const picture = await painted(noise(5));
    let before = pixels(drawEdited(picture, edits, 2560));
    for (let turn = 0; turn < 4; turn++) {
      edits = turnedEdits(edits);
      const after = pixels(drawEdited(picture, edits, 2560));
      for (let y = 0; y < before.height; y++)
        for (let x = 0; x < before.width; x++) {
          const [a, b] = [at(before, x, y), at(after, before.height - 1 - y, x)];
          for (const channel of [0, 1, 2])
            expect(Math.abs((a[channel] ?? 0) - (b[channel] ?? 0))).toBeLessThanOrEqual(12);
        }
      before = after;
    }
  });
});
