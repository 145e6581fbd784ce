import type { CalendarDate } from '#lib/domain/dates.ts';
import type { AccountId } from '#lib/domain/ids.ts';
import type { SpacePut } from '#lib/domain/puts.ts';
import type { SpaceState } from '#lib/domain/state.ts';

/**
 * ER5: what an erasure comes to in one TwinSpace: of the member the id, the role and the day stay, so that what they
 * contributed stands under "former member"; of the person nothing, nor of what others wrote about them.
 */
export function erasedPuts(state: SpaceState, account: AccountId, on: CalendarDate): readonly SpacePut[] {
  const space = state.id;
  const { members, staff } = state;
  const puts: SpacePut[] = [];
  const member = members.members.get(account);
  if (member) {
    // Who only waited for the home's yes was never a member: nothing stays.
    const { role, status } = member;
    const left =
      status.is === 'waiting' ? null : ({ display: '', role, status: { is: 'erased', on } } as const);
    puts.push({ doc: 'members', map: 'members', key: account, value: left, space });
  }
  if (members.people.has(account))
    puts.push({ doc: 'members', map: 'people', key: account, value: null, space });
  for (const map of ['people', 'joinings', 'access', 'hands', 'erasures'] as const) {
    if (staff[map].has(account)) puts.push({ doc: 'staff', map, key: account, value: null, space });
  }
  for (const [key, entry] of staff.elsewhere) {
    if (entry.account === account) puts.push({ doc: 'staff', map: 'elsewhere', key, value: null, space });
  }
  for (const [key, notice] of staff.notices) {
    if (notice.for === account || notice.says.account === account)
      puts.push({ doc: 'staff', map: 'notices', key, value: null, space });
  }
  for (const [key, invitation] of staff.invitations) {
    const { status } = invitation;
    if (status.is === 'used' && status.account === account && invitation.label !== '')
      puts.push({ doc: 'staff', map: 'invitations', key, value: { ...invitation, label: '' }, space });
  }
  return puts;
}
