import type { CalendarDate } from './dates.ts';
import type { AccountId } from './ids.ts';

/** What a notice tells. Names are those of the day on which it was written. */
export type NoticeSays =
  /** NO1: the username was taken. */
  | { readonly code: 'renumbered'; readonly account: AccountId; readonly from: string; readonly to: string }
  /** JO5: a pupil of one's own is a member of another TwinSpace now. */
  | {
      readonly code: 'joined-elsewhere';
      readonly account: AccountId;
      readonly space: string;
      readonly by: string;
    }
  /** JO6: the pupil's home has said no, or has ended it. */
  | { readonly code: 'home-said-no'; readonly account: AccountId; readonly display: string }
  /** KE9: somebody else gave the same pupil a new password meanwhile; the later one counts. */
  | { readonly code: 'password-twice'; readonly account: AccountId; readonly by: string }
  /** AC9: one's own pupil from now on. */
  | { readonly code: 'handed-over'; readonly account: AccountId; readonly by: string };

/** Something that one person must know; stays until dismissed (NO1, NO2). */
export interface Notice {
  readonly for: AccountId;
  readonly on: CalendarDate;
  readonly says: NoticeSays;
}
