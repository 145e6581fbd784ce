import type { Directory } from '#lib/domain/directory.ts';
import type { AccountId } from '#lib/domain/ids.ts';
import { isStaff } from '#lib/domain/roles.ts';
import type { Truth } from '#relay/truth/truth.ts';

/**
 * TB9: whether the account is administrator or teacher in its home. Elsewhere it may still be a pupil, but the password
 * by which it becomes one of the adults is the one that it has now (AC7).
 */
export async function isStaffAtHome(
  truth: Truth,
  directory: Directory,
  account: AccountId
): Promise<boolean> {
  const home = directory.public(account)?.home;
  const role = home && (await truth.space(home))?.state.members.members.get(account)?.role;
  return role !== undefined && isStaff(role);
}
