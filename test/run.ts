import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { journeyOutcome, unitOutcome, type Outcome } from './support/outcomes.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const results = `${root}test/.results`;

/** One part of the tests: a command, and the report in which the runner says how it went; without one, it is one check by itself. */
interface Part {
  readonly name: string;
  readonly command: readonly string[];
  readonly report?: { readonly file: string; readonly read: (json: string) => Outcome };
}

/** One step after the other; the parts of a step run side by side, for each of them works on one core alone. */
const steps: readonly (readonly Part[])[] = [
  [
    { name: 'lint', command: ['npm', 'run', '--silent', 'lint'] },
    { name: 'check', command: ['npm', 'run', '--silent', 'types'] }
  ],
  [vitest('unit', 'node')],
  [vitest('browser', 'browser')],
  [
    {
      name: 'journeys',
      command: ['playwright', 'test'],
      report: { file: `${results}/journeys.json`, read: journeyOutcome }
    }
  ]
];

rmSync(results, { recursive: true, force: true });
mkdirSync(results, { recursive: true });

const only = process.argv.slice(2);
const total = { passed: 0, skipped: 0 };
const failed: string[] = [];
for (const step of steps) {
  const asked = step.filter(({ name }) => only.length === 0 || only.includes(name));
  await Promise.all(asked.map((part) => runPart(part, asked.length === 1)));
}
if (total.passed + failed.length === 0) failed.push('no such part');
// Once more at the end, where whoever looks at a long log looks first.
if (failed.length > 0) console.log(`\nfailed:\n${failed.join('\n')}`);
const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : '';
console.log(`\n${total.passed} passed, ${failed.length} failed${skipped}`);
process.exitCode = failed.length > 0 ? 1 : 0;

/** One of Vitest's projects, which `vitest.config.ts` names. */
function vitest(name: string, project: string): Part {
  const file = `${results}/${name}.json`;
  return {
    name,
    command: [
      ...['vitest', 'run', '--project', project],
      ...['--reporter=default', '--reporter=json', `--outputFile.json=${file}`]
    ],
    report: { file, read: unitOutcome }
  };
}

/** Runs a part, whose output is shown as it comes if it is alone, else whole when it has ended. */
async function runPart(part: Part, alone: boolean): Promise<void> {
  const title = `\n── ${part.name}\n`;
  const start = performance.now();
  if (alone) process.stdout.write(title);
  const { exit, said } = await run(part.command, alone);
  if (!alone) process.stdout.write(title + said);
  const outcome = outcomeOf(part, exit, said);
  total.passed += outcome.passed;
  total.skipped += outcome.skipped;
  failed.push(...outcome.failed);
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  console.log(`── ${part.name}: ${outcome.passed} passed, ${outcome.failed.length} failed, ${seconds} s`);
}

/** Runs a command; resolves with its exit code and all that it said. */
function run(
  [command = '', ...args]: readonly string[],
  shown: boolean
): Promise<{ readonly exit: number; readonly said: string }> {
  const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const output of [child.stdout, child.stderr])
    output.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      if (shown) process.stdout.write(text);
    });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (exit) => resolve({ exit: exit ?? 1, said }));
  });
}

/**
 * What the runner's own report says, or the exit of a command without one. No report, no test, or a failing exit with
 * no failed test is a failure too, of which nothing tells but the last that was said.
 */
function outcomeOf({ name, report }: Part, exit: number, said: string): Outcome {
  const outcome =
    report === undefined
      ? { passed: exit === 0 ? 1 : 0, skipped: 0, failed: [] }
      : existsSync(report.file)
        ? report.read(readFileSync(report.file, 'utf8'))
        : { passed: 0, skipped: 0, failed: [] };
  const named = outcome.failed.map((test) => `${name}: ${test.replace(root, '')}`);
  const silent = named.length === 0 && (exit !== 0 || outcome.passed === 0);
  const tail = said.trimEnd().split('\n').slice(-20).join('\n');
  return { ...outcome, failed: silent ? [`${name}, which ended with ${exit}:\n${tail}`] : named };
}
