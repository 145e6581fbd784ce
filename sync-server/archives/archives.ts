import { randomUUID } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { AccountId, SpaceId } from '#lib/domain/ids.ts';
import { caps } from '#relay/caps.ts';
import { DiskFull } from '#relay/disk-full.ts';
import { layOut, type LaidOut, type Sources } from './lay-out.ts';
import { Spool } from './spool.ts';
import { zipLength, type Sums } from './zip.ts';

/** A TwinSpace that was laid out for somebody, to be fetched. */
export interface Archive extends LaidOut {
  readonly id: string;
  readonly space: SpaceId;
  readonly account: AccountId;
  readonly spool: Spool;
  /** In bytes, of the ZIP. */
  readonly bytes: number;
  /** What all files in it say of when they were made. */
  readonly on: Date;
  /** Of what was sent once: whoever goes on later is not kept waiting for all that comes before. */
  readonly sums: Sums;
}

/**
 * TH7: what was laid out and is being fetched: one for each account, and few at once. What an earlier run of the relay
 * left is thrown away.
 */
export class Archives {
  readonly #folder: string;
  readonly #from: Sources;
  readonly #most: number;
  /** The last asked for comes last; with the moment in which it was. */
  readonly #held = new Map<string, { readonly archive: Archive; readonly at: number }>();
  readonly #empty: Promise<void>;
  /** One is laid out after the other. */
  #turn: Promise<unknown> = Promise.resolve();

  /** @param most how many bytes all that are laid out have together */
  constructor(folder: string, from: Sources, most: number = caps.archives.bytes) {
    this.#most = most;
    this.#folder = folder;
    this.#from = from;
    this.#empty = rm(folder, { recursive: true, force: true });
    // Whoever makes one hears of it.
    this.#empty.catch(() => undefined);
  }

  /** The TwinSpace as it stands when its turn comes; undefined where there is none. */
  make(space: SpaceId, account: AccountId): Promise<Archive | undefined> {
    return this.#inTurn(() => this.#make(space, account));
  }

  /** The archive, if it is this account's and still here; it stays for another while. */
  find(id: string, space: SpaceId, account: AccountId): Archive | undefined {
    const { archive, at } = this.#held.get(id) ?? {};
    if (!archive || at === undefined || archive.space !== space || archive.account !== account)
      return undefined;
    if (this.#from.clock.now() - at > caps.archives.keptMs) return undefined;
    this.#hold(archive);
    return archive;
  }

  /** Throws away what was laid out or is under way. Who is fetching it is told no more. */
  drop(): Promise<void> {
    return this.#inTurn(() => this.#drop(() => true));
  }

  #inTurn<Answer>(act: () => Promise<Answer>): Promise<Answer> {
    const acted = this.#turn.then(act);
    this.#turn = acted.catch(() => undefined);
    return acted;
  }

  async #drop(gone: (archive: Archive) => boolean): Promise<void> {
    for (const { archive } of [...this.#held.values()].filter((one) => gone(one.archive))) {
      this.#held.delete(archive.id);
      await archive.spool.remove();
    }
  }

  async #make(space: SpaceId, account: AccountId): Promise<Archive | undefined> {
    const state = (await this.#from.truth.space(space))?.state;
    if (!state) return undefined;
    await this.#empty;
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    const overdue = this.#from.clock.now() - caps.archives.keptMs;
    const [oldest] = this.#held.size < caps.archives.most ? [] : this.#held.keys();
    await this.#drop(
      (one) => one.account === account || one.id === oldest || (this.#held.get(one.id)?.at ?? 0) < overdue
    );
    const id = randomUUID();
    const spool = await Spool.make(join(this.#folder, id), (bytes) => this.#makeRoom(bytes));
    try {
      const laid = await layOut(this.#from, state, spool);
      await spool.close();
      const on = new Date(`${this.#from.clock.today()}T00:00`);
      const [bytes, sums]: [number, Sums] = [zipLength(laid.files), new Map()];
      const archive = { ...laid, id, space, account, spool, bytes, on, sums };
      this.#hold(archive);
      return archive;
    } catch (error) {
      await spool.close().catch(() => undefined);
      await spool.remove();
      throw error;
    }
  }

  /** Room for so many bytes of one that is being laid out: those that were not asked for the longest go. */
  async #makeRoom(bytes: number): Promise<void> {
    const sum = (): number =>
      [...this.#held.values()].reduce((all, { archive }) => all + archive.spool.size, bytes);
    while (sum() > this.#most) {
      const [oldest] = this.#held.keys();
      if (oldest === undefined) throw new DiskFull();
      await this.#drop(({ id }) => id === oldest);
    }
  }

  #hold(archive: Archive): void {
    this.#held.delete(archive.id);
    this.#held.set(archive.id, { archive, at: this.#from.clock.now() });
  }
}
