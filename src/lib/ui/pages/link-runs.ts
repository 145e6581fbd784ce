import type { Run } from '#lib/yjs/page-tree.ts';

/** Runs that lead to one place, or to none. */
export interface LinkedRuns {
  readonly href?: string;
  readonly runs: readonly Run[];
}

/** Neighbours that lead to the same place are one link, however their letters look. */
export function linkedRuns(runs: readonly Run[]): readonly LinkedRuns[] {
  const linked: { href?: string; runs: Run[] }[] = [];
  for (const run of runs) {
    const last = linked.at(-1);
    if (last && last.href === run.href) last.runs.push(run);
    else linked.push({ ...(run.href !== undefined && { href: run.href }), runs: [run] });
  }
  return linked;
}
