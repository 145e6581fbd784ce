import type { CalendarDate } from '#lib/domain/dates.ts';
import type { SpaceId, VisitId } from '#lib/domain/ids.ts';
import type { Refusal } from '#lib/domain/refusals.ts';
import type { Settings } from '#lib/domain/settings.ts';
import { settingsOf } from '#lib/domain/state.ts';
import { judge } from '../work/may.ts';
import { done, type Result } from '../device/result.ts';
import { submitAll } from '../work/submit-all.ts';
import type { Wish } from '../work/wish.ts';
import type { Bench } from '../work/bench.ts';

/** What administrators choose for a TwinSpace, and how one leaves it. */
export class SpaceSettings {
  readonly #work: Bench;
  readonly #space: SpaceId;

  constructor(work: Bench, space: SpaceId) {
    this.#work = work;
    this.#space = space;
  }

  /** The choices, the defaults where nothing was chosen. */
  get current(): Settings {
    return settingsOf(this.#work.stateOf(this.#space));
  }

  /** SG3: the languages, if somebody has chosen them. */
  get chosenLanguages(): readonly string[] {
    return this.#work.stateOf(this.#space).members.settings.has('languages') ? this.current.languages : [];
  }

  /** SP4: since when it is only read. */
  get archived(): CalendarDate | undefined {
    return this.#work.stateOf(this.#space).members.meta.get('space')?.archived;
  }

  /** SG1: chooses; each choice stands by itself. */
  async set(settings: Partial<Settings>): Promise<Result<void>> {
    return this.#one({ name: 'settings.set', args: { settings } });
  }

  async rename(name: string): Promise<Result<void>> {
    return this.#one({ name: 'space.rename', args: { name } });
  }

  /** SP4, PU5: archives it, and ends these links for visitors with it; the others go on until their day. */
  async archive(ending: readonly VisitId[] = []): Promise<Result<void>> {
    const ends = ending.map((visit): Wish => ({ name: 'visit.revoke', args: { visit } }));
    return submitAll(this.#work, this.#space, [...ends, { name: 'space.archive', args: {} }]);
  }

  async unarchive(): Promise<Result<void>> {
    return this.#one({ name: 'space.unarchive', args: {} });
  }

  /** ME8: why the person could not leave now, told before they try. */
  get mayLeave(): true | Refusal {
    return judge(this.#work, this.#space, 'member.leave', {});
  }

  async leave(): Promise<Result<void>> {
    return this.#one({ name: 'member.leave', args: {} });
  }

  async #one(wish: Wish): Promise<Result<void>> {
    const [answer] = await this.#work.submitMany(this.#space, [wish]);
    return answer?.ok === false ? answer : done(undefined);
  }
}
