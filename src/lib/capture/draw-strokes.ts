import { drawingColours, type DrawnStroke } from './drawing.ts';

type Context = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;

/** An eraser is so much wider than the pen of the same width. */
const eraserFactor = 3;

/** The width of a line where it was pressed so much (1 to 9), in units. */
function widthAt({ tool, width }: DrawnStroke, pressed: number): number {
  return tool === 'eraser' ? width * eraserFactor : width * (0.4 + 0.12 * pressed);
}

/**
 * MK7: draws a line onto a layer of nothing but lines: the eraser takes away what is drawn, never what lies below.
 *
 * @param from the point from which on it is new
 */
export function drawStroke(context: Context, stroke: DrawnStroke, from = 0): void {
  const { points, tool, colour } = stroke;
  context.save();
  context.globalCompositeOperation = tool === 'eraser' ? 'destination-out' : 'source-over';
  context.strokeStyle = drawingColours[colour];
  context.lineCap = 'round';
  // From the point before, so that what is added touches what was there.
  for (let at = Math.max(0, from - 1); at * 3 < points.length; at++) {
    const [x = 0, y = 0, pressed = 5] = points.slice(at * 3, at * 3 + 3);
    const [nextX = x, nextY = y] = points.slice(at * 3 + 3, at * 3 + 5);
    const isLast = at * 3 + 3 >= points.length;
    if (isLast && at > 0) break;
    context.lineWidth = widthAt(stroke, pressed);
    context.beginPath();
    context.moveTo(x, y);
    // A tap is a dot: a line without length is drawn by some browsers only.
    context.lineTo(isLast ? nextX + 0.01 : nextX, nextY);
    context.stroke();
  }
  context.restore();
}
