/** How a runner's tests ended; those that failed by the name under which they are found again. */
export interface Outcome {
  readonly passed: number;
  readonly skipped: number;
  readonly failed: readonly string[];
}

interface UnitReport {
  readonly numPassedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[];
  }[];
}

/** What Vitest's JSON report says. A file that failed as a whole counts as one test. */
export function unitOutcome(json: string): Outcome {
  const report = JSON.parse(json) as UnitReport;
  return {
    passed: report.numPassedTests,
    skipped: report.numPendingTests + report.numTodoTests,
    failed: report.testResults.flatMap(({ name, status, assertionResults }) => {
      const failed = assertionResults.filter((test) => test.status === 'failed');
      if (failed.length === 0 && status === 'failed') return [name];
      return failed.map(({ fullName }) => `${name} › ${fullName}`);
    })
  };
}

interface JourneySuite {
  readonly file: string;
  readonly specs: readonly {
    readonly title: string;
    readonly tests: readonly { readonly projectName: string; readonly status: string }[];
  }[];
  readonly suites?: readonly JourneySuite[];
}

/** What Playwright's JSON report says. A test that passed only when tried again counts as failed. */
export function journeyOutcome(json: string): Outcome {
  const { suites } = JSON.parse(json) as { readonly suites: readonly JourneySuite[] };
  const tests = suites.flatMap(testsOf);
  const ended = (...statuses: readonly string[]) => tests.filter(({ status }) => statuses.includes(status));
  return {
    passed: ended('expected').length,
    skipped: ended('skipped').length,
    failed: ended('unexpected', 'flaky').map(({ name }) => name)
  };
}

function testsOf(suite: JourneySuite): readonly { readonly name: string; readonly status: string }[] {
  const own = suite.specs.flatMap(({ title, tests }) =>
    tests.map(({ projectName, status }) => ({ name: `${projectName} › ${suite.file} › ${title}`, status }))
  );
  return [...own, ...(suite.suites ?? []).flatMap(testsOf)];
}
