import { actorIn } from '#lib/domain/effective-role.ts';
import type { CalendarDate } from '#lib/domain/dates.ts';
import type { AccountId, PageId, SpaceId } from '#lib/domain/ids.ts';
import { LayeredMap } from '#lib/domain/layered-map.ts';
import { mayTypeNow, type PageActor } from '#lib/domain/page-writing.ts';
import { pageTarget } from '#lib/domain/pages.ts';
import { isRefusal, type Refusal } from '#lib/domain/refusals.ts';
import { isStaff, type Role } from '#lib/domain/roles.ts';
import { activeMember, type Member, type SpaceState } from '#lib/domain/state.ts';
import type { Bench } from '../work/bench.ts';

/** PV9: as whom pages can be seen: a pupil here, or any pupil to whom none was given by name or by a group. */
export type Pupil = { readonly is: 'any' } | { readonly is: 'member'; readonly account: AccountId };

/** Who looks at pages, and the TwinSpace in which they do. */
export interface Eyes {
  readonly state: SpaceState;
  readonly account: AccountId;
  readonly role: Role;
  /** Who would write; a refusal: nobody could, and why. */
  readonly writer: PageActor | Refusal;
}

/** No account has this id: it stands for a pupil of whom nothing is known. */
const anyPupil = 'any-pupil' as AccountId;
const pupilMember: Member = { display: '', role: 'pupil', status: { is: 'active' } };

/** Those of whoever is signed in, on this device. */
export function ownEyes(work: Bench, space: SpaceId): Eyes {
  const state = work.stateOf(space);
  const writer = actorIn(state, work.view.directory, work.standing, work.today);
  return { state, account: work.me.account, role: isRefusal(writer) ? 'pupil' : writer.role, writer };
}

/**
 * PV9: those of a pupil, as far as the rules go: what a device or a key would take away is not looked at. Who is no active
 * pupil here any more is seen as any other.
 */
export function pupilEyes(state: SpaceState, pupil: Pupil): Eyes {
  const member = pupil.is === 'member' ? activeMember(state, pupil.account) : undefined;
  if (pupil.is === 'member' && member && !isStaff(member.role)) {
    const { account } = pupil;
    return { state, account, role: member.role, writer: { account, role: member.role } };
  }
  const members = LayeredMap.over(state.members.members, [[anyPupil, pupilMember]]);
  return {
    state: { ...state, members: { ...state.members, members } },
    account: anyPupil,
    role: 'pupil',
    writer: { account: anyPupil, role: 'pupil' }
  };
}

/** TH4: those of a member, whoever asks: of staff as staff, of a pupil as PV9 says. */
export function memberEyes(state: SpaceState, account: AccountId): Eyes {
  const role = activeMember(state, account)?.role;
  if (role === undefined || !isStaff(role)) return pupilEyes(state, { is: 'member', account });
  return { state, account, role, writer: { account, role } };
}

/** PA4: a draft is seen by staff and by whoever may write in it; on a shared device, too, each sees only what is theirs. */
export function seenThrough({ state, account, role }: Eyes, today: CalendarDate): SpaceState {
  if (isStaff(role)) return state;
  const { members, staff } = state;
  const seen = [...members.pages].filter(
    ([, page]) => !page.draft || pageTarget(state, page, account, today).permitted
  );
  return { ...state, members: { ...members, pages: new Map(seen) }, staff: { ...staff, pages: new Map() } };
}

/** PA8, PA11: whether they may type in a page at this moment, or why not. */
export function mayTypeThrough({ state, writer }: Eyes, today: CalendarDate): (id: PageId) => true | Refusal {
  if (isRefusal(writer)) return () => writer;
  const at = { on: today, now: Date.now() };
  return (id) => mayTypeNow(state, id, writer, at);
}
