import type { Part } from '#lib/yjs/page-tree.ts';

/** Whether there is anything to read: a page whose lines are all empty has nothing. */
export function hasWords(parts: readonly Part[]): boolean {
  return parts.some((part) => part.is !== 'paragraph' || part.runs.some(({ text }) => text.trim() !== ''));
}
