/** What a windowed list knows of itself; all lengths in pixels. */
export interface View {
  /** How far the list's upper edge lies above the window's. Negative while the list begins further down. */
  readonly above: number;
  /** How high the window is. */
  readonly seen: number;
  /** How high each row is. */
  readonly height: number;
  readonly count: number;
  /** The row that has the focus: drawn wherever it is. */
  readonly focused?: number | undefined;
}

/** Rows drawn beyond each edge, so that a quick finger finds them there. */
const beyond = 8;

/** The rows to draw, in order: those in the window, a few beyond its edges, and the one that has the focus. */
export function rowsInView({ above, seen, height, count, focused }: View): readonly number[] {
  if (count === 0 || height <= 0) return [];
  const first = Math.min(Math.max(0, Math.floor(above / height) - beyond), count - 1);
  const last = Math.max(Math.min(count - 1, Math.ceil((above + seen) / height) + beyond), first);
  const rows = Array.from({ length: last - first + 1 }, (_, at) => first + at);
  if (focused === undefined || !(focused >= 0 && focused < count)) return rows;
  if (focused < first) return [focused, ...rows];
  return focused > last ? [...rows, focused] : rows;
}
