import type { Node } from 'prosemirror-model';

/**
 * Where a place in a page is once it has become another: before and behind what is different it is the same place, within
 * that it is as near as can be.
 */
export function placeIn(before: Node, after: Node, place: number): number {
  const start = before.content.findDiffStart(after.content);
  const ends = before.content.findDiffEnd(after.content);
  if (start === null || !ends || place <= start) return place;
  // What is alike at both ends may overlap: of two that are the same, one is gone.
  const overlap = Math.max(0, start - Math.min(ends.a, ends.b));
  const [endBefore, endAfter] = [ends.a + overlap, ends.b + overlap];
  return place >= endBefore ? place + endAfter - endBefore : Math.min(place, endAfter);
}
