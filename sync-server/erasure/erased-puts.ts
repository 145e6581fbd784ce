import type { CalendarDate } from '#lib/domain/dates.ts';
import type { AccountId } from '#lib/domain/ids.ts';
import type { SpacePut } from '#lib/domain/puts.ts';
import type { SpaceState } from '#lib/domain/state.ts';

/**
 * ER5: what an erasure comes to in one TwinSpace: of the member the id, the role and the day stay, so that what they
 * contributed stands under "former member"; of the person nothing, nor of what others wrote about them.
 *
 * @param displays the names under which an adult stood anywhere; where others were told one without an id it is emptied
 */
export function erasedPuts(
  state: SpaceState,
  account: AccountId,
  on: CalendarDate,
  displays: ReadonlySet<string>
): readonly SpacePut[] {
  const space = state.id;
  const { members, staff } = state;
  const puts: SpacePut[] = [];
  const member = members.members.get(account);
  if (member) {
    // Who only waited for the home's yes was never a member: nothing stays, unless they were one before.
    const was = member.status.is === 'waiting' ? member.status.before : member;
    const left = was ? ({ display: '', role: was.role, status: { is: 'erased', on } } as const) : null;
    puts.push({ doc: 'members', map: 'members', key: account, value: left, space });
  }
  if (members.people.has(account))
    puts.push({ doc: 'members', map: 'people', key: account, value: null, space });
  for (const map of ['people', 'joinings', 'access', 'hands', 'erasures'] as const) {
    if (staff[map].has(account)) puts.push({ doc: 'staff', map, key: account, value: null, space });
  }
  for (const [key, other] of members.members) {
    const { status } = other;
    if (key === account || status.is !== 'waiting' || !displays.has(status.asked)) continue;
    const value = { ...other, status: { ...status, asked: '' } };
    puts.push({ doc: 'members', map: 'members', key, value, space });
  }
  for (const [key, entry] of staff.elsewhere) {
    if (entry.account === account) puts.push({ doc: 'staff', map: 'elsewhere', key, value: null, space });
    else if (displays.has(entry.by))
      puts.push({ doc: 'staff', map: 'elsewhere', key, value: { ...entry, by: '' }, space });
  }
  for (const [key, notice] of staff.notices) {
    const { says } = notice;
    if (notice.for === account || says.account === account)
      puts.push({ doc: 'staff', map: 'notices', key, value: null, space });
    else if ('by' in says && displays.has(says.by))
      puts.push({
        doc: 'staff',
        map: 'notices',
        key,
        value: { ...notice, says: { ...says, by: '' } },
        space
      });
  }
  for (const [key, tablet] of staff.tablets) {
    if (!tablet.teachers.includes(account)) continue;
    const value = { ...tablet, teachers: tablet.teachers.filter((id) => id !== account) };
    puts.push({ doc: 'staff', map: 'tablets', key, value, space });
  }
  for (const [key, invitation] of staff.invitations) {
    const { status } = invitation;
    if (status.is === 'used' && status.account === account && invitation.label !== '')
      puts.push({ doc: 'staff', map: 'invitations', key, value: { ...invitation, label: '' }, space });
  }
  return puts;
}
