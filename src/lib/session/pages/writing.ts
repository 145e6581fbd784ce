import type { PageId, SpaceId } from '#lib/domain/ids.ts';
import { GrowingPause } from '#lib/store/growing-pause.ts';
import { keepWriting, unsignedOf } from '#lib/store/writings.ts';
import { mergeEdits } from '#lib/sync/working-page.ts';
import { problemOf, type Problem } from '../device/result.ts';
import type { Bench } from '../work/bench.ts';
import { submitEdit } from './sign-edit.ts';

/** Milliseconds after which what was typed is on this device, and after which more it is signed. */
const pauses = { store: 250, sign: 700 };

/** How what is typed stands: all of it is signed and waits or has gone; something is on its way there; it cannot be stored. */
export type WritingState =
  { readonly is: 'kept' | 'storing' } | { readonly is: 'failed'; readonly problem: Problem };

/**
 * WR1: what one person types in one page: on this device within 300 ms, signed within a second, or when the session ends.
 * What cannot be stored is tried again, for as long as the page is open.
 */
export class Writing {
  readonly #work: Bench;
  readonly #space: SpaceId;
  readonly #page: PageId;
  readonly #tell: (state: WritingState) => void;
  readonly #pause = new GrowingPause();
  /** What is not stored yet, and under which clientID. */
  #typed: { client: number; updates: Uint8Array<ArrayBuffer>[] }[] = [];
  #storing: ReturnType<typeof setTimeout> | undefined;
  #signing: ReturnType<typeof setTimeout> | undefined;
  #turn: Promise<void> = Promise.resolve();

  constructor(work: Bench, space: SpaceId, page: PageId, tell: (state: WritingState) => void) {
    this.#work = work;
    this.#space = space;
    this.#page = page;
    this.#tell = tell;
  }

  /** Something was typed that is not stored yet. */
  get isTyping(): boolean {
    return this.#typed.length > 0;
  }

  /** Something was typed. */
  typed(client: number, update: Uint8Array<ArrayBuffer>): void {
    const last = this.#typed.at(-1);
    if (last?.client === client) last.updates.push(update);
    else this.#typed.push({ client, updates: [update] });
    this.#tell({ is: 'storing' });
    this.#storing ??= setTimeout(() => void this.#later(() => this.#store()), pauses.store);
  }

  /** Stores and signs all that was typed. Resolves when that is done, or known to have failed. */
  finish(): Promise<void> {
    return this.#later(async () => {
      await this.#store();
      await this.#sign();
    });
  }

  /** One step after the other. */
  #later(step: () => Promise<void>): Promise<void> {
    const mine = this.#turn.then(step).catch((error: unknown) => this.#failed(error));
    this.#turn = mine;
    return mine;
  }

  async #store(): Promise<void> {
    clearTimeout(this.#storing);
    this.#storing = undefined;
    const { app, session } = this.#work;
    for (let next = this.#typed[0]; next; next = this.#typed[0]) {
      const { client, updates } = next;
      const count = updates.length;
      const row = { space: this.#space, page: this.#page, client, account: session.account };
      await app.care.kept(() => keepWriting(app.db, { ...row, update: mergeEdits(updates.slice(0, count)) }));
      updates.splice(0, count);
      if (updates.length === 0) this.#typed.shift();
    }
    this.#pause.reset();
    this.#signing ??= setTimeout(() => void this.#later(() => this.#sign()), pauses.sign);
  }

  async #sign(): Promise<void> {
    clearTimeout(this.#signing);
    this.#signing = undefined;
    await signUnsigned(this.#work, this.#page);
    if (this.#typed.length === 0) this.#tell({ is: 'kept' });
  }

  /** NW9: tried again, whether somebody goes on typing or not. */
  #failed(error: unknown): void {
    const answer = problemOf(error);
    if (!answer.ok) this.#tell({ is: 'failed', problem: answer.problem });
    this.#storing ??= setTimeout(() => void this.finish(), this.#pause.next());
  }
}

/**
 * WR1: signs what the signed-in person has typed on this device and what was never signed: a tab was closed, or a tablet
 * went out, in between.
 *
 * @param page only what stands in this one
 */
export async function signUnsigned(work: Bench, page?: PageId): Promise<void> {
  for (const unsigned of await unsignedOf(work.app.db, work.session.account)) {
    if (page !== undefined && unsigned.page !== page) continue;
    const { rows } = unsigned;
    await submitEdit(work, { ...unsigned, updates: rows.map(({ update }) => update), typed: rows });
  }
}
