import { drawStroke } from './draw-strokes.ts';
import type { Drawing } from './drawing.ts';
import { encodedAside } from './encoded-aside.ts';

/** MK7: the drawing as a PNG, over what lies below it, else over white. */
export async function composedDrawing(
  { width, height, strokes }: Drawing,
  below: ImageBitmap | undefined
): Promise<Blob> {
  const [canvas, layer] = [new OffscreenCanvas(width, height), new OffscreenCanvas(width, height)];
  const [paper, lines] = [canvas.getContext('2d'), layer.getContext('2d')];
  if (!paper || !lines) throw new Error('This browser gives no canvas.');
  paper.fillStyle = '#fff';
  paper.fillRect(0, 0, width, height);
  if (below) paper.drawImage(below, 0, 0, width, height);
  for (const stroke of strokes) drawStroke(lines, stroke);
  paper.drawImage(layer, 0, 0);
  return encodedAside(canvas, { type: 'image/png' });
}
