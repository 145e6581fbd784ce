import type { DeviceReport } from '#lib/protocol/messages.ts';

/**
 * Milliseconds between two looks for a relay that cannot be reached; between reports while it can, on a classroom tablet,
 * which says so that it is in touch (LK5), and while it waits for a yes (TB4); and before what has changed here is told,
 * since more may change at once.
 */
export const pauses = {
  unreachable: 5_000,
  reached: 120_000,
  classroom: 20_000,
  waiting: 3_000,
  telling: 1_000
};

/** Until the next report, after this one. */
export function pauseOf({ device: { kind, tablet } }: DeviceReport): number {
  if (tablet?.stage === 'waiting') return pauses.waiting;
  return kind === 'classroom' ? pauses.classroom : pauses.reached;
}
