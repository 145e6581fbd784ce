import { setImmediate } from 'node:timers/promises';
import { isRefusal } from '#lib/domain/refusals.ts';
import { readHeader } from '#lib/protocol/change.ts';
import type { SignedChange } from '#lib/protocol/signed-change.ts';
import type { Verdict } from '#lib/protocol/verdict.ts';
import type { Clock } from '#relay/clock.ts';
import { forLog } from '#relay/log.ts';
import type { Lock } from '../truth/lock.ts';
import type { Arrival } from './arrival.ts';
import { candidateOf, type Candidate } from './candidate.ts';
import { judgeTogether } from './group.ts';
import { idIn } from './id-in.ts';
import { KnownKeys } from './known-keys.ts';
import type { Days } from './quotas.ts';
import { verdictOf } from './verdict-of.ts';
import type { Writer } from './writer.ts';

/** Changes that are judged together at most: beyond that sharing a commit gains nothing, and all others wait. */
const mostTogether = 64;

/** A change that waits for its turn. */
interface Waiting {
  readonly candidate: Candidate;
  readonly answer: (verdict: Verdict) => void;
}

/**
 * The gate: what a change passes on its way into the relay. Changes that wait when it is the gate's turn are one group:
 * one that comes alone waits for nobody (GA21).
 */
export class Gate {
  readonly #writer: Writer;
  readonly #lock: Lock;
  readonly #clock: Clock;
  readonly #days: Days = new Map();
  readonly #keys = new KnownKeys();
  readonly #waiting: Waiting[] = [];

  constructor(writer: Writer, lock: Lock, clock: Clock) {
    this.#writer = writer;
    this.#lock = lock;
    this.#clock = clock;
  }

  /**
   * Judges changes that came together, one after the other: each for good, or says that it should come again. Never
   * throws.
   */
  async judge(changes: readonly SignedChange[], way: Arrival): Promise<readonly Verdict[]> {
    const looked = await Promise.all(changes.map((signed) => this.#look(signed, way)));
    const verdicts = looked.map((one) => ('is' in one ? one : this.#wait(one)));
    void this.#lock.run(() => this.#judgeWaiting());
    return Promise.all(verdicts);
  }

  /** So many changes wait to be judged. */
  get waiting(): number {
    return this.#waiting.length;
  }

  async #look(signed: SignedChange, way: Arrival): Promise<Candidate | Verdict> {
    const header = readHeader(signed.header);
    if ('newer' in header) return { id: idIn(signed.header), is: 'retry', code: 'relay-behind' };
    if (isRefusal(header)) return verdictOf(idIn(signed.header), header);
    try {
      return await candidateOf(signed, header, way, await this.#writer.truth.directory(), this.#keys);
    } catch (error) {
      return this.#failed(header, error);
    }
  }

  #wait(candidate: Candidate): Promise<Verdict> {
    return new Promise((answer) => this.#waiting.push({ candidate, answer }));
  }

  async #judgeWaiting(): Promise<void> {
    const group = this.#waiting.splice(0, mostTogether);
    if (group.length === 0) return;
    await this.#judgeGroup(group);
    // What has come meanwhile is read, and belongs to the next group.
    await setImmediate();
    if (this.#waiting.length > 0) void this.#lock.run(() => this.#judgeWaiting());
  }

  /** GA21: a group that fails is judged again, each of its changes alone: what is wrong with one is told of that one. */
  async #judgeGroup(group: readonly Waiting[]): Promise<void> {
    try {
      const candidates = group.map(({ candidate }) => candidate);
      const verdicts = await judgeTogether(this.#writer, this.#clock, this.#days, candidates);
      for (const [index, { answer }] of group.entries()) {
        const verdict = verdicts[index];
        if (verdict) answer(verdict);
      }
    } catch (error) {
      const [alone, ...others] = group;
      if (alone && others.length === 0) alone.answer(this.#failed(alone.candidate.header, error));
      else for (const one of group) await this.#judgeGroup([one]);
    }
  }

  #failed(header: Candidate['header'], error: unknown): Verdict {
    const command = header.kind === 'edit' ? header.kind : header.name;
    this.#writer.log.error({ event: 'change-failed', command, ...forLog(error) });
    return { id: header.id, is: 'retry', code: 'busy' };
  }
}
