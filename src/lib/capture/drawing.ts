/** What one can draw with, in the order in which the colours are offered. */
export const drawingColours = {
  black: '#1f2b2c',
  white: '#ffffff',
  red: '#d0312d',
  orange: '#f08024',
  yellow: '#f7cf3d',
  green: '#3b8f3e',
  blue: '#2366c4',
  purple: '#7d3fa8',
  pink: '#ee7fa9',
  brown: '#7a4a25'
} as const;
export type DrawingColour = keyof typeof drawingColours;

/** MK7: a line that was drawn at once. */
export interface DrawnStroke {
  readonly tool: 'pen' | 'eraser';
  readonly colour: DrawingColour;
  /** In units of the sheet, where the pen is pressed as fingers are. */
  readonly width: number;
  /** Across, down, and how much it was pressed (1 to 9; a finger 5), one after the other, in whole units. */
  readonly points: readonly number[];
}

/** MK7: a drawing as it is kept for going on, at most `mostDrawingBytes` as JSON. A photo below it is not in it. */
export interface Drawing {
  readonly version: 1;
  /** Of the sheet, in units: pixels of what is drawn from it. */
  readonly width: number;
  readonly height: number;
  readonly strokes: readonly DrawnStroke[];
}

export const mostDrawingBytes = 64 * 1024;

/** The longer edge of a sheet, in units. */
export const longestSheet = 2560;
const widest = 200;

/**
 * MK7: the drawing that this JSON is; undefined where it is none, or one of a later version.
 *
 * @param most signs of it
 */
export function readDrawing(text: string, most: number = mostDrawingBytes): Drawing | undefined {
  if (text.length > most) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return isDrawing(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isDrawing(value: unknown): value is Drawing {
  if (!isRecord(value) || value['version'] !== 1) return false;
  const { width, height, strokes } = value;
  return isWithin(width, 1, longestSheet) && isWithin(height, 1, longestSheet) && isStrokes(strokes);
}

function isStrokes(value: unknown): boolean {
  return Array.isArray(value) && value.every(isStroke);
}

function isStroke(value: unknown): boolean {
  if (!isRecord(value)) return false;
  const { tool, colour, width, points } = value;
  if (tool !== 'pen' && tool !== 'eraser') return false;
  if (typeof colour !== 'string' || !Object.hasOwn(drawingColours, colour)) return false;
  if (!isWithin(width, 1, widest) || !Array.isArray(points)) return false;
  // A finger may leave the sheet.
  return points.length % 3 === 0 && points.every((one) => isWithin(one, -longestSheet, 2 * longestSheet));
}

function isWithin(value: unknown, least: number, most: number): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
