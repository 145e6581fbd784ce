/** The longest run of letters that is still read as one word. */
const longestWord = 10;

/**
 * A password or code in the groups in which it is read out: at its own hyphens, by words and numbers where it is made
 * of those (`tigre 7 luna 3`), else so many signs at a time. Joined, they are the text again.
 */
export function readable(text: string, by: number): readonly string[] {
  if (text.includes('-')) return text.split(/(?<=-)/);
  const runs = text.match(/\p{L}+|\P{L}+/gu) ?? [];
  const words = runs.filter((run) => /^\p{L}{3,}/u.test(run));
  const spoken =
    runs.length <= 6 && words.length * 2 >= runs.length && runs.every((run) => run.length <= longestWord);
  if (spoken) return runs;
  const signs = Array.from(text);
  return Array.from({ length: Math.ceil(signs.length / by) }, (_, at) =>
    signs.slice(at * by, at * by + by).join('')
  );
}
