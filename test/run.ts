import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { journeyCounts, unitCounts, type Counts } from './support/counts.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const results = `${root}test/.results`;

/** One part of the tests: a command, and how its outcome is counted. */
interface Part {
  readonly name: string;
  readonly command: readonly string[];
  readonly count: (exit: number) => Counts;
}

const parts: readonly Part[] = [
  { name: 'lint', command: ['npm', 'run', '--silent', 'lint'], count: asOne },
  { name: 'check', command: ['npm', 'run', '--silent', 'check'], count: asOne },
  { name: 'unit', ...vitest('node', 'unit.json') },
  { name: 'browser', ...vitest('browser', 'browser.json') },
  {
    name: 'journeys',
    command: ['playwright', 'test'],
    count: (exit) => counted(exit, 'journeys.json', journeyCounts)
  }
];

rmSync(results, { recursive: true, force: true });
mkdirSync(results, { recursive: true });

const only = process.argv.slice(2);
const total: { passed: number; failed: number; skipped: number } = { passed: 0, failed: 0, skipped: 0 };
for (const part of parts) {
  if (only.length > 0 && !only.includes(part.name)) continue;
  console.log(`\n── ${part.name}`);
  const start = performance.now();
  const [command = '', ...args] = part.command;
  const { status } = spawnSync(command, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });
  const counts = part.count(status ?? 1);
  for (const key of ['passed', 'failed', 'skipped'] as const) total[key] += counts[key];
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  console.log(`── ${part.name}: ${counts.passed} passed, ${counts.failed} failed, ${seconds} s`);
}
if (total.passed + total.failed === 0) total.failed = 1;
const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : '';
console.log(`\n${total.passed} passed, ${total.failed} failed${skipped}`);
process.exitCode = total.failed > 0 ? 1 : 0;

/** One of Vitest's projects, which `vitest.config.ts` names. */
function vitest(project: string, file: string): Pick<Part, 'command' | 'count'> {
  return {
    command: [
      ...['vitest', 'run', '--project', project],
      ...['--reporter=default', '--reporter=json', `--outputFile.json=${results}/${file}`]
    ],
    count: (exit) => counted(exit, file, unitCounts)
  };
}

/** A command that is one check by itself. */
function asOne(exit: number): Counts {
  return exit === 0 ? { passed: 1, failed: 0, skipped: 0 } : { passed: 0, failed: 1, skipped: 0 };
}

/** What the runner's own report says. No report, no test, or a failing exit with no failed test is a failure too. */
function counted(exit: number, file: string, read: (json: unknown) => Counts): Counts {
  const path = `${results}/${file}`;
  const counts = existsSync(path)
    ? read(JSON.parse(readFileSync(path, 'utf8')))
    : { passed: 0, failed: 0, skipped: 0 };
  const silent = counts.failed === 0 && (exit !== 0 || counts.passed === 0);
  return silent ? { ...counts, failed: 1 } : counts;
}
