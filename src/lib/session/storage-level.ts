/** How much of what the browser gives is used. Bytes. */
export interface Usage {
  readonly used: number;
  readonly quota: number;
  readonly level: 'fine' | 'low' | 'full';
}

/** Bytes that a day of a class may need, and those without which nothing is stored any more. */
const room = { low: 50_000_000, full: 5_000_000 };
/** BK3: whether there is room enough. Low comes early enough to do something about it. */
export function levelOf(used: number, quota: number): Usage['level'] {
  const free = quota - used;
  // A small quota (a private window, a full disk) is not low because of its size alone.
  if (free < Math.min(room.full, quota * 0.02)) return 'full';
  return free < Math.min(room.low, quota * 0.2) ? 'low' : 'fine';
}
