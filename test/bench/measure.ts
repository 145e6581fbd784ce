import { readFileSync } from 'node:fs';

/** Milliseconds for one run of the work: the median of several rounds, each of so many runs. */
export function perRun(work: () => void, runs: number, rounds = 7): number {
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const start = performance.now();
    for (let run = 0; run < runs; run++) work();
    times.push((performance.now() - start) / runs);
  }
  return median(times);
}

/** The middle value; of an even number the lower middle. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? Number.NaN;
}

/** One line of the report. */
export interface Measured {
  readonly what: string;
  readonly value: string;
  /** What was expected, if anything was, and whether it holds. */
  readonly expected?: { readonly text: string; readonly holds: boolean };
}

/** Milliseconds for people. */
export function ms(value: number): string {
  return value < 1 ? `${value.toFixed(3)} ms` : `${value.toFixed(value < 100 ? 1 : 0)} ms`;
}

/** MiB of a process that are in memory, as Linux tells. */
export function residentOf(pid: number | undefined): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? Number.NaN) / 1024;
}
