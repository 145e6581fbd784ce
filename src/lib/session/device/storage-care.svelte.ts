import type { Database } from '#lib/store/database.ts';
import { readDevice } from '#lib/store/device.ts';
import { holdReserve, releaseReserve } from '#lib/store/reserve.ts';
import { exceptStorage, isConnectionLost } from '#lib/store/storage-failure.ts';
import { isOutOfRoom } from './result.ts';
import { freeOf, levelOf, worse, type Level, type Usage } from './storage-level.ts';
import { StorageWatch } from './storage-watch.svelte.ts';

const hour = 3_600_000;

/** Yjs is loaded only when there is something to tidy up. */
const tidying = () => import('#lib/sync/tidy.ts');

/**
 * BK3: watches the storage of this device: at the start, every hour, whenever somebody begins to work, and when
 * something finds no room. When there is little, what can be had again is given up; never anything unsent.
 */
export class StorageCare {
  /** NW11: whether it answers at all. */
  readonly watch: StorageWatch;
  readonly #db: Database;
  #usage: Usage | undefined = $state.raw();
  #timer: ReturnType<typeof setInterval> | undefined;
  /** The reserve was needed, and could not be held again since. */
  #spent = false;
  /** Writes that need it at this moment: until they are through nobody takes it back. */
  #needed = 0;
  /** The reserve that is being held at this moment, or was last. */
  #holding: Promise<boolean> = Promise.resolve(true);

  constructor(db: Database) {
    this.#db = db;
    this.watch = new StorageWatch(db);
  }

  /** Undefined until it is known. */
  get usage(): Usage | undefined {
    return this.#usage;
  }

  start(): void {
    const look = (): void => void this.look().catch(exceptStorage);
    look();
    this.#timer = setInterval(look, hour);
  }

  /** Looks, makes room if there is little, and looks again. */
  async look(): Promise<void> {
    const level = await this.#measure();
    if (level === 'fine') return;
    await this.#tidy();
    await this.#measure();
  }

  /**
   * Runs a write; where it finds no room, once more with the reserve and what can be had again given up; where the
   * connection to the database was lost, once more over a fresh one.
   *
   * @throws what the write throws, the second time
   */
  async kept<T>(write: () => Promise<T>): Promise<T> {
    try {
      return await write();
    } catch (error) {
      // The connection has been opened again (NW9); all or nothing of the write was done, and it was nothing.
      if (isConnectionLost(error)) return write();
      if (!isOutOfRoom(error)) throw error;
    }
    this.#spent = true;
    this.#needed++;
    try {
      // What is about to be held would be held after it was given.
      await this.#holding;
      await releaseReserve();
      await this.#tidy();
      return await write();
    } finally {
      this.#needed--;
      void this.look().catch(exceptStorage);
    }
  }

  close(): void {
    clearInterval(this.#timer);
    this.watch.close();
  }

  async #tidy(): Promise<void> {
    const { enrolment } = await readDevice(this.#db);
    const { tidy } = await tidying();
    await tidy(this.#db, enrolment.is === 'enrolled' ? enrolment.rooms : []);
  }

  #hold(): Promise<boolean> {
    this.#holding = holdReserve();
    return this.#holding;
  }

  async #measure(): Promise<Level> {
    const held = this.#needed === 0 && (await this.#hold());
    if (held) this.#spent = false;
    const byReserve: Level = held ? 'fine' : this.#spent ? 'full' : 'low';
    const { usage: used = 0, quota } =
      (await globalThis.navigator?.storage?.estimate?.().catch(() => undefined)) ?? {};
    const told = quota === undefined ? undefined : freeOf(used, quota);
    const level = told === undefined ? byReserve : worse(byReserve, levelOf(used, used + told));
    const free = held ? told : 0;
    this.#usage = { used, level, ...(free === undefined ? {} : { free }) };
    return level;
  }
}
