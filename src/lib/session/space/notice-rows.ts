import { namesIn } from '#lib/domain/called-apart.ts';
import type { CalendarDate } from '#lib/domain/dates.ts';
import type { AccountId } from '#lib/domain/ids.ts';
import type { SpaceState } from '#lib/domain/state.ts';

/** Something that waits for this person to deal with it. Some of a kind are told together: they have many keys. */
export type NoticeRow = {
  /** Under which keys it stands (NO2). */
  readonly keys: readonly string[];
  readonly on: CalendarDate;
} & (
  | {
      readonly code: 'renumbered';
      readonly account: AccountId;
      readonly display: string;
      readonly from: string;
      readonly to: string;
    }
  | {
      readonly code: 'joined-elsewhere';
      readonly account: AccountId;
      readonly display: string;
      readonly space: string;
      readonly by: string;
    }
  | { readonly code: 'home-said-no'; readonly display: string }
  | {
      readonly code: 'password-twice';
      readonly account: AccountId;
      readonly display: string;
      readonly by: string;
    }
  | { readonly code: 'handed-over'; readonly by: string; readonly displays: readonly string[] }
);

/** The notices for this person, the oldest first; pupils who came from one colleague on one day in one (AC9). */
export function noticeRows(state: SpaceState, account: AccountId): readonly NoticeRow[] {
  const rows: NoticeRow[] = [];
  const names = namesIn(state);
  const display = (id: AccountId): string => names.get(id) ?? '';
  const handed = new Map<string, { keys: string[]; displays: string[] }>();
  for (const [key, notice] of state.staff.notices) {
    if (notice.for !== account) continue;
    const { on, says } = notice;
    const row = { keys: [key], on };
    switch (says.code) {
      case 'renumbered':
        rows.push({ ...row, ...says, display: display(says.account) || says.to });
        break;
      case 'joined-elsewhere':
      case 'password-twice':
        rows.push({ ...row, ...says, display: display(says.account) });
        break;
      case 'home-said-no':
        rows.push({ ...row, code: says.code, display: says.display });
        break;
      case 'handed-over': {
        const same = `${on} ${says.by}`;
        const known = handed.get(same) ?? { keys: [], displays: [] };
        if (!handed.has(same)) {
          handed.set(same, known);
          rows.push({ code: says.code, on, by: says.by, ...known });
        }
        known.keys.push(key);
        known.displays.push(display(says.account));
        break;
      }
      default:
        says satisfies never;
    }
  }
  return rows.sort((a, b) => a.on.localeCompare(b.on));
}
