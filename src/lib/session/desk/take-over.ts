import { mayBeTakenOver } from '#lib/domain/taking-over.ts';
import type { Change, Edit } from '#lib/domain/change.ts';
import type { ChangeId } from '#lib/domain/ids.ts';
import { isStaff } from '#lib/domain/roles.ts';
import type { TrayRow } from '#lib/store/database.ts';
import { takeFromTray } from '#lib/store/outbox.ts';
import { isSignedByAuthor } from './signed-by-author.ts';
import { done, failed, type Result } from '../device/result.ts';
import { restoredCredential } from './restored-credential.ts';
import { doAnew } from '../pages/make-anew.ts';
import { changeOf, editOf } from '../work/view.ts';
import type { Bench } from '../work/bench.ts';

/** AD1, AD2: whether this person may take over from its author what lies in the tray, as far as can be told before. */
export function mayTakeOver(
  work: Bench,
  row: Pick<TrayRow, 'actor' | 'space' | 'left'>,
  change: Change | Edit
): boolean {
  const role = work.spaces.find(({ id }) => id === row.space)?.memberRole;
  const own = row.actor === work.session.account;
  if (own || role === undefined || !isStaff(role)) return false;
  return 'args' in change ? mayBeTakenOver(change) : row.left === undefined;
}

/**
 * AD1–AD3: takes a refused change over in one's own name, with the new pupil's sealed key if it brought one, and
 * whatever fell with it. The original signature is verified first: what somebody altered on this device is not done in
 * anybody's name.
 *
 * @returns how many were taken over
 */
export async function takeOver(work: Bench, row: TrayRow, tray: readonly TrayRow[]): Promise<Result<number>> {
  const change = changeOf(row);
  if (!(change ?? editOf(row)) || !(await isSignedByAuthor(work, row))) return failed('signature-wrong');
  const behalf = { change: row.id, actor: row.actor };
  if (!change) {
    const answer = await doAnew(work, row, behalf);
    return answer.ok ? done(1) : answer;
  }
  const brought = row.signed.credential ? restoredCredential(change, row.signed.credential) : undefined;
  const submitted = await work.submit(row.space, change.name, change.args, brought, behalf);
  if (!submitted.ok) return submitted;
  await takeFromTray(work.app.db, row.id);
  let count = 1;
  for (const fallen of tray) {
    if (!fellWith(fallen, row.id)) continue;
    const dependent = changeOf(fallen) ?? editOf(fallen);
    if (!dependent || !mayTakeOver(work, fallen, dependent)) continue;
    const answer = await takeOver(work, fallen, tray);
    if (answer.ok) count += answer.value;
  }
  return done(count);
}

/** AD3: it was refused only because this one was. */
function fellWith(row: TrayRow, id: ChangeId): boolean {
  return (
    row.refusal.refused === 'depends-on-refused' &&
    ((changeOf(row) ?? editOf(row))?.after.includes(id) ?? false)
  );
}
