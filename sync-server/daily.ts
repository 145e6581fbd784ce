import { plusDays, type CalendarDate } from '#lib/domain/dates.ts';
import { forgetComments } from './comments/forget.ts';
import type { Clock } from './clock.ts';
import { forgetMedia } from './media/forget.ts';
import { mendAllHere } from './media/here.ts';
import type { Core } from './core.ts';
import { eraseDue } from './erasure/erase.ts';
import { mostVersions, versionDays } from './gate/page-versions.ts';
import { guarded } from './guarded.ts';
import { forLog, type Log } from './log.ts';
import { buildOutgrownAnew } from './ws/build-anew.ts';

/** Something that is done when the relay starts, and then once a day. */
export interface DailyJob {
  /** As the log calls it when it fails. */
  readonly name: string;
  /** May be done again on the same day: one that fails is tried again at the next look. */
  readonly run: (today: CalendarDate) => Promise<void>;
}

/** LO6: for so many days an entry stays in the activity log. */
export const activityDays = 365;

/** GA20: for so many days a refused change and a recorded sign-in are known; whatever else was accepted is the log, and stays. */
export const settledDays = 90;

const dayMs = 24 * 60 * 60_000;

/** What a relay does once a day, in this order. */
export function dailyJobs(core: Core): readonly DailyJob[] {
  const { storage } = core;
  return [
    { name: 'erase', run: (today) => eraseDue(core, core.tombstones, today) },
    // TH7: nothing of whom was erased stays in what was laid out before.
    { name: 'drop-archives', run: () => core.archives.drop() },
    {
      name: 'forget-waiting-tablets',
      // TB3, TB4: who was not answered for a whole day; under the lock, for somebody may be saying yes.
      run: (today) =>
        core.lock.run(() => storage.tablets.prune(plusDays(today, -1), core.clock.instant() - dayMs))
    },
    {
      name: 'prune-changes',
      run: (today) => core.lock.run(() => storage.changes.prune(plusDays(today, -settledDays)))
    },
    {
      name: 'thin-page-versions',
      run: (today) =>
        core.lock.run(() => storage.pages.thinVersions(plusDays(today, -versionDays), mostVersions))
    },
    { name: 'build-outgrown-anew', run: () => buildOutgrownAnew(core) },
    { name: 'forget-media', run: (today) => forgetMedia(core, today) },
    { name: 'forget-comments', run: (today) => forgetComments(core, today) },
    { name: 'mend-media', run: () => mendAllHere(core) },
    {
      name: 'prune-activity',
      run: (today) => storage.activity.prune(plusDays(today, -activityDays))
    }
  ];
}

/** Milliseconds between two looks at the date: also a machine that slept does its day's work soon. */
const pause = 10 * 60_000;

/** Does the jobs once at each date. Whoever starts it stops it. */
export class Daily {
  readonly #jobs: readonly DailyJob[];
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #doneOn = new Map<DailyJob, CalendarDate>();
  #timer: NodeJS.Timeout | undefined;
  #looking: Promise<void> = Promise.resolve();

  constructor(jobs: readonly DailyJob[], clock: Clock, log: Log) {
    this.#jobs = jobs;
    this.#clock = clock;
    this.#log = log;
  }

  /** Looks again and again from now on. */
  start(): void {
    this.#timer = setInterval(
      guarded(this.#log, 'daily', () => this.look()),
      pause
    );
    this.#timer.unref();
  }

  /** Does what has not been done today. One look at a time; never rejects. */
  look(): Promise<void> {
    this.#looking = this.#looking.then(() => this.#look());
    return this.#looking;
  }

  /** Begins nothing more; resolves when what is under way has ended. */
  stop(): Promise<void> {
    clearInterval(this.#timer);
    return this.#looking;
  }

  async #look(): Promise<void> {
    const today = this.#clock.today();
    for (const job of this.#jobs) {
      if (this.#doneOn.get(job) === today) continue;
      try {
        await job.run(today);
        this.#doneOn.set(job, today);
      } catch (error) {
        this.#log.error({ event: 'daily-job-failed', job: job.name, ...forLog(error) });
      }
    }
  }
}
