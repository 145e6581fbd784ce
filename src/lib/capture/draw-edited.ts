import { blurPatches, type BlurPatch } from './blur-patches.ts';
import type { BlurStroke, PictureEdits } from './picture-edits.ts';

interface Size {
  /** In pixels. */
  readonly width: number;
  readonly height: number;
}

/** Of a cell's width and height: so many samples of the picture go into it. A power of two. */
const samples = 16;

/**
 * MK1, MK2: draws the upright picture with the edits. The canvas has the final size: the long edge at most `longest`, and
 * never more pixels than the picture has. Works in a worker and on the page; the picture is not closed.
 */
export function drawEdited(picture: ImageBitmap, edits: PictureEdits, longest: number): OffscreenCanvas {
  const turned = turnedSize(picture, edits);
  const { left, top, width, height } = edits.crop ?? { left: 0, top: 0, width: 1, height: 1 };
  const cut = { left: left * turned.width, top: top * turned.height };
  const [across, down] = [width * turned.width, height * turned.height];
  const scale = Math.min(1, longest / Math.max(across, down));
  const [canvas, context] = blank(across * scale, down * scale);
  const [x, y] = [canvas.width / across, canvas.height / down];
  context.setTransform(x, 0, 0, y, -cut.left * x, -cut.top * y);
  drawTurned(context, picture, edits.turns);
  for (const patch of blurPatches(edits.blurred, turned.width, turned.height)) {
    layOver(context, patch, melted(picture, edits.turns, patch), turned);
  }
  return canvas;
}

/** Of the picture once it is turned. */
export function turnedSize({ width, height }: Size, { turns }: Pick<PictureEdits, 'turns'>): Size {
  return turns % 2 === 0 ? { width, height } : { width: height, height: width };
}

function blank(width: number, height: number): [OffscreenCanvas, OffscreenCanvasRenderingContext2D] {
  const canvas = new OffscreenCanvas(Math.max(1, Math.round(width)), Math.max(1, Math.round(height)));
  const context = canvas.getContext('2d');
  if (!context) throw new Error('This browser gives no canvas.');
  context.imageSmoothingEnabled = true;
  context.imageSmoothingQuality = 'high';
  return [canvas, context];
}

function drawTurned(
  context: OffscreenCanvasRenderingContext2D,
  picture: ImageBitmap,
  turns: PictureEdits['turns']
): void {
  const { width, height } = picture;
  context.save();
  if (turns === 1) context.transform(0, 1, -1, 0, height, 0);
  if (turns === 2) context.transform(-1, 0, 0, -1, width, height);
  if (turns === 3) context.transform(0, -1, 1, 0, 0, width);
  context.drawImage(picture, 0, 0);
  context.restore();
}

/**
 * MK2: what lies below a patch, as one colour for each of its few cells. Halved step by step, because one large step
 * would take a few pixels for all of them.
 */
function melted(
  picture: ImageBitmap,
  turns: PictureEdits['turns'],
  { box, columns, rows }: BlurPatch
): OffscreenCanvas {
  let [canvas, context] = blank(columns * samples, rows * samples);
  const [x, y] = [canvas.width / (box.right - box.left), canvas.height / (box.bottom - box.top)];
  context.setTransform(x, 0, 0, y, -box.left * x, -box.top * y);
  drawTurned(context, picture, turns);
  for (let left = samples; left > 1; left /= 2) {
    const larger = canvas;
    [canvas, context] = blank(larger.width / 2, larger.height / 2);
    context.drawImage(larger, 0, 0, canvas.width, canvas.height);
  }
  return canvas;
}

/**
 * Lays the cells over the strokes of a patch, smoothly. What was there is taken away first: a picture that is
 * transparent in places would otherwise show it through the cells.
 *
 * @param context whose units are pixels of the turned picture
 */
function layOver(
  context: OffscreenCanvasRenderingContext2D,
  { strokes, box }: BlurPatch,
  cells: OffscreenCanvas,
  turned: Size
): void {
  const { a, d } = context.getTransform();
  const [width, height] = [box.right - box.left, box.bottom - box.top];
  const [cover, over] = blank(width * a, height * d);
  over.scale(cover.width / width, cover.height / height);
  over.translate(-box.left, -box.top);
  for (const stroke of strokes) paint(over, stroke, turned);
  context.globalCompositeOperation = 'destination-out';
  context.drawImage(cover, box.left, box.top, width, height);
  over.globalCompositeOperation = 'source-in';
  over.drawImage(cells, box.left, box.top, width, height);
  context.globalCompositeOperation = 'lighter';
  context.drawImage(cover, box.left, box.top, width, height);
  context.globalCompositeOperation = 'source-over';
}

function paint(
  context: OffscreenCanvasRenderingContext2D,
  { radius, points }: BlurStroke,
  { width, height }: Size
): void {
  const reach = radius * Math.max(width, height);
  context.lineWidth = 2 * reach;
  context.lineCap = 'round';
  context.lineJoin = 'round';
  context.beginPath();
  for (const [x, y] of points) context.lineTo(x * width, y * height);
  context.stroke();
  // A single tap is no line.
  const [first] = points;
  if (!first) return;
  context.beginPath();
  context.arc(first[0] * width, first[1] * height, reach, 0, 2 * Math.PI);
  context.fill();
}
