import { namesIn } from '#lib/domain/called-apart.ts';
import type { CalendarDate } from '#lib/domain/dates.ts';
import type { AccountId, InvitationId } from '#lib/domain/ids.ts';
import type { Invitation, SpaceState } from '#lib/domain/state.ts';
import type { MemberMark } from './member-row.ts';

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

/** The invitations of a TwinSpace on this day, in no order. */
export function invitationRows(
  state: SpaceState,
  today: CalendarDate,
  waiting: ReadonlySet<InvitationId>
): readonly InvitationRow[] {
  const names = namesIn(state);
  const display = (id: AccountId): string => names.get(id) ?? '';
  return [...state.staff.invitations].map(([key, { status, expires, label, role, by }]): InvitationRow => {
    const id = key as InvitationId;
    const over = status.is === 'open' && expires < today;
    return {
      id,
      label,
      role,
      expires,
      byDisplay: display(by),
      status: over ? 'expired' : status.is,
      mark: waiting.has(id) ? 'waiting' : 'sent',
      ...(status.is === 'used' ? { usedByDisplay: display(status.account) } : {})
    };
  });
}
