import type { AccountId, GroupId, SpaceId } from '#lib/domain/ids.ts';
import { sameLabel } from '#lib/domain/names.ts';
import { can } from '#lib/domain/permissions.ts';
import type { Group } from '#lib/domain/records.ts';
import type { Refusal } from '#lib/domain/refusals.ts';
import { standingMember } from '#lib/domain/state.ts';
import { may, roleIn } from '../work/may.ts';
import { done, type Result } from '../device/result.ts';
import type { Wish } from '../work/wish.ts';
import type { Bench } from '../work/bench.ts';

/** A class or a team, as its list shows it. */
export interface GroupRow {
  readonly id: GroupId;
  readonly name: string;
  readonly kind: Group['kind'];
  readonly owner: AccountId;
  readonly ownerDisplay: string;
  readonly mine: boolean;
  readonly members: readonly AccountId[];
  /** Why this person may not change it (GR2, GR3). */
  readonly reason?: Refusal;
}

/** Who is to be put into a group, and who taken out. */
export interface GroupChange {
  readonly add: readonly AccountId[];
  readonly remove: readonly AccountId[];
}

/** The classes and teams of a TwinSpace, and what can be done with them (GR1–GR4). */
export class Groups {
  readonly #work: Bench;
  readonly #space: SpaceId;

  constructor(work: Bench, space: SpaceId) {
    this.#work = work;
    this.#space = space;
  }

  /** In no order. */
  get rows(): readonly GroupRow[] {
    const { members } = this.#work.stateOf(this.#space);
    const inside = new Map<GroupId, AccountId[]>();
    for (const [account, member] of members.members) {
      if (member.status.is !== 'active' && member.status.is !== 'waiting') continue;
      for (const id of member.groups ?? []) inside.set(id, [...(inside.get(id) ?? []), account as AccountId]);
    }
    return [...members.groups].map(([key, group]): GroupRow => {
      const id = key as GroupId;
      const allowed = this.#mayChange(group);
      return {
        id,
        name: group.name,
        kind: group.kind,
        mine: group.owner === this.#work.me.account,
        owner: group.owner,
        ownerDisplay: this.#work.nameOf(this.#space, group.owner),
        members: inside.get(id) ?? [],
        ...(allowed === true ? {} : { reason: allowed })
      };
    });
  }

  /** GR1: whether the person can make one here now. */
  get mayMake(): true | Refusal {
    return this.#mayChange({ owner: this.#work.me.account });
  }

  /**
   * GR1: makes one, and puts these members into it; whoever may not be put there is left out.
   *
   * @param again one that was dissolved just now: it comes back as it was, with its owner
   */
  async make(
    name: string,
    kind: Group['kind'],
    members: readonly AccountId[] = [],
    again?: { readonly id: GroupId; readonly owner: AccountId }
  ): Promise<Result<GroupId>> {
    const id = again?.id ?? (crypto.randomUUID() as GroupId);
    const into = members.map((member): Wish => ({
      name: 'member.groups',
      args: { member, add: [id], remove: [] }
    }));
    const [made] = await this.#work.submitMany(this.#space, [
      { name: 'group.make', args: { group: id, name, kind, ...(again ? { owner: again.owner } : {}) } },
      ...into
    ]);
    return made?.ok === false ? made : done(id);
  }

  /** The class or team of this name that the person may fill, else a class that is made now. */
  async named(name: string): Promise<Result<GroupId>> {
    const here = this.rows.find((row) => row.reason === undefined && sameLabel(row.name, name));
    return here ? done(here.id) : this.make(name, 'class');
  }

  async rename(group: GroupId, name: string): Promise<Result<void>> {
    return this.#one({ name: 'group.rename', args: { group, name } });
  }

  async dissolve(group: GroupId): Promise<Result<void>> {
    return this.#one({ name: 'group.dissolve', args: { group } });
  }

  /**
   * GR2: puts members into a group and takes them out.
   *
   * @returns whom the rules did not let, with the reason
   */
  async fill(
    group: GroupId,
    { add, remove }: GroupChange
  ): Promise<readonly { readonly member: AccountId; readonly answer: Result<unknown> }[]> {
    const changes = [
      ...add.map((member) => ({ member, add: [group], remove: [] })),
      ...remove.map((member) => ({ member, add: [], remove: [group] }))
    ];
    const answers = await this.#work.submitMany(
      this.#space,
      changes.map((args) => ({ name: 'member.groups', args }))
    );
    return changes.flatMap(({ member }, at) => {
      const answer = answers[at];
      return answer && !answer.ok ? [{ member, answer }] : [];
    });
  }

  /** GR2: the groups of one member, all at once; what did not change is not sent. */
  async setFor(member: AccountId, groups: readonly GroupId[]): Promise<Result<void>> {
    const before = standingMember(this.#work.stateOf(this.#space), member)?.groups ?? [];
    const add = groups.filter((id) => !before.includes(id));
    const remove = before.filter((id) => !groups.includes(id));
    if (add.length + remove.length === 0) return done(undefined);
    return this.#one({ name: 'member.groups', args: { member, add, remove } });
  }

  #mayChange(group: Pick<Group, 'owner'>): true | Refusal {
    // A TwinSpace that is archived is the first reason; whose group it is, the second.
    const any = may(this.#work, this.#space, 'make-group');
    if (any !== true && any.refused === 'space-archived') return any;
    const own = group.owner === this.#work.me.account;
    return can(roleIn(this.#work, this.#space), 'make-group', { own });
  }

  async #one(wish: Wish): Promise<Result<void>> {
    const [answer] = await this.#work.submitMany(this.#space, [wish]);
    return answer?.ok === false ? answer : done(undefined);
  }
}
