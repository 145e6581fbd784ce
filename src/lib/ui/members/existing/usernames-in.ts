import { isUsername, nameKey } from '#lib/domain/usernames.ts';

/**
 * The usernames of a text, each once, in its order: one a line or cell, or several in one where each of them is written
 * as usernames are. What is none stays as it is written: whoever looks for it is told (UN6).
 */
export function usernamesIn(text: string): readonly string[] {
  const parts = text.split(/[\n\r\t;]+/).flatMap((cell) => {
    const words = cell.split(/[\p{White_Space},]+/u).filter((word) => word !== '');
    return words.every((word) => isUsername(nameKey(word))) ? words : [cell.trim()];
  });
  const once = new Map(parts.filter((part) => part !== '').map((part) => [nameKey(part), part]));
  return [...once.values()];
}
