import type { Drawing, DrawingColour, DrawnStroke } from '#lib/capture/drawing.ts';
import { thinned, unseen } from '#lib/capture/fitted-drawing.ts';

export type PenWidth = 'thin' | 'medium' | 'thick';

/** In units of the sheet. */
const widths: Readonly<Record<PenWidth, number>> = { thin: 5, medium: 14, thick: 40 };

/** MK7: a drawing that somebody works on, step by step, each of which can be taken back and done again. */
export class DrawingBoard {
  #before = $state.raw<readonly (readonly DrawnStroke[])[]>([]);
  #after = $state.raw<readonly (readonly DrawnStroke[])[]>([]);
  readonly #first: readonly DrawnStroke[];

  readonly width: number;
  readonly height: number;
  strokes = $state.raw<readonly DrawnStroke[]>([]);
  tool = $state<DrawnStroke['tool']>('pen');
  colour = $state<DrawingColour>('black');
  pen = $state<PenWidth>('medium');

  constructor(width: number, height: number, strokes: readonly DrawnStroke[] = []) {
    this.width = width;
    this.height = height;
    this.#first = strokes;
    this.strokes = strokes;
  }

  get touched(): boolean {
    return this.strokes !== this.#first;
  }

  get undoable(): boolean {
    return this.#before.length > 0;
  }

  get redoable(): boolean {
    return this.#after.length > 0;
  }

  /** A line that has just begun, with the tool in hand. */
  begun(points: readonly number[]): DrawnStroke {
    return { tool: this.tool, colour: this.colour, width: widths[this.pen], points };
  }

  add(stroke: DrawnStroke): void {
    // At once, while it is short work: a drawing has hundreds of lines.
    this.#set([...this.strokes, thinned(stroke, unseen)]);
  }

  clear(): void {
    this.#set([]);
  }

  undo(): void {
    const before = this.#before.at(-1);
    if (!before) return;
    this.#before = this.#before.slice(0, -1);
    this.#after = [...this.#after, this.strokes];
    this.strokes = before;
  }

  redo(): void {
    const after = this.#after.at(-1);
    if (!after) return;
    this.#after = this.#after.slice(0, -1);
    this.#before = [...this.#before, this.strokes];
    this.strokes = after;
  }

  drawing(): Drawing {
    const { width, height, strokes } = this;
    return { version: 1, width, height, strokes };
  }

  #set(strokes: readonly DrawnStroke[]): void {
    this.#before = [...this.#before, this.strokes];
    this.#after = [];
    this.strokes = strokes;
  }
}
