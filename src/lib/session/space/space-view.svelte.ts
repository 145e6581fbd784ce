import { aboutWhat } from '#lib/domain/about.ts';
import type { CommandArgs, CommandName } from '#lib/domain/commands/command.ts';
import { restoreDays } from '#lib/domain/commands/member-restore.ts';
import { plusDays, type CalendarDate } from '#lib/domain/dates.ts';
import type { AccountId, InvitationId, SpaceId } from '#lib/domain/ids.ts';
import { can, type Action } from '#lib/domain/permissions.ts';
import type { Refusal } from '#lib/domain/refusals.ts';
import { isStaff, type Role } from '#lib/domain/roles.ts';
import type { SpaceState } from '#lib/domain/state.ts';
import { Accounts } from './accounts.ts';
import { ExistingPupils } from './existing-pupils.ts';
import { Groups } from './groups.ts';
import type { MediaBench } from '../media/seen-media.ts';
import { SpaceMedia } from '../media/space-media.svelte.ts';
import { SpaceComments } from '../comments/space-comments.svelte.ts';
import { SpacePages } from '../pages/space-pages.svelte.ts';
import { lower, raisedHands, type RaisedHand } from './hands.ts';
import { invitationRows, type InvitationRow } from './invitation-rows.ts';
import { ManyMembers } from './many-members.ts';
import { judge, may, roleIn, whoMay } from '../work/may.ts';
import { submitAll } from '../work/submit-all.ts';
import { memberRows, type MemberRow } from './member-row.ts';
import { noticeRows, type NoticeRow } from './notice-rows.ts';
import { SpaceSettings } from './space-settings.ts';
import { addPupil, type NewPupil } from './add-pupil.ts';
import { addPupils, type AddingPupils } from './add-pupils.ts';
import { inviteTeacher, offerFounding, type Link, type NewInvitation } from './links.ts';
import { proposeUsername, type Proposal } from '../keys/propose-username.ts';
import { Visits } from './visits.ts';
import { WhatsNew } from './whats-new.svelte.ts';
import { usernamePlan, type UsernamePlan } from './username-plan.ts';
import { done, type Result } from '../device/result.ts';
import type { Bench } from '../work/bench.ts';

/**
 * One TwinSpace as the signed-in person sees it, and what they can do in it. Every verb resolves when the change is
 * safely stored on this tablet; the same rules have judged it that the relay will apply.
 */
export class SpaceView {
  readonly id: SpaceId;
  /** Its classes and teams. */
  readonly groups: Groups;
  /** What can be done with its members' accounts. */
  readonly accounts: Accounts;
  /** What can be done with many members at once. */
  readonly many: ManyMembers;
  readonly settings: SpaceSettings;
  /** Its pages; what is written in them is another matter. */
  readonly pages: SpacePages;
  readonly media: SpaceMedia;
  readonly comments: SpaceComments;
  /** Its links for visitors. */
  readonly visits: Visits;
  /** What came since the person last looked. */
  readonly whatsNew: WhatsNew;
  /** Pupils who have an account already. */
  readonly existing: ExistingPupils;
  readonly #work: Bench;

  constructor(work: MediaBench, id: SpaceId) {
    this.#work = work;
    this.id = id;
    this.groups = new Groups(work, id);
    this.accounts = new Accounts(work, id);
    this.many = new ManyMembers(work, id);
    this.pages = new SpacePages(work, id);
    this.media = new SpaceMedia(work, id);
    this.comments = new SpaceComments(work, id);
    this.visits = new Visits(work, id);
    this.whatsNew = new WhatsNew(work, id, () => this.pages.own);
    this.settings = new SpaceSettings(work, id);
    this.existing = new ExistingPupils(work, id);
  }

  readonly #rows = $derived.by(() => this.#computeRows());
  /** The active members, in no order. */
  readonly members: readonly MemberRow[] = $derived.by(() => this.#rows.filter((row) => !row.removedOn));
  /** Who was removed, however long ago. */
  readonly gone: readonly MemberRow[] = $derived.by(() => this.#rows.filter((row) => row.removedOn));
  /** Who was removed and can come back (ME6). */
  readonly removed: readonly MemberRow[] = $derived.by(() =>
    this.gone.filter(({ removedOn }) => removedOn && plusDays(removedOn, restoreDays) >= this.#work.today)
  );
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

  /** MM11: how a member is called here, told from others of the name; nothing: of nobody anything is known. */
  nameOf(account: string): string {
    return this.#work.nameOf(this.id, account);
  }

  /** The relay has told this device of the TwinSpace. */
  get confirmed(): boolean {
    return this.#work.isConfirmed(this.id);
  }

  /** RO1: what counts here and now, on this device. */
  get role(): Role {
    return roleIn(this.#work, this.id);
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
    const { view, today } = this.#work;
    const about = view.waiting.map(({ change }) => aboutWhat(change));
    const waiting = new Set(about.flatMap((what) => (what?.is === 'invitation' ? [what.id] : [])));
    return invitationRows(this.state, today, waiting);
  }

  get notices(): readonly NoticeRow[] {
    return noticeRows(this.state, this.#work.me.account);
  }

  /** HA1, HA2: pupils who forgot their password and whom this person can help. */
  get hands(): readonly RaisedHand[] {
    return raisedHands(this.#work, this.id, this.#work.hands.current);
  }

  /** HA3: no new password is needed. */
  lowerHand(account: AccountId): Promise<Result<void>> {
    return lower(this.#work, this.id, account);
  }

  /** Whether this person may do it here and now, to this member or giving this role; else why not. */
  can(action: Action, member?: AccountId, role?: Role): true | Refusal {
    return may(this.#work, this.id, action, member, role);
  }

  /** What the rules would say of a command here and now, without doing it. */
  judge<Name extends CommandName>(name: Name, args: CommandArgs[Name]): true | Refusal {
    return judge(this.#work, this.id, name, args);
  }

  /** The display names of members who may do it, for the reason beside a greyed button. */
  whoMay(action: Action, member?: AccountId): readonly string[] {
    return whoMay(this.#work, this.id, action, member);
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

  /** Adds a class, part by part (CL6). */
  addPupils(pupils: readonly NewPupil[], how: AddingPupils): Promise<'done' | 'stopped' | 'storage-full'> {
    return addPupils(this.#work, this.id, pupils, how);
  }

  /** What the usernames of a class are planned with, here and without asking the relay. */
  planUsernames(): Promise<UsernamePlan> {
    return usernamePlan(() => this.#ground());
  }

  /** @param typed the username, typed out: asked for when a pupil becomes an adult here (ME3) */
  async changeRole(member: AccountId, role: Role, typed?: string): Promise<Result<void>> {
    return this.#do('member.role', { member, role, ...(typed === undefined ? {} : { typed }) });
  }

  async setDisplay(member: AccountId, display: string): Promise<Result<void>> {
    return this.#do('member.display', { member, display });
  }

  /** ME9: how the person can be reached, in their own words; empty takes it away. */
  async setContact(contact: string): Promise<Result<void>> {
    return this.#do('member.contact', { contact });
  }

  /** ME10: what a member tells of themselves; empty takes it away. In the same step it is a draft no more (LK4). */
  async setProfile(member: AccountId, text: string): Promise<Result<void>> {
    const { me, drafts } = this.#work;
    const begun = member === me.account ? await drafts.ended(this.id, 'profile') : undefined;
    const wish = { name: 'member.profile', args: { member, text }, draft: begun } as const;
    const [answer] = await this.#work.submitMany(this.id, [wish]);
    return answer && !answer.ok ? answer : done(undefined);
  }

  async remove(member: AccountId): Promise<Result<void>> {
    return this.#do('member.remove', { member });
  }

  async restore(member: AccountId): Promise<Result<void>> {
    return this.#do('member.restore', { member });
  }

  inviteTeacher(invitation: NewInvitation): Promise<Result<Link>> {
    return inviteTeacher(this.#work, this.id, invitation);
  }

  async revokeInvitation(invitation: InvitationId): Promise<Result<void>> {
    return this.#do('invitation.revoke', { invitation });
  }

  /** NO2: it has been dealt with, under all of its keys. */
  dismissNotice({ keys }: NoticeRow): Promise<Result<void>> {
    const wishes = keys.map((notice) => ({ name: 'notice.dismiss', args: { notice } }) as const);
    return submitAll(this.#work, this.id, wishes);
  }

  offerFounding(days: number): Promise<Result<Link>> {
    return offerFounding(this.#work, this.id, days);
  }

  readonly #do = async (
    ...[name, args]: Parameters<Bench['submit']> extends [unknown, ...infer Rest] ? Rest : never
  ) => {
    const submitted = await this.#work.submit(this.id, name, args);
    return submitted.ok ? done(undefined) : submitted;
  };

  #ground() {
    const { view, standing, today } = this.#work;
    return { state: this.state, directory: view.directory, standing, today };
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
