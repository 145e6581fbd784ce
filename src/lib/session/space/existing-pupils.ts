import type { CalendarDate } from '#lib/domain/dates.ts';
import type { AccountId, SpaceId } from '#lib/domain/ids.ts';
import { isStaff } from '#lib/domain/roles.ts';
import { activeMember, standingMember } from '#lib/domain/state.ts';
import { nameKey } from '#lib/domain/usernames.ts';
import { RelayError } from '#lib/sync/relay-error.ts';
import { roleIn } from '../work/may.ts';
import { done, failed, problemOf, type Result } from '../device/result.ts';
import type { Bench } from '../work/bench.ts';

/** A pupil of another TwinSpace, as far as the one who looks may know (JO8, JO9). */
export interface ExistingPupil {
  readonly account: AccountId;
  readonly username: string;
  readonly school: string;
  /** Absent where no TwinSpace is shared. */
  readonly display?: string;
  readonly given?: string;
  readonly family?: string;
  /** Shared TwinSpaces by name. */
  readonly spaces: readonly string[];
  /** The one who looks made the account or took it over. */
  readonly own: boolean;
  readonly here: 'no' | 'active' | 'waiting';
}

/** JO4: a membership elsewhere of a pupil whose home is here. */
export interface ElsewhereRow {
  readonly account: AccountId;
  readonly display: string;
  readonly space: SpaceId;
  readonly spaceName: string;
  readonly by: string;
  readonly on: CalendarDate;
  readonly status: 'waiting' | 'active';
  readonly mine: boolean;
}

/** Pupils who have an account: found, added here (G11), and the word of their home. */
export class ExistingPupils {
  readonly #work: Bench;
  readonly #space: SpaceId;

  constructor(work: Bench, space: SpaceId) {
    this.#work = work;
    this.#space = space;
  }

  /** JO8: by the exact username: among what this device knows, else anywhere on the relay. */
  async find(username: string): Promise<Result<ExistingPupil | 'nobody'>> {
    const known = this.#work.view.directory.holderOf(nameKey(username));
    const here = known && this.#known(known);
    if (here && here.display !== undefined) return done(here);
    try {
      const found = await this.#work.app.relay.findPupil(username);
      await this.#work.learn(found);
      const { account, school, display, given, family } = found;
      const row = this.#known(account);
      return done({
        account,
        username: found.username,
        school,
        spaces: [],
        own: false,
        here: 'no',
        ...row,
        ...(display === undefined ? {} : { display }),
        ...(given === undefined ? {} : { given }),
        ...(family === undefined ? {} : { family })
      });
    } catch (error) {
      if (error instanceof RelayError && error.code === 'not-found') return done('nobody');
      if (error instanceof RelayError && error.code === 'not-permitted') return failed('not-enrolled');
      return problemOf(error);
    }
  }

  /** JO9: the pupils of the other TwinSpaces in which the person is staff, who are not members here; in no order. */
  get known(): readonly ExistingPupil[] {
    const accounts = new Set<AccountId>();
    for (const state of this.#staffed()) {
      for (const id of state.members.members.keys()) accounts.add(id as AccountId);
    }
    return [...accounts].flatMap((account) => {
      const pupil = this.#known(account);
      return pupil && pupil.here === 'no' && pupil.display !== undefined ? [pupil] : [];
    });
  }

  /** JO1: adds a pupil, under this name. Resolves to how the membership stands, as far as is known here. */
  async add(
    account: AccountId,
    role: 'pupil' | 'pupil-admin',
    display: string
  ): Promise<Result<'active' | 'waiting'>> {
    const submitted = await this.#work.submit(this.#space, 'pupil.add-existing', { account, role, display });
    if (!submitted.ok) return submitted;
    const status = this.#work.stateOf(this.#space).members.members.get(account)?.status.is;
    return done(status === 'active' ? 'active' : 'waiting');
  }

  /** JO1: adds several at once, each under the name given; the answers stand in their order. */
  async addMany(
    pupils: readonly { readonly account: AccountId; readonly display: string }[],
    role: 'pupil' | 'pupil-admin'
  ): Promise<readonly Result<unknown>[]> {
    return this.#work.submitMany(
      this.#space,
      pupils.map(({ account, display }) => ({
        name: 'pupil.add-existing',
        args: { account, role, display }
      }))
    );
  }

  /** JO4: where the pupils are whose home is here and about whom this person may say yes or no. */
  get elsewhere(): readonly ElsewhereRow[] {
    const state = this.#work.stateOf(this.#space);
    const { directory } = this.#work.view;
    const me = this.#work.me.account;
    const admin = roleIn(this.#work, this.#space) === 'teacher-admin';
    return [...state.staff.elsewhere.values()].flatMap(({ account, space, name, by, on, status }) => {
      const custody = directory.public(account)?.custody;
      const mine = custody?.kind === 'home' && custody.custodian === me;
      const display = this.#work.nameOf(this.#space, account);
      if ((!mine && !admin) || display === '') return [];
      return [{ account, display, space, spaceName: name, by, on, status, mine }];
    });
  }

  /** JO6: yes, no, or the end. */
  async answer(account: AccountId, space: SpaceId, allow: boolean): Promise<Result<void>> {
    const args = { account, space, allow };
    const submitted = await this.#work.submit(this.#space, 'joining.answer', args);
    return submitted.ok ? done(undefined) : submitted;
  }

  /** What this device knows of a pupil; undefined for adults and for whom it does not know. */
  #known(account: AccountId): ExistingPupil | undefined {
    const { directory } = this.#work.view;
    const [open, closed] = [directory.public(account), directory.private(account)];
    if (open?.custody.kind !== 'home' || !closed) return undefined;
    const shared = this.#staffed().filter((state) => standingMember(state, account));
    const display = shared[0]?.members.members.get(account)?.display;
    const status = standingMember(this.#work.stateOf(this.#space), account)?.status.is;
    return {
      account,
      username: closed.username,
      school: closed.school,
      ...(display === undefined ? {} : { display, given: closed.given, family: closed.family }),
      spaces: shared.map((state) => state.members.meta.get('space')?.name ?? ''),
      own: open.custody.custodian === this.#work.me.account,
      here: status === 'active' || status === 'waiting' ? status : 'no'
    };
  }

  /** The other TwinSpaces in which the person is active staff, in their own custody. */
  #staffed() {
    const { account } = this.#work.me;
    return [...this.#work.view.spaces.values()].filter((state) => {
      const member = activeMember(state, account);
      return state.id !== this.#space && member && isStaff(roleIn(this.#work, state.id));
    });
  }
}
