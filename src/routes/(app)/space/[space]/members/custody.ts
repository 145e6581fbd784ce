import type { AccountId } from '#lib/domain/ids.ts';
import { isStaff } from '#lib/domain/roles.ts';
import type { SpaceView } from '#lib/session/space/space-view.svelte.ts';
import type { MemberRow } from '#lib/session/space/member-row.ts';

/** The pupils of this TwinSpace, at home here, who are in that teacher's custody: who would be left behind (AC9). */
export function pupilsOf(space: SpaceView, custodian: AccountId): readonly MemberRow[] {
  return space.members.filter((member) => member.homeHere && member.custodian?.account === custodian);
}

/** Who can take these pupils over: teachers here who have signed in, but not one who has all of them already. */
export function colleaguesFor(space: SpaceView, pupils: readonly MemberRow[]): readonly MemberRow[] {
  return space.members.filter(
    ({ account, role, adult, waitingFor }) =>
      isStaff(role) &&
      adult &&
      waitingFor === undefined &&
      !pupils.every(({ custodian }) => custodian?.account === account)
  );
}
