/** How a runner's tests ended. */
export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** The counts in Vitest's JSON report. */
export function unitCounts(report: unknown): Counts {
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests } = report as Record<string, number>;
  return {
    passed: numPassedTests ?? 0,
    failed: numFailedTests ?? 0,
    skipped: (numPendingTests ?? 0) + (numTodoTests ?? 0)
  };
}

/** The counts in Playwright's JSON report. A test that passed only when tried again counts as failed. */
export function journeyCounts(report: unknown): Counts {
  const { stats } = report as { readonly stats: Readonly<Record<string, number>> };
  return {
    passed: stats['expected'] ?? 0,
    failed: (stats['unexpected'] ?? 0) + (stats['flaky'] ?? 0),
    skipped: stats['skipped'] ?? 0
  };
}
