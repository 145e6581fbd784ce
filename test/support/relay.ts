import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { plusDays, type CalendarDate } from '#lib/domain/dates.ts';
import type { Clock } from '#relay/clock.ts';
import type { Log } from '#relay/log.ts';
import { startRelay, type Relay, type RelayOptions } from '#relay/relay.ts';

/** A clock that goes when it is told to. */
export class TestClock implements Clock {
  #date: CalendarDate;
  #ms = 0;

  constructor(date = '2026-11-24') {
    this.#date = date as CalendarDate;
  }

  today(): CalendarDate {
    return this.#date;
  }

  now(): number {
    return this.#ms;
  }

  instant(): number {
    return Date.parse(this.#date) + this.#ms;
  }

  addDays(days: number): void {
    this.#date = plusDays(this.#date, days);
  }

  addSeconds(seconds: number): void {
    this.#ms += seconds * 1000;
  }
}

/** A log that keeps what was written to it. */
export class TestLog implements Log {
  readonly lines: unknown[] = [];
  readonly info = this.#keep();
  readonly warn = this.#keep();
  readonly error = this.#keep();
  readonly fatal = this.#keep();

  #keep(): Log['info'] {
    return ((...line: unknown[]) => void this.lines.push(line)) as Log['info'];
  }
}

/** A relay in this process, on a folder of its own and a free port, with everything that a test may turn. */
export interface TestRelay {
  readonly relay: Relay;
  readonly clock: TestClock;
  readonly log: TestLog;
  readonly folder: string;
  /** The secret of the set-up link. */
  readonly setUp: string;
}

/** A folder that is gone when the test has ended. */
export function tempFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'twinspace-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Starts a relay that is stopped when the test has ended. */
export async function testRelay(options: Partial<RelayOptions> = {}): Promise<TestRelay> {
  const folder = options.dataDir ?? tempFolder();
  const clock = options.clock instanceof TestClock ? options.clock : new TestClock();
  const log = new TestLog();
  const relay = await startRelay({ host: '127.0.0.1', port: 0, log, ...options, clock, dataDir: folder });
  onTestFinished(() => relay.stop());
  return { relay, clock, log, folder, setUp: relay.setUpLink?.path.split('#')[1] ?? '' };
}
