import type { LessonRow } from '#lib/store/door-rows.ts';

/**
 * LK3: whether the row counts at this moment: for this TwinSpace, and neither over nor not begun yet, as after a clock
 * was turned back.
 */
export function isOpen(
  { space, from, until }: Pick<LessonRow, 'space' | 'from' | 'until'>,
  here: string | undefined,
  now: number
): boolean {
  return space === here && from <= now && now < until;
}
