import type { CalendarDate } from '#lib/domain/dates.ts';
import type { AccountId, SpaceId } from '#lib/domain/ids.ts';
import { isRefusal } from '#lib/domain/refusals.ts';
import { nameKey } from '#lib/domain/usernames.ts';
import { activeMember } from '#lib/domain/state.ts';
import type { HandRow } from '#lib/store/database.ts';
import { lowerHand } from '#lib/store/hands.ts';
import { may } from '../work/may.ts';
import { done, type Result } from '../device/result.ts';
import type { Bench } from '../work/bench.ts';

/** A pupil who forgot the password, and whom this person can help. */
export interface RaisedHand {
  readonly account: AccountId;
  readonly display: string;
  readonly on: CalendarDate;
}

/** HA1, HA2: the hands that are up in a TwinSpace: those that the relay has told, and those raised on this device. */
export function raisedHands(work: Bench, space: SpaceId, here: readonly HandRow[]): readonly RaisedHand[] {
  const state = work.stateOf(space);
  const days = new Map<AccountId, CalendarDate>();
  for (const { who, on, sent } of here) {
    // What the relay has been told stands in its document, and goes from there when somebody else has helped.
    const account = sent ? undefined : accountOf(work, who);
    if (account) days.set(account, on);
  }
  for (const [account, on] of state.staff.hands) days.set(account as AccountId, on);
  return [...days].flatMap(([account, on]) => {
    const member = activeMember(state, account);
    const home = work.view.directory.public(account)?.home;
    if (!member || home !== space || isRefusal(may(work, space, 'set-password', account))) return [];
    return [{ account, display: work.nameOf(space, account), on }];
  });
}

/** HA3: whoever asked for help on this device has been helped: the hand is not sent any more. */
export async function helped(work: Bench, account: AccountId): Promise<void> {
  const username = work.view.directory.private(account)?.username ?? account;
  await lowerHand(work.app.db, account, username);
}

/** HA3: no new password is needed. */
export async function lower(work: Bench, space: SpaceId, account: AccountId): Promise<Result<void>> {
  await helped(work, account);
  if (!work.stateOf(space).staff.hands.has(account)) return done(undefined);
  const submitted = await work.submit(space, 'hand.lower', { account });
  return submitted.ok ? done(undefined) : submitted;
}

/** The account of a hand that was raised on this device: by its id, or by the username as it was typed. */
export function accountOf(work: Bench, who: string): AccountId | undefined {
  const { directory } = work.view;
  return directory.public(who as AccountId) ? (who as AccountId) : directory.holderOf(nameKey(who));
}
