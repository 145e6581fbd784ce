import type { Action } from '#lib/domain/permissions.ts';
import { can } from '#lib/domain/permissions.ts';
import { memberTarget } from '#lib/domain/commands/member-target.ts';
import type { CalendarDate } from '#lib/domain/dates.ts';
import { actorIn } from '#lib/domain/effective-role.ts';
import type { AccountId, ChangeId, InvitationId, SpaceId } from '#lib/domain/ids.ts';
import { isRefusal, refuse, type Refusal } from '#lib/domain/refusals.ts';
import { isStaff, type Role } from '#lib/domain/roles.ts';
import { settingsOf, type Invitation, type SpaceState } from '#lib/domain/state.ts';
import { memberRows, type MemberMark, type MemberRow } from './member-row.ts';
import { addPupil, type NewPupil } from './verbs/add-pupil.ts';
import { inviteTeacher, offerFounding, type Link, type NewInvitation } from './verbs/links.ts';
import { setPassword } from './verbs/set-password.ts';
import { proposeUsername, type Proposal } from './propose-username.ts';
import { done, type Result } from './result.ts';
import type { Work } from './work.svelte.ts';

/** An invitation as the list of invitations shows it. */
export interface InvitationRow {
  readonly id: InvitationId;
  readonly label: string;
  readonly role: Invitation['role'];
  readonly expires: CalendarDate;
  readonly status: 'open' | 'used' | 'revoked' | 'expired';
  readonly byDisplay: string;
  readonly usedByDisplay?: string;
  readonly mark: MemberMark;
}

/** Something that waits for this person to deal with it. */
export interface NoticeRow {
  readonly id: ChangeId;
  readonly account: AccountId;
  readonly display: string;
  readonly from: string;
  readonly to: string;
}

/** So many names are told when somebody asks who may do a thing. */
const namesTold = 4;

/**
 * One TwinSpace as the signed-in person sees it, and what they can do in it. Every verb resolves when the change is
 * safely stored on this tablet; the same rules have judged it that the relay will apply.
 */
export class SpaceView {
  readonly id: SpaceId;
  readonly #work: Work;

  constructor(work: Work, id: SpaceId) {
    this.#work = work;
    this.id = id;
  }

  readonly #rows = $derived.by(() => this.#computeRows());
  /** The active members, in no order. */
  readonly members: readonly MemberRow[] = $derived.by(() => this.#rows.filter((row) => !row.removedOn));
  /** Who was removed and can come back (ME6). */
  readonly removed: readonly MemberRow[] = $derived.by(() => this.#rows.filter((row) => row.removedOn));
  readonly counts: Readonly<Record<Role, number>> = $derived.by(() => {
    const counts = { 'teacher-admin': 0, teacher: 0, 'pupil-admin': 0, pupil: 0 };
    for (const { role } of this.members) counts[role]++;
    return counts;
  });

  get state(): SpaceState {
    return this.#work.stateOf(this.id);
  }

  get name(): string {
    return this.state.members.meta.get('space')?.name ?? '';
  }

  get founded(): CalendarDate | undefined {
    return this.state.members.meta.get('space')?.founded;
  }

  /** The relay has told this device of the TwinSpace. */
  get confirmed(): boolean {
    return this.#work.isConfirmed(this.id);
  }

  /** RO1: what counts here and now, on this device. */
  get role(): Role {
    const { state, directory, standing, today } = this.#ground();
    const actor = actorIn(state, directory, standing, today);
    return isRefusal(actor) ? 'pupil' : actor.role;
  }

  /** The role of the membership, whatever the device allows. */
  get memberRole(): Role {
    return this.state.members.members.get(this.#work.me.account)?.role ?? 'pupil';
  }

  /** Why the role that counts is less than the membership's. */
  get capped(): 'device' | 'own-password-first' | undefined {
    if (this.role === this.memberRole) return undefined;
    const raised = this.#ground().directory.public(this.#work.me.account)?.custody.kind === 'home';
    return raised && isStaff(this.memberRole) ? 'own-password-first' : 'device';
  }

  get invitations(): readonly InvitationRow[] {
    if (can(this.role, 'invite-teacher') !== true) return [];
    const { state } = this;
    const display = (id: AccountId): string => state.members.members.get(id)?.display ?? '';
    const waiting = new Set(
      this.#work.view.waiting.flatMap(({ change }) =>
        'invitation' in change.args ? [change.args.invitation] : []
      )
    );
    const today = this.#work.today;
    return [...state.staff.invitations].map(([key, { status, expires, label, role, by }]): InvitationRow => {
      const id = key as InvitationId;
      const over = status.is === 'open' && expires < today;
      return {
        ...{ id, label, role, expires, byDisplay: display(by) },
        status: over ? 'expired' : status.is,
        mark: waiting.has(id) ? 'waiting' : 'sent',
        ...(status.is === 'used' ? { usedByDisplay: display(status.account) } : {})
      };
    });
  }

  get notices(): readonly NoticeRow[] {
    const mine = [...this.state.staff.notices].filter(([, notice]) => notice.for === this.#work.me.account);
    return mine.map(([id, { says }]) => ({
      id: id as ChangeId,
      ...{ account: says.account, from: says.from, to: says.to },
      display: this.state.members.members.get(says.account)?.display ?? says.to
    }));
  }

  /** Whether this person may do it here and now, to this member or giving this role; else why not. */
  can(action: Action, member?: AccountId, role?: Role): true | Refusal {
    if (this.#work.me.account === member && action === 'set-password')
      return refuse('only-custodian-or-home');
    const adult = member && this.#ground().directory.public(member)?.custody.kind === 'self';
    if (action === 'set-password' && adult) return refuse('account-adult');
    return can(this.role, action, this.#target(this.#work.me.account, member, role));
  }

  /** The display names of members who may do it, for the reason beside a greyed button. */
  whoMay(action: Action, member?: AccountId): readonly string[] {
    const names: string[] = [];
    for (const [id, { role, status, display }] of this.state.members.members) {
      if (!isStaff(role) || status.is === 'removed' || names.length >= namesTold) continue;
      if (can(role, action, this.#target(id as AccountId, member)) === true) names.push(display);
    }
    return names;
  }

  /** G3: the first free username, certain when the relay could be asked. */
  async proposeUsername(given: string, family: string): Promise<Result<Proposal>> {
    const { directory } = this.#ground();
    const isTaken = (key: string): boolean => directory.holderOf(key) !== undefined;
    return proposeUsername(given, family, isTaken, this.#work.app.relay);
  }

  addPupil(pupil: NewPupil): Promise<Result<{ readonly account: AccountId; readonly username: string }>> {
    return addPupil(this.#work, this.id, pupil);
  }

  /** @param typed the username, typed out: asked for when a pupil becomes an adult here (ME3) */
  async changeRole(member: AccountId, role: Role, typed?: string): Promise<Result<void>> {
    return this.#do('member.role', { member, role, ...(typed === undefined ? {} : { typed }) });
  }

  async setDisplay(member: AccountId, display: string): Promise<Result<void>> {
    return this.#do('member.display', { member, display });
  }

  async remove(member: AccountId): Promise<Result<void>> {
    return this.#do('member.remove', { member });
  }

  async restore(member: AccountId): Promise<Result<void>> {
    return this.#do('member.restore', { member });
  }

  setPassword(
    member: AccountId,
    password: string,
    reason: 'forgotten' | 'someone-knows'
  ): Promise<Result<void>> {
    return setPassword(this.#work, this.id, member, password, reason);
  }

  inviteTeacher(invitation: NewInvitation): Promise<Result<Link>> {
    return inviteTeacher(this.#work, this.id, invitation);
  }

  async revokeInvitation(invitation: InvitationId): Promise<Result<void>> {
    return this.#do('invitation.revoke', { invitation });
  }

  async dismissNotice(notice: ChangeId): Promise<Result<void>> {
    return this.#do('notice.dismiss', { notice });
  }

  offerFounding(days: number): Promise<Result<Link>> {
    return offerFounding(this.#work, this.id, days);
  }

  readonly #do = async (
    ...[name, args]: Parameters<Work['submit']> extends [unknown, ...infer Rest] ? Rest : never
  ) => {
    const submitted = await this.#work.submit(this.id, name, args);
    return submitted.ok ? done(undefined) : submitted;
  };

  #ground() {
    const { view, standing, today } = this.#work;
    return { state: this.state, directory: view.directory, standing, today };
  }

  #target(actor: AccountId, member?: AccountId, role?: Role) {
    const { state, directory } = this.#ground();
    const about = member ? memberTarget(state, directory, member, actor) : { settings: settingsOf(state) };
    return role ? { ...about, role } : about;
  }

  #computeRows(): readonly MemberRow[] {
    const { state, directory } = this.#ground();
    const waiting = this.#work.view.waiting.filter(({ row }) => row.space === this.id);
    return memberRows(state, directory, {
      account: this.#work.me.account,
      seesUsernames: can(this.role, 'see-usernames') === true,
      waitingFor: new Set(waiting.map(({ about }) => about))
    });
  }
}
