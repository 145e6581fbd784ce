/** How much room this device has, as far as it is known. Bytes. */
export interface Usage {
  readonly used: number;
  /** Absent: the browser does not tell. */
  readonly free?: number;
  readonly level: Level;
}

export type Level = 'fine' | 'low' | 'full';

/** Bytes that a day of a class may need, and those without which nothing is stored any more. */
const room = { low: 50_000_000, full: 5_000_000 };
const gibibyte = 2 ** 30;
const levels: readonly Level[] = ['fine', 'low', 'full'];

/** BK3: whether there is room enough. Low comes early enough to do something about it. */
export function levelOf(used: number, quota: number): Level {
  const free = quota - used;
  // A small quota (a private window, a full disk) is not low because of its size alone.
  if (free < Math.min(room.full, quota * 0.02)) return 'full';
  return free < Math.min(room.low, quota * 0.2) ? 'low' : 'fine';
}

/**
 * What is free by the browser's word. Chromium does not tell, so that nobody is recognised by it: whatever the disk, it
 * answers with what is used and whole gibibytes on top.
 */
export function freeOf(used: number, quota: number): number | undefined {
  const free = Math.max(0, quota - used);
  return free > 0 && free % gibibyte === 0 ? undefined : free;
}

/** The worse of two. */
export function worse(one: Level, other: Level): Level {
  return levels.indexOf(one) > levels.indexOf(other) ? one : other;
}
