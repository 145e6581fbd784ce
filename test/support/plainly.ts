import type { Part } from '#lib/yjs/page-tree.ts';

/** Runs beside each other that look alike as one: marks that end and begin again say nothing. */
export function plainly(parts: readonly Part[]): unknown {
  return JSON.parse(JSON.stringify(parts), (key, value: unknown) => {
    if (key !== 'runs' || !Array.isArray(value)) return value;
    const runs: { text: string }[] = [];
    for (const run of value) {
      const last = runs.at(-1);
      const same = last && JSON.stringify({ ...last, text: '' }) === JSON.stringify({ ...run, text: '' });
      if (same) last.text += run.text;
      else runs.push({ ...run });
    }
    return runs;
  });
}
