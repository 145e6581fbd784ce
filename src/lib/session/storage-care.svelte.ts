import type { Database } from '#lib/store/database.ts';
import { readDevice } from '#lib/store/device.ts';
import { levelOf, type Usage } from './storage-level.ts';

const hour = 3_600_000;

/** Yjs is loaded only when there is something to tidy up. */
const tidying = () => import('#lib/sync/tidy.ts');

/**
 * BK3: watches the storage of this device: at the start, every hour, and after something could not be stored. When it
 * is low, what can be had again is given up first; never anything unsent.
 */
export class StorageCare {
  readonly #db: Database;
  #usage: Usage | undefined = $state.raw();
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(db: Database) {
    this.#db = db;
  }

  /** Undefined until it is known; and where the browser does not say. */
  get usage(): Usage | undefined {
    return this.#usage;
  }

  start(): void {
    void this.look();
    this.#timer = setInterval(() => void this.look(), hour);
  }

  /** Looks, makes room if there is little, and looks again. */
  async look(): Promise<void> {
    await this.#measure();
    if (!this.#usage || this.#usage.level === 'fine') return;
    const { enrolment } = await readDevice(this.#db);
    const { tidy } = await tidying();
    await tidy(this.#db, enrolment.is === 'enrolled' ? enrolment.rooms : []);
    await this.#measure();
  }

  close(): void {
    clearInterval(this.#timer);
  }

  async #measure(): Promise<void> {
    const { usage: used, quota } = (await navigator.storage?.estimate?.().catch(() => undefined)) ?? {};
    this.#usage =
      used === undefined || quota === undefined ? undefined : { used, quota, level: levelOf(used, quota) };
  }
}
