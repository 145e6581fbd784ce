import type { Bcrypt } from '#lib/crypto/sealed-key.ts';
import { grouped } from '#lib/domain/grouped.ts';
import type { AccountId, GroupId, SpaceId } from '#lib/domain/ids.ts';
import { refuse } from '#lib/domain/refusals.ts';
import { isStaff, type Role } from '#lib/domain/roles.ts';
import { standingMember } from '#lib/domain/state.ts';
import { BcryptPool } from '../keys/bcrypt-pool.ts';
import { helped } from './hands.ts';
import { homeOf, may } from '../work/may.ts';
import { refused, type Result } from '../device/result.ts';
import type { Wish } from '../work/wish.ts';
import { picturesWish, type GivenPictures } from './pictures.ts';
import { passwordWish, type GivenPassword } from './set-password.ts';
import type { Bench } from '../work/bench.ts';

/** What came of work on many members: each of them stands in one of the two. */
export interface ManyDone {
  readonly done: readonly AccountId[];
  readonly failed: readonly { readonly member: AccountId; readonly answer: Result<never> & { ok: false } }[];
  /** Puts back what was changed, all of it at once; absent: it cannot be put back. */
  readonly undo?: () => Promise<ManyDone>;
}

/** How long work goes on: told after each part; stopped between two parts. */
export interface Going {
  readonly onprogress?: (count: number) => void;
  readonly signal?: AbortSignal;
}

/** One thing for one member, in the TwinSpace where it is asked for. */
interface Task {
  readonly member: AccountId;
  readonly space: SpaceId;
  readonly wish: Wish;
}

/** So many are stored at once: little enough to show that it goes on. */
const part = 100;
/** So many passwords: each costs a computation that a child's tablet takes long for. */
const passwordPart = 8;

/** Work on many members at once, each judged alone: whoever may not be changed stops nobody else. */
export class ManyMembers {
  readonly #work: Bench;
  readonly #space: SpaceId;

  constructor(work: Bench, space: SpaceId) {
    this.#work = work;
    this.#space = space;
  }

  /** GR2: puts them into one group, or takes them out of it; who is there already stays as they are. */
  async group(
    members: readonly AccountId[],
    group: GroupId,
    into: boolean,
    going: Going = {}
  ): Promise<ManyDone> {
    const changing = members.filter((member) => this.#isIn(member, group) !== into);
    const [add, remove] = into ? [[group], []] : [[], [group]];
    const outcome = await this.#run(
      changing.map((member) => this.#here(member, { name: 'member.groups', args: { member, add, remove } })),
      going
    );
    return this.#with(outcome, members, () => this.group(outcome.done, group, !into));
  }

  /** ME2: pupil or pupil administrator; an adult's role is changed one by one (ME3). */
  async role(
    members: readonly AccountId[],
    role: 'pupil' | 'pupil-admin',
    going: Going = {}
  ): Promise<ManyDone> {
    const before = new Map(members.map((member) => [member, this.#roleOf(member)]));
    const changing = members.filter((member) => before.get(member) !== role);
    const [adults, pupils] = split(changing, (member) => isStaff(before.get(member) ?? 'pupil'));
    const outcome = await this.#run(
      pupils.map((member) => this.#here(member, { name: 'member.role', args: { member, role } })),
      going
    );
    const told = withFailed(outcome, adults, 'not-permitted');
    const other = role === 'pupil' ? 'pupil-admin' : 'pupil';
    return this.#with(told, members, () => this.role(outcome.done, other));
  }

  /** ME5: ends their memberships here. A request that waits is taken back; that cannot be undone (JO7). */
  async remove(members: readonly AccountId[], going: Going = {}): Promise<ManyDone> {
    const waiting = new Set(members.filter((member) => this.#status(member) === 'waiting'));
    const outcome = await this.#run(
      members.map((member) => this.#here(member, { name: 'member.remove', args: { member } })),
      going
    );
    const back = outcome.done.filter((member) => !waiting.has(member));
    return back.length === 0 ? outcome : { ...outcome, undo: () => this.restore(back) };
  }

  /** ME6: brings them back. */
  restore(members: readonly AccountId[], going: Going = {}): Promise<ManyDone> {
    return this.#run(
      members.map((member) => this.#here(member, { name: 'member.restore', args: { member } })),
      going
    );
  }

  /** AC9: another teacher has them from now on; asked for in each pupil's home. */
  async handOver(members: readonly AccountId[], to: AccountId, going: Going = {}): Promise<ManyDone> {
    const before = new Map(members.map((member) => [member, this.#custodian(member)]));
    const outcome = await this.#run(
      members.map((account) => this.#home(account, { name: 'account.hand-over', args: { account, to } })),
      going
    );
    // Whoever gave own pupils away may not take them back: only an administrator can (PE17).
    const [first] = outcome.done;
    if (!first || !this.#mayHandOver(first)) return outcome;
    return {
      ...outcome,
      undo: () =>
        this.#run(
          outcome.done.flatMap((account) => {
            const back = before.get(account);
            if (!back) return [];
            return [this.#home(account, { name: 'account.hand-over', args: { account, to: back } })];
          }),
          {}
        )
    };
  }

  /** KE6: gives each of them a new password. What was given cannot be put back: nobody knows the old ones. */
  passwords(given: readonly GivenPassword[], going: Going = {}): Promise<ManyDone> {
    return this.#secrets(
      given,
      (one, bcrypt) => passwordWish(this.#work, this.#space, one, bcrypt),
      going,
      (member) => helped(this.#work, member)
    );
  }

  /** KE11: gives each of them four pictures, or others. */
  pictures(given: readonly GivenPictures[], going: Going = {}): Promise<ManyDone> {
    return this.#secrets(given, (one, bcrypt) => picturesWish(this.#work, this.#space, one, bcrypt), going);
  }

  async #secrets<Given extends { readonly member: AccountId }>(
    given: readonly Given[],
    wishOf: (one: Given, bcrypt: Bcrypt) => Promise<Result<Wish>>,
    { onprogress, signal }: Going,
    after?: (member: AccountId) => Promise<void>
  ): Promise<ManyDone> {
    const pool = new BcryptPool();
    const outcomes: ManyDone[] = [];
    try {
      for (let from = 0; from < given.length; from += passwordPart) {
        if (signal?.aborted || this.#work.closed) break;
        const some = given.slice(from, from + passwordPart);
        const made = await Promise.all(
          some.map(async (one) => ({
            member: one.member,
            answer: await wishOf(one, pool.bcrypt)
          }))
        );
        const tasks = made.flatMap(({ member, answer }) =>
          answer.ok ? [this.#home(member, answer.value)] : []
        );
        const failed = made.flatMap(({ member, answer }) => (answer.ok ? [] : [{ member, answer }]));
        const outcome = await this.#run(tasks, {});
        for (const member of outcome.done) await after?.(member);
        outcomes.push({ done: outcome.done, failed: [...failed, ...outcome.failed] });
        this.#work.stillAtWork();
        onprogress?.(Math.min(from + passwordPart, given.length));
        if (outcome.failed.some(({ answer }) => isFull(answer))) break;
      }
    } finally {
      pool.close();
    }
    return together(outcomes);
  }

  /** Asks in the TwinSpace of each task, in parts; answers stand in the order of the tasks of one TwinSpace. */
  async #run(tasks: readonly Task[], { onprogress, signal }: Going): Promise<ManyDone> {
    const outcomes: ManyDone[] = [];
    let count = 0;
    for (const [space, there] of bySpace(tasks)) {
      for (let from = 0; from < there.length; from += part) {
        if (signal?.aborted || this.#work.closed) return together(outcomes);
        const some = there.slice(from, from + part);
        const answers = await this.#work.submitMany(
          space,
          some.map(({ wish }) => wish)
        );
        const [ok, not] = split(some, (_, at) => answers[at]?.ok === true);
        const failed = not.map(({ member }) => {
          const answer = answers[some.findIndex((task) => task.member === member)];
          return { member, answer: answer?.ok === false ? answer : refused(refuse('malformed')) };
        });
        outcomes.push({ done: ok.map(({ member }) => member), failed: failed as ManyDone['failed'] });
        count += some.length;
        onprogress?.(count);
      }
    }
    return together(outcomes);
  }

  /** Whoever was so already counts as done; undone is only what was changed. */
  #with(outcome: ManyDone, asked: readonly AccountId[], undo: () => Promise<ManyDone>): ManyDone {
    const failed = new Set(outcome.failed.map(({ member }) => member));
    const changed = outcome.done.length > 0;
    const all = asked.filter((member) => !failed.has(member));
    return { done: all, failed: outcome.failed, ...(changed ? { undo } : {}) };
  }

  #here(member: AccountId, wish: Wish): Task {
    return { member, space: this.#space, wish };
  }

  #home(member: AccountId, wish: Wish): Task {
    return { member, space: homeOf(this.#work, this.#space, member), wish };
  }

  #member(member: AccountId) {
    return standingMember(this.#work.stateOf(this.#space), member);
  }

  #isIn(member: AccountId, group: GroupId): boolean {
    return this.#member(member)?.groups?.includes(group) === true;
  }

  #roleOf(member: AccountId): Role | undefined {
    return this.#member(member)?.role;
  }

  #status(member: AccountId): string | undefined {
    return this.#member(member)?.status.is;
  }

  #custodian(account: AccountId): AccountId | undefined {
    const custody = this.#work.view.directory.public(account)?.custody;
    return custody?.kind === 'home' ? custody.custodian : undefined;
  }

  #mayHandOver(account: AccountId): boolean {
    return may(this.#work, this.#space, 'hand-over', account) === true;
  }
}

function split<T>(all: readonly T[], is: (one: T, at: number) => boolean): readonly [T[], T[]] {
  return [all.filter(is), all.filter((one, at) => !is(one, at))];
}

function bySpace(tasks: readonly Task[]): ReadonlyMap<SpaceId, readonly Task[]> {
  return grouped(tasks, ({ space }) => space);
}

function together(outcomes: readonly ManyDone[]): ManyDone {
  return {
    done: outcomes.flatMap((outcome) => outcome.done),
    failed: outcomes.flatMap((outcome) => outcome.failed)
  };
}

function withFailed(outcome: ManyDone, members: readonly AccountId[], code: 'not-permitted'): ManyDone {
  const failed = members.map((member) => ({ member, answer: refused(refuse(code)) }));
  return { done: outcome.done, failed: [...outcome.failed, ...failed] as ManyDone['failed'] };
}

function isFull(answer: Result<never>): boolean {
  return !answer.ok && answer.problem.is === 'failure' && answer.problem.code === 'storage-full';
}
